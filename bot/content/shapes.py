"""The shapes of what authors write: articles, contacts, areas, texts and words. One model is one file."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=28)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Nation = Literal["uk", "scotland", "england", "wales", "northern-ireland"]
Confidence = Literal["V", "V2", "G", "own"]
"""How well a fact is known: read at its source, read in a copy, general knowledge, or our own wording."""


def by_language(written: object) -> object:
    """A plain text is English; a mapping gives each language its own."""
    return {"en": written} if isinstance(written, str) else written


def with_english(text: dict[str, str]) -> dict[str, str]:
    """English is what everybody falls back on."""
    if strange := [name for name in text if not re.fullmatch(r"[a-z]{2,3}", name)]:
        raise ValueError(f"'{strange[0]}' is not a language's short name, such as en or pl")
    if "en" not in text:
        raise ValueError("the English text is missing; add a line 'en: ...'")
    return text


Text = Annotated[
    dict[str, Words],
    BeforeValidator(by_language, json_schema_input_type=str | dict[str, str]),
    AfterValidator(with_english),
]
"""What a person reads, by language. A plain text is English."""


class Shape(BaseModel):
    """Frozen, and nothing unknown is let through: a mistyped key is the author's mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Filter(Shape):
    """A session search that a button starts: only what is named is asked for."""

    topic: Id | None = None
    kind: Id | None = None
    mode: Literal["in-person", "online", "phone"] | None = None
    cancer: Id | None = None


class Next(Shape):
    """A button to what comes next: exactly one target; without a label, the target's own title."""

    label: Text | None = None
    article: Id | None = None
    flow: Id | None = None
    sessions: Filter | None = None
    command: (
        Literal[
            "menu",
            "person",
            "back",
            "help",
            "mydata",
            "delete",
            "stop",
            "language",
            "privacy",
            "plan",
            "programmes",
            "end-talk",
        ]
        | None
    ) = None


class Source(Shape):
    """Where a fact comes from, in words a reader can look up."""

    name: Words
    year: int | None = None
    url: str | None = None


class Article(Shape):
    """One approved answer and the many ways in which people ask for it."""

    id: Id
    question: Words
    asked: tuple[Words, ...] = Field(min_length=8)
    keywords: tuple[Words, ...] = ()
    short: Annotated[Words, StringConstraints(max_length=700)]
    more: Words | None = None
    next: tuple[Next, ...] = Field(min_length=1, max_length=3)
    nation: Nation = "uk"
    stage: tuple[Literal["before", "during", "after"], ...] = ("before", "during", "after")
    facts: tuple[Annotated[str, StringConstraints(pattern=r"^[FCRM]\d{2,3}$")], ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    status: Literal["live", "draft"] = "live"
    known_unknown: bool = False
    checked: date
    review: date


class ArticleFile(Shape):
    """knowledge/articles/<topic>.yaml"""

    topic: Id
    title: Text
    articles: tuple[Article, ...]


class Contact(Shape):
    """A service to phone, text or visit. `phone` is what we show; tel: links are made from it."""

    id: Id
    name: Words
    for_: Words = Field(alias="for")
    phone: str | None = None
    text: str | None = None
    web: str | None = None
    hours: str | None = None
    nations: tuple[Nation, ...] = ("uk",)
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    status: Literal["live", "draft"] = "live"
    verified_on: date
    review: date


class ContactFile(Shape):
    """knowledge/contacts.yaml"""

    contacts: tuple[Contact, ...]


class Area(Shape):
    """A place pack: where it is, which nation's numbers hold there, and the outward codes it covers."""

    id: Id
    name: Text
    nation: Nation
    letters: tuple[str, ...]


class AreaFile(Shape):
    """knowledge/areas.yaml"""

    areas: tuple[Area, ...]


class Language(Shape):
    """A language people can choose, once its safety texts are reviewed."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Words
    english: Words
    right_to_left: bool = False
    enabled: bool = False
    translated_by: str | None = None
    clinically_checked_by: str | None = None
    checked: date | None = None


class LanguageFile(Shape):
    """knowledge/languages.yaml"""

    languages: tuple[Language, ...]


class TextFile(RootModel[dict[str, Words | tuple[Words, ...]]]):
    """knowledge/texts/<language>/*.yaml: every sentence of the program itself; a list is said in turn."""

    model_config = ConfigDict(frozen=True)


class WordFile(Shape):
    """knowledge/words.yaml: how people write (text-speak, Scots, local words) and what they mean by it."""

    expand: dict[str, str] = Field(default_factory=dict)
    alike: tuple[tuple[str, ...], ...] = ()
