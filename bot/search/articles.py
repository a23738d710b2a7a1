"""Reads articles of any form (ours, plain mappings, other objects) into the one that the search uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ANSWER_WORDS = 30
"""Words of an answer that are read: the start says what it is about."""


@dataclass(frozen=True)
class Article:
    """A question, the other ways in which it is asked, and its answer."""

    id: str
    question: str
    alternatives: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    answer: str = ""
    language: str = "en"

    @property
    def asked(self) -> tuple[str, ...]:
        """Every way in which someone asks for it."""
        return tuple(dict.fromkeys(one.strip() for one in (self.question, *self.alternatives) if one.strip()))

    @property
    def hints(self) -> tuple[str, ...]:
        """What is found as well, though nobody asks so: the keywords, and how the answer starts."""
        start = " ".join(self.answer.split()[:ANSWER_WORDS])
        return tuple(dict.fromkeys(one.strip() for one in (*self.keywords, start) if one.strip()))


def read_articles(given: Iterable[object]) -> list[Article]:
    """Articles in their order; those that share an id become one."""
    read: dict[str, Article] = {}
    for one in given:
        article = one if isinstance(one, Article) else _read(one)
        known = read.get(article.id)
        read[article.id] = _together(known, article) if known else article
    return list(read.values())


def _read(given: object) -> Article:
    return Article(
        id=str(_first(given, "id") or ""),
        question=_text(given, "question"),
        alternatives=_texts(given, "alternatives") or _texts(given, "asked"),
        keywords=_texts(given, "keywords"),
        answer=_text(given, "answer") or _text(given, "short"),
        language=_text(given, "language") or "en",
    )


def _first(given: object, name: str) -> object:
    return given.get(name) if isinstance(given, Mapping) else getattr(given, name, None)


def _text(given: object, name: str) -> str:
    value = _first(given, name)
    return value if isinstance(value, str) else ""


def _texts(given: object, name: str) -> tuple[str, ...]:
    value = _first(given, name)
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value) if isinstance(value, Iterable) else ()


def _together(one: Article, other: Article) -> Article:
    return Article(
        id=one.id,
        question=one.question,
        alternatives=(*one.alternatives, other.question, *other.alternatives),
        keywords=(*one.keywords, *other.keywords),
        answer=one.answer or other.answer,
        language=one.language,
    )
