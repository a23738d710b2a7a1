"""The question sets that the search is measured on: public ones beside the project, and our own content."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
PUBLIC = Path(os.environ.get("NAVIGATOR_SEARCH_SETS", ROOT.parent / "shared" / "data" / "search"))
STRANGERS = Path(__file__).with_name("out_of_scope.txt")
HELD_OUT = ROOT / "tests" / "held_out"
KINDS = ("clean", "typo", "real", "sms")
PHRASINGS = 10
"""Of a set that has more, so many phrasings an article are indexed, as authors write."""
MOST = int(os.environ.get("NAVIGATOR_SEARCH_MOST", "250"))
"""Questions of each set and kind, evenly spread; the same ones for every searcher. 0: all of them."""
FOLD = 5


@dataclass(frozen=True)
class Entry:
    """An article as the benchmark knows it."""

    id: str
    question: str
    alternatives: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    answer: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Question:
    """A question in up to four ways of typing, and the articles that answer it (none: out of scope)."""

    ways: tuple[str, ...]
    gold: tuple[str, ...] = ()
    voice: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Set:
    """Articles, questions that they answer, and questions that they do not."""

    name: str
    entries: tuple[Entry, ...]
    asked: tuple[Question, ...]
    strange: tuple[Question, ...]


def public_names() -> list[str]:
    """The public sets that are there."""
    return sorted(path.stem for path in PUBLIC.glob("*.json"))


def load(name: str) -> Set:
    """A public set, our own content ("own"), or the large collection ("large")."""
    if name == "own":
        return own()
    return large() if name == "large" else public(name)


def public(name: str) -> Set:
    """The first k phrasings of each article are indexed: k is 10, or what the set offers."""
    read = json.loads((PUBLIC / f"{name}.json").read_text("utf-8"))
    most = PHRASINGS if PHRASINGS in read["ks"] else max(read["ks"])
    entries = tuple(
        _entry(one["id"], one["phrasings"][:most], one["answer"] or "") for one in read["entries"]
    )
    asked = [Question(tuple(one[kind] for kind in KINDS), tuple(one["gold"])) for one in read["queries"]]
    strange = [Question(tuple(one[kind] for kind in KINDS)) for one in read["oos"]]
    return Set(name, entries, _spread(asked), _spread(strange))


def own() -> Set:
    """Our own articles and the messages held out from their authors; without those, every fifth phrasing."""
    if not HELD_OUT.exists():
        return _own_phrasings()
    entries = tuple(_own_entry(article, article["asked"]) for article in _own_articles())
    asked = [
        Question((one["text"],), tuple(one["right"]), one["voice"], one["topic"])
        for one in _read(HELD_OUT / "questions.yaml")
        if one["right"]
    ]
    strange = [
        Question((one["text"],), tuple(one.get("fine", ())), one["kind"])
        for one in _read(HELD_OUT / "out_of_scope.yaml")
    ]
    return Set("own", entries, tuple(asked), tuple(strange))


def _own_phrasings() -> Set:
    entries, asked = [], []
    for article in _own_articles():
        kept = [text for at, text in enumerate(article["asked"]) if at % FOLD != FOLD - 1]
        entries.append(_own_entry(article, kept))
        asked += [Question((text,), (article["id"],)) for text in article["asked"][FOLD - 1 :: FOLD]]
    strange = [Question((line,)) for line in STRANGERS.read_text("utf-8").splitlines() if line.strip()]
    return Set("own", tuple(entries), tuple(asked), tuple(strange))


def _own_articles() -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "knowledge" / "articles").glob("*.yaml")):
        # A draft is not shown to anyone, so it cannot be an answer.
        yield from (one for one in _read(path)["articles"] if one.get("status") != "draft")


def _own_entry(article: dict[str, Any], asked: Sequence[str]) -> Entry:
    keywords = tuple(article.get("keywords", ()))
    return Entry(article["id"], article["question"], tuple(asked), keywords, article["short"])


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def large(phrasings: int = 8_015, articles: int = 3_592) -> Set:
    """A large service: as many articles and phrasings, cut from public ones. For speed and memory only."""
    texts, asked = [], []
    for name in ("clinc150", "hwu64"):
        read = json.loads((PUBLIC / f"{name}.json").read_text("utf-8"))
        texts += [text for one in read["entries"] for text in one["phrasings"]]
        asked += [Question(tuple(one[kind] for kind in KINDS)) for one in read["queries"]]
    left = iter(texts[:phrasings])
    sizes = [phrasings // articles + (at < phrasings % articles) for at in range(articles)]
    entries = tuple(_entry(str(at), list(islice(left, size)), "") for at, size in enumerate(sizes))
    return Set("large", entries, _spread(asked), ())


def _entry(id: str, phrasings: list[str], answer: str) -> Entry:
    return Entry(id, phrasings[0], tuple(phrasings[1:]), (), answer)


def _spread(questions: list[Question]) -> tuple[Question, ...]:
    if not MOST or len(questions) <= MOST:
        return tuple(questions)
    return tuple(questions[at * len(questions) // MOST] for at in range(MOST))
