"""The red-flag matcher: which fixed safety card, if any, a message calls for, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.content.flags import Flag, FlagFile, Temperature, Together
from bot.model import Flagged, Level
from bot.safety.asides import Context
from bot.safety.building import aside_book, flag_books, rewrites_of, spelling_of, stops_of
from bot.safety.faults import vocabulary_of
from bot.safety.matching import Found, Line
from bot.safety.reader import Reader
from bot.safety.reading import Word
from bot.safety.temperature import readings

HIGHEST_FIRST = (Level.EMERGENCY, Level.CRISIS, Level.URGENT, Level.CONCERN)
SHORT = 8
"""Words of a message that gets a second, more generous look."""

Hits: TypeAlias = tuple["Hit", ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that stands in a message. `off` is the aside that switched it off, "" if none did."""

    id: str
    level: str
    card: str
    phrase: str
    words: tuple[str, ...]
    slips: int = 0
    off: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What was decided about a message, and every phrase behind it."""

    flagged: Flagged | None
    hits: Hits


class Matcher:
    """Built once from the red flags; every check is a function of the text alone."""

    def __init__(self, flags: FlagFile) -> None:
        vocabulary = vocabulary_of(flags)
        self._together = flags.together
        self._temperature = flags.temperature
        self._stops = stops_of(flags)
        self._books = flag_books(flags, vocabulary)
        self._asides = aside_book(flags, vocabulary)
        spelling = spelling_of(flags, [*self._books.values(), self._asides])
        self._reader = Reader(spelling, rewrites_of(flags), vocabulary.little, frozenset(flags.never.split()))

    def check(self, text: str, language: str = "en") -> Flagged | None:
        """The highest level that the message calls for, in English and in the person's language."""
        return self.explain(text, language, every=False).flagged

    def explain(self, text: str, language: str = "en", every: bool = True) -> Explained:
        """The same, with every phrase that stands in the message."""
        words = self._reader.words(text)
        hits: list[Hit] = []
        for line in self._reader.lines(words):
            hits += self._hits(line, language)
            if not every and any(hit.level == Level.EMERGENCY and not hit.off for hit in hits):
                break
        flagged = self._decide(hits)
        if flagged is None and len(words) <= SHORT:
            hits += self._second_look(words, language)
            flagged = self._decide(hits)
        return Explained(flagged, tuple(hits))

    def _second_look(self, words: Sequence[Word], language: str) -> Iterator[Hit]:
        """A short message that is a phrase, but for one slip that is a real word too ("he his me")."""
        counting = self._reader.counting([word.text for word in words])
        for hit in self._hits(self._reader.generous_line(words), language):
            whole = counting - self._reader.counting(hit.words) <= 1
            if whole and len(hit.words) > 1 and hit.slips == 1 and hit.level in HIGHEST_FIRST[:3]:
                yield hit

    def _hits(self, line: Line, language: str) -> Iterator[Hit]:
        context = Context(line, self._asides, self._stops)
        for each in dict.fromkeys(("en", language)):
            if each in self._books:
                for found in self._books[each].find(line):
                    yield _hit(found, line, context.switches_off(found))
        if self._temperature:
            yield from _temperatures(line, self._temperature, context)

    def _decide(self, hits: Iterable[Hit]) -> Flagged | None:
        standing = [(hit.id, hit.level, hit.card) for hit in hits if not hit.off]
        standing += _raised({id for id, _, _ in standing}, self._together)
        for level in HIGHEST_FIRST:
            if cards := {id: card for id, found, card in reversed(standing) if found == level}:
                ids = tuple(sorted(cards, key=_order))
                return Flagged(level, ids, cards[ids[0]])
        return None


def build_matcher(flags: FlagFile) -> Matcher:
    """The matcher of these flags. A phrase that cannot be read is left out: `faults` tells its author."""
    return Matcher(flags)


def _temperatures(line: Line, rule: Temperature, context: Context) -> Iterator[Hit]:
    for at in readings(line, rule):
        flag = Flag(id=rule.id, name="temperature", level="urgent", phrases=("temperature",), card=rule.card)
        found = Found(flag, "temperature", (at,), 0)
        yield _hit(found, line, context.switches_off(found))


def _hit(found: Found[Flag], line: Line, off: str) -> Hit:
    flag = found.owner
    words = tuple(line.words[at].text for at in found.at)
    return Hit(flag.id, flag.level, flag.card or flag.level, found.phrase, words, found.slips, off)


def _raised(ids: set[str], rules: Iterable[Together]) -> list[tuple[str, str, str]]:
    return [
        (rule.id, rule.level, rule.card or rule.level)
        for rule in rules
        if ids.issuperset(rule.all) and (not rule.any or not ids.isdisjoint(rule.any))
    ]


def _order(id: str) -> tuple[bool, str]:
    """The mind before the body: the card of someone in danger from themselves serves both."""
    return not id.startswith("M"), id
