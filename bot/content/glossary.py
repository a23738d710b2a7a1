"""The shape of a glossary: the words of letters and clinics, and what each means in plain words."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.content.shapes import Confidence, Id, Nation, Shape, Source, Words


class Term(Shape):
    """A word, other ways to write or say it, and its meaning. It never says what it means for anybody."""

    id: Id
    word: Words
    says: tuple[Words, ...] = ()
    meaning: Words
    article: Id | None = None
    nation: Nation = "uk"
    facts: tuple[Annotated[str, StringConstraints(pattern=r"^[FCRM]\d{2,3}$")], ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    status: Literal["live", "draft"] = "live"
    checked: date
    review: date


class GlossaryFile(Shape):
    """knowledge/glossary/<about>.yaml"""

    words: tuple[Term, ...]


def folded(written: str) -> str:
    """A word as it is compared: small letters and digits only, so "neo-adjuvant" is "neoadjuvant"."""
    return "".join(letter for letter in written.casefold() if letter.isalnum())
