"""Finds the mistakes in the red flags that would keep a phrase from ever being met."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.content.flags import Asides, CardFile, FlagFile
from bot.safety.phrases import BrokenPhrase, Vocabulary, read_phrase

Kind: TypeAlias = Literal["safe", "idioms", "stories", "before", "after", "past", "unreal", "unless"]
KINDS: tuple[Kind, ...] = ("safe", "idioms", "stories", "before", "after", "past", "unreal", "unless")


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake, where it stands in the merged flags (keys and numbers, outermost first), and what to do."""

    where: tuple[str | int, ...]
    message: str


def vocabulary_of(flags: FlagFile) -> Vocabulary:
    """What the phrases of a file lean on."""
    return Vocabulary(flags.lists, frozenset(flags.little.split()))


def phrases_of(asides: Asides, kind: Kind) -> tuple[str, ...]:
    """The phrases of one kind of aside."""
    kinds: dict[Kind, tuple[str, ...]] = {
        "safe": asides.safe,
        "idioms": asides.idioms,
        "stories": asides.stories,
        "before": asides.before,
        "after": asides.after,
        "past": asides.past,
        "unreal": asides.unreal,
        "unless": asides.unless,
    }
    return kinds[kind]


def faults(flags: FlagFile, cards: CardFile | None = None, whole: FlagFile | None = None) -> Iterator[Fault]:
    """Every mistake. `whole` is all files merged, where `flags` is one of them that leans on the others."""
    vocabulary = vocabulary_of(whole or flags)
    for number, flag in enumerate(flags.flags):
        for place, phrase in enumerate(flag.phrases):
            yield from _fault(("flags", number, "phrases", place), phrase, vocabulary)
    for kind in KINDS:
        for place, phrase in enumerate(phrases_of(flags.asides, kind)):
            yield from _fault(("asides", kind, place), phrase, vocabulary)
    if cards is not None:
        yield from _missing_cards(flags, {card.id for card in cards.cards})


def _fault(where: tuple[str | int, ...], phrase: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    try:
        read_phrase(phrase, vocabulary)
    except BrokenPhrase as broken:
        yield Fault(where, f"'{phrase}': {broken}")


def _missing_cards(flags: FlagFile, cards: set[str]) -> Iterator[Fault]:
    for needed in (
        "emergency",
        "crisis",
        "urgent",
        "concern",
        "urgent-after-emergency",
        "carer-help",
        "static",
    ):
        if needed not in cards:
            yield Fault(("cards",), f"there is no card '{needed}'")
    for number, flag in enumerate(flags.flags):
        if flag.card and flag.card not in cards:
            yield Fault(("flags", number, "card"), f"there is no card '{flag.card}'")
    for number, rule in enumerate(flags.together):
        if rule.card and rule.card not in cards:
            yield Fault(("together", number, "card"), f"there is no card '{rule.card}'")
