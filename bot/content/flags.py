"""The shapes of the red flags and of their cards: what a clinician may write under knowledge/red_flags/."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bot.content.shapes import Id, Nation, Shape, Text, Words

FlagId = Annotated[str, StringConstraints(pattern=r"^[RMS]\d{2}$")]
"""R: the body; M: the mind and safety at home; S: a sign that counts only together with another."""

CardLevel = Literal["emergency", "crisis", "urgent", "concern"]


class Flag(Shape):
    """One severity of one red flag, and the ways in which people say it."""

    id: FlagId
    name: Words
    level: CardLevel | Literal["sign"]
    card: Id | None = None
    language: str = "en"
    always: bool = False
    """A question ("what if I ...") does not switch it off."""
    phrases: tuple[Words, ...] = Field(min_length=1)


class Together(Shape):
    """Flags that mean more when they stand in one message: all of `all` and one of `any`."""

    id: FlagId
    level: CardLevel
    card: Id | None = None
    all: tuple[FlagId, ...] = Field(min_length=1)
    any: tuple[FlagId, ...] = ()


class Temperature(Shape):
    """From which reading (in Celsius) a temperature is a flag, and in which company it is not a body's."""

    id: FlagId
    card: Id | None = None
    hot: float
    cold: float
    hottest: float
    coldest: float
    words: tuple[Words, ...]
    not_words: tuple[Words, ...]


class Asides(Shape):
    """What switches a flag off. Each is a list of phrases."""

    safe: tuple[Words, ...] = ()
    """ "no chest pain": a flag inside it is off."""
    idioms: tuple[Words, ...] = ()
    """ "dying for a cuppa": a flag inside it is off."""
    stories: tuple[Words, ...] = ()
    """ "mum died of ... is": a flag from its first to its last word is off."""
    before: tuple[Words, ...] = ()
    """ "what are the signs of": a flag that follows is off."""
    after: tuple[Words, ...] = ()
    """ "20 years ago": a flag that stands before it is off."""
    past: tuple[Words, ...] = ()
    """ "in 1998": a flag in its clause, told as past, is off, even one that no question switches off."""
    unreal: tuple[Words, ...] = ()
    """ "if it ever": a flag in its sentence is off."""
    unless: tuple[Words, ...] = ()
    """ "and now": inside or soon after one of the above, the flag stays on."""
    now: tuple[Words, ...] = ()
    """Words of here and now: between one of the above and the flag, the flag stays on."""
    whose: tuple[Words, ...] = ()
    """ "is MY chest pain a side effect": right before a flag, a question or a past time leaves it on."""
    told: tuple[Words, ...] = ()
    """ "had", "was": after "in 1998" one of these must stand before a flag, or in it, to make it past."""
    joins: tuple[Words, ...] = ()
    """ "and", "but": where someone follows ("and my"), a new clause begins."""
    real: tuple[Words, ...] = ()
    """ "now", "today": in a sentence with one of these nothing is unreal."""
    negators: tuple[Words, ...] = ()
    """ "not", "never": right before a flag, or before its last word, it is off."""
    cannots: tuple[Words, ...] = ()
    """ "cant", "wont": a flag with one of these, or with a negator, is itself what is not so."""
    fillers: tuple[Words, ...] = ()
    """ "any", "had": these may stand between a negator and the flag."""
    undone: tuple[Words, ...] = ()
    """ "before", "like": soon after a negated flag they leave it on ("never had chest pain like this")."""
    breaks: tuple[Words, ...] = ()
    """Words at which something new begins: a safe phrase or an idiom does not reach over them."""


class Compassion(Shape):
    """Which of the flags mean a death or bad news, so that all messages stop; and which of their phrases
    tell of how somebody lives, or is afraid, and so stop nothing."""

    flags: tuple[FlagId, ...] = ()
    lasting: tuple[Words, ...] = ()
    """Phrases, as they are written there, that never mean it: "widow", "incurable"."""
    feared: tuple[Words, ...] = ()
    """Phrases that do not mean it beside a word of fear: "scared of dying"."""
    fears: str = ""

    def calls_for_it(self, hits: Iterable[tuple[str, str, tuple[str, ...]]], text: str) -> bool:
        """Each hit is a flag's id, the phrase, and the words that met it."""
        afraid = not set(self.fears.split()).isdisjoint(text.casefold().replace("'", "").split())
        off = {*self.lasting, *(self.feared if afraid else ())}
        return any(id in self.flags and phrase not in off for id, phrase, _ in hits)


class FlagFile(Shape):
    """knowledge/red_flags/*.yaml, except cards.yaml. All files are one: see `merge`."""

    flags: tuple[Flag, ...] = ()
    together: tuple[Together, ...] = ()
    lists: dict[str, tuple[Words, ...]] = Field(default_factory=dict)
    same: dict[str, str] = Field(default_factory=dict)
    little: str = ""
    """Words that may stand anywhere inside a phrase."""
    ordinary: str = ""
    """Real words that are never read as a slip of the pen."""
    never: str = ""
    """Everyday words that are not even a slip in a short message that is nearly a phrase."""
    slips: dict[str, str] = Field(default_factory=dict)
    """Real words that are, all the same, a likely slip: slip -> the words that were meant."""
    asides: Asides = Asides()
    temperature: Temperature | None = None
    compassion: Compassion = Compassion()


class CardButton(Shape):
    """Opens a phone link, or comes back as a code; exactly one of them."""

    label: Text
    url: Annotated[str, StringConstraints(pattern=r"^(tel:|sms:|https://)")] | None = None
    code: Annotated[str, StringConstraints(pattern=r"^[a-z]:", max_length=64)] | None = None

    @model_validator(mode="after")
    def one_target(self) -> "CardButton":
        if (self.url is None) == (self.code is None):
            raise ValueError("a card's button needs a url or a code, and not both")
        return self


class CardLine(Shape):
    """A line of a card; where nations are named, only people of these see it."""

    text: Text
    nations: tuple[Nation, ...] = ()


class Card(Shape):
    """A fixed safety message. Its first words carry the level; {gaps} are contacts' numbers."""

    id: Id
    level: CardLevel
    text: Text
    lines: tuple[CardLine, ...] = ()
    buttons: tuple[CardButton, ...] = Field(min_length=1)


class CardFile(Shape):
    """knowledge/red_flags/cards.yaml"""

    cards: tuple[Card, ...]


def merge(files: Iterable[FlagFile]) -> FlagFile:
    """All files as one, in the order given."""
    read = tuple(files)
    return FlagFile(
        flags=tuple(flag for file in read for flag in file.flags),
        together=tuple(rule for file in read for rule in file.together),
        lists={name: words for file in read for name, words in file.lists.items()},
        same={word: meant for file in read for word, meant in file.same.items()},
        little=" ".join(file.little for file in read),
        ordinary=" ".join(file.ordinary for file in read),
        never=" ".join(file.never for file in read),
        slips={slip: meant for file in read for slip, meant in file.slips.items()},
        asides=Asides(**{name: _all_asides(read, name) for name in Asides.model_fields}),
        compassion=next((file.compassion for file in read if file.compassion.flags), Compassion()),
        temperature=next((file.temperature for file in read if file.temperature), None),
    )


def _all_asides(files: tuple[FlagFile, ...], name: str) -> tuple[str, ...]:
    return tuple(phrase for file in files for phrase in getattr(file.asides, name))
