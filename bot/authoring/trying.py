"""What an editor is shown before anything is saved: problems, how hard it reads, what it does to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.authoring.articles import Written
from bot.authoring.files import Edit, Folders, new_errors
from bot.authoring.ranking import Effect, effect
from bot.content.check_reading import GOOD_GRADE, GOOD_LENGTH
from bot.content.problems import Problem
from bot.content.reading import grade, sentences
from bot.search import Article, Index, first, with_article


@dataclass(frozen=True, slots=True)
class Tried:
    """A question that must find the article, and what it would find."""

    ask: str
    found: str


@dataclass(frozen=True, slots=True)
class Look:
    """`problems` keep it from being saved; the rest is there to think about. `long` are the sentences of more
    than 20 words, by their first words."""

    problems: tuple[Problem, ...]
    grade: float
    hard: bool
    long: tuple[str, ...]
    effect: Effect
    tests: tuple[Tried, ...]


def lost_tests(index: Index, article: Article, tests: Sequence[str]) -> tuple[Tried, ...]:
    """The test questions that would not find the article: `prehab check` would fail ever after."""
    return tuple(one for one in _tested(with_article(index, article), tests) if one.found != article.id)


def _tested(after: Index, tests: Sequence[str]) -> tuple[Tried, ...]:
    return tuple(Tried(ask, first(after, ask)) for ask in tests)


def searched(written: Written) -> Article:
    """As the search would learn it, if it were live."""
    return Article(written.id, written.question, written.asked, answer=written.short)


def look(
    index: Index,
    article: Article,
    words: tuple[Sequence[str], Sequence[str]],
    edits: tuple[Folders, Sequence[Edit], date],
) -> Look:
    """Some seconds of work, for a thread. `words`: the tests, and the questions that people shared."""
    tests, shared = words
    after = with_article(index, article)
    text = article.answer
    return Look(
        problems=new_errors(*edits),
        grade=max(0.0, grade(text)),
        hard=grade(text) > GOOD_GRADE,
        long=tuple(" ".join(one[:6]) for one in sentences(text) if len(one) > GOOD_LENGTH),
        effect=effect(index, after, article.id, shared),
        tests=_tested(after, tests),
    )
