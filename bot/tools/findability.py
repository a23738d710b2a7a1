"""What a change of the content does to finding: phrasings that now lose, and the held-out messages."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content import Content, Loaded, Problem
from bot.content.shapes import Article, ArticleFile
from bot.search import Index, Lost, lost_phrasings
from bot.search.found import Found

HELD_OUT = Path("tests/held_out")
ACCEPTED = HELD_OUT / "accepted.yaml"
"""What the content could do when somebody last looked: `prehab check --accept` writes it."""
POINT = 0.01
"""A fall of the accuracy by more than this is an error, not a remark."""
NOTE = "# Written by `prehab check --accept`. What is found, and what only wins because it is written.\n"


@dataclass(frozen=True, slots=True)
class Measured:
    """How well the content is found: the share of held-out messages whose first answer is right, phrasings
    that another article would win if they were left out (with that article), and a mark of each article."""

    accuracy: float
    lost: Mapping[tuple[str, str], str]
    articles: Mapping[str, str] = field(default_factory=dict)


def measure(
    content: Content, index: Index, find: Callable[[str], Found], before: Measured | None
) -> Measured:
    """Measure this content; where there is a `before`, only what its changes touch. Without held-out messages
    the accuracy is 1."""
    marks = {id: _mark(article) for id, article in content.articles.items()}
    changed = (
        None if before is None else {id for id, mark in marks.items() if before.articles.get(id) != mark}
    )
    lost = {(one.article, one.phrasing): one.winner for one in lost_phrasings(index, changed)}
    return Measured(accuracy(find), lost, marks)


def _mark(article: Article) -> str:
    """The same as long as an article is asked the same."""
    asked = "\n".join((article.question, *article.asked, *article.keywords))
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def accuracy(find: Callable[[str], Found], folder: Path = HELD_OUT) -> float:
    """The share of the held-out messages whose first answer is one of the right ones."""
    path = folder / "questions.yaml"
    if not path.exists():
        return 1.0
    asked = [one for one in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if one["right"]]
    right = sum(any(hit.id in one["right"] for hit in find(one["text"]).hits[:1]) for one in asked)
    return right / len(asked) if asked else 1.0


def accepted(path: Path = ACCEPTED) -> Measured | None:
    """What was last accepted, if anything was."""
    if not path.exists():
        return None
    written = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    parts = (str(one).split(" | ") for one in written["lost"])
    lost = {(article, phrasing): winner for article, phrasing, winner in parts}
    return Measured(float(written["accuracy"]), lost, written["articles"])


def accept(measured: Measured, path: Path = ACCEPTED) -> None:
    """From now on only what is worse than this is told."""
    lost = [" | ".join((*key, winner)) for key, winner in sorted(measured.lost.items())]
    body = {
        "accuracy": round(measured.accuracy, 4),
        "articles": dict(sorted(measured.articles.items())),
        "lost": lost,
    }
    path.write_text(NOTE + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=1000), "utf-8")


def worse(loaded: Loaded, now: Measured, before: Measured) -> Iterator[Problem]:
    """Each phrasing that did not lose before, at its line; and a fall of the accuracy."""
    spots = _spots(loaded)
    for (article, phrasing), winner in now.lost.items():
        if (article, phrasing) not in before.lost and (article, phrasing) in spots:
            path, where = spots[article, phrasing]
            message = (
                f"'{phrasing}' would go to '{winner}' if it were not written here; "
                f"make the two articles' wordings differ more, or move it"
            )
            yield loaded.source.problem(path, where, message, "warning")
    if now.accuracy < before.accuracy - POINT:
        message = (
            f"of the held-out messages {now.accuracy:.1%} find their answer, before this change it was "
            f"{before.accuracy:.1%}; take the change back, or look at it and run 'prehab check --accept'"
        )
        yield Problem(str(HELD_OUT / "questions.yaml"), 1, 1, message)


def _spots(loaded: Loaded) -> dict[tuple[str, str], tuple[str, tuple[str | int, ...]]]:
    """Where each phrasing stands."""
    return {
        (article.id, asked): (path, ("articles", number, "asked", place))
        for path, file in loaded.source.files(ArticleFile)
        for number, article in enumerate(file.articles)
        for place, asked in enumerate(article.asked)
    }


def lost_lines(lost: list[Lost]) -> Iterator[str]:
    """The whole list with both articles, surest first."""
    for one in lost:
        how = f"({one.score:.2f}, behind by {one.margin:.2f})"
        yield f"{one.article}: “{one.phrasing}” would go to {one.winner} {how}"
    yield f"{len(lost)} phrasings that another article would win if they were left out."
