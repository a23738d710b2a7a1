"""The searchers that are compared: ours, ours without vectors, and what most bots do."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml
from rapidfuzz import fuzz, process, utils

from benchmarks.search_sets import ROOT, Set
from bot.content.shapes import WordFile
from bot.search.index import WITH_VECTORS, WITHOUT_VECTORS, Index, Shares, build_index


class Searcher(Protocol):
    def search(self, text: str, limit: int) -> Sequence[tuple[str, float]]: ...


@dataclass(frozen=True)
class Ours:
    index: Index

    def search(self, text: str, limit: int) -> Sequence[tuple[str, float]]:
        return self.index.search(text, limit)


def ours(given: Set, shares: Shares = WITH_VECTORS) -> Searcher:
    """On public sets with our general text-speak only; on our own content with our authors' words too."""
    words = _words(ROOT / "knowledge" / "words.yaml") if given.name == "own" else None
    return Ours(build_index(given.entries, words, shares))


def without_vectors(given: Set) -> Searcher:
    return ours(given, WITHOUT_VECTORS)


def _words(path: Path) -> WordFile | None:
    return WordFile.model_validate(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else None


def _phrasings(given: Set) -> tuple[list[str], list[str]]:
    """Every phrasing and the article it belongs to."""
    pairs = [
        (text, one.id) for one in given.entries for text in (one.question, *one.alternatives, *one.keywords)
    ]
    return [text for text, _ in pairs], [owner for _, owner in pairs]


def _best(found: Sequence[tuple[str, float]], limit: int) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for owner, score in found:
        best.setdefault(owner, score)
    return list(best.items())[:limit]


class Rapidfuzz:
    """`process.extract` with its default scorer over all phrasings."""

    def __init__(self, given: Set) -> None:
        texts, self._owners = _phrasings(given)
        self._texts = [utils.default_process(text) for text in texts]

    def search(self, text: str, limit: int) -> Sequence[tuple[str, float]]:
        asked = utils.default_process(text)
        found = process.extract(asked, self._texts, scorer=fuzz.WRatio, limit=limit * 5)
        return _best([(self._owners[at], score) for _, score, at in found], limit)


class Trigrams:
    """SQLite's FTS5 with its trigram tokeniser, ranked by BM25."""

    def __init__(self, given: Set) -> None:
        texts, self._owners = _phrasings(given)
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE asked USING fts5(text, tokenize = 'trigram')")
        self._db.executemany("INSERT INTO asked (rowid, text) VALUES (?, ?)", enumerate(texts))

    def search(self, text: str, limit: int) -> Sequence[tuple[str, float]]:
        asked = "".join(letter for letter in text.lower() if letter.isalnum() or letter == " ")
        parts = dict.fromkeys(asked[at : at + 3] for at in range(len(asked) - 2))
        wanted = " OR ".join(f'"{part}"' for part in parts)
        if not wanted:
            return []
        query = "SELECT rowid, -bm25(asked) FROM asked WHERE asked MATCH ? ORDER BY bm25(asked) LIMIT ?"
        rows = self._db.execute(query, (wanted, limit * 5)).fetchall()
        return _best([(self._owners[at], score) for at, score in rows], limit)


SEARCHERS: dict[str, Callable[[Set], Searcher]] = {
    "ours, with vectors": ours,
    "ours, without vectors": without_vectors,
    "rapidfuzz WRatio": Rapidfuzz,
    "SQLite FTS5 trigram": Trigrams,
}
