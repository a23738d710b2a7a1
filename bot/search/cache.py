"""Keeps a built index (arrays and JSON) under the hash of what it was built from; odd files are ignored."""

import contextlib
import hashlib
import io
import json
import os
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import numpy.typing as npt

from bot.search.articles import Article, read_articles
from bot.search.calibration import Calibration
from bot.search.index import WITH_VECTORS, Index, build_index
from bot.search.normalise import Normaliser, normaliser
from bot.search.phrasings import Phrasing, exact
from bot.search.postings import Postings
from bot.search.ranking import Ranking
from bot.search.ridge import Ridge, Rows
from bot.search.spelling import speller
from bot.search.vectors import english

if TYPE_CHECKING:
    from bot.content.shapes import WordFile

KEPT = 4
"""How many indexes stay in the folder: with and without drafts, now and before."""


class _Written(TypedDict):
    key: str
    ids: list[str]
    phrasings: list[tuple[int, str, list[str], bool]]
    terms: list[str]
    curve: tuple[float, float]


def load_or_build(articles: Iterable[object], words: "WordFile | None", key: str, folder: Path) -> Index:
    """The index of these articles: from the folder if it was kept there, else built and kept."""
    read = read_articles(articles)
    digest = _key(read, words, key)
    table = normaliser(words.expand, words.alike) if words else normaliser({})
    kept = load(folder, digest, table)
    if kept is not None:
        return kept
    index = build_index(read, words)
    save(folder, digest, index)
    return index


def load(folder: Path, key: str, read: Normaliser) -> Index | None:
    """The index kept under this key, if it is whole."""
    try:
        digest, _, kept = _path(folder, key).read_bytes().partition(b"\n")
    except OSError:
        return None
    return unpack(kept, key, read) if digest == _digest(kept) else None


def save(folder: Path, key: str, index: Index) -> None:
    """Keep it whole or not at all. A folder that cannot be written to only costs time."""
    kept = pack(index, key)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"search-{key[:16]}.{os.getpid()}.half"
        half.write_bytes(_digest(kept) + b"\n" + kept)
        half.replace(_path(folder, key))
        for old in sorted(folder.glob("search-*.index"), key=lambda path: -path.stat().st_mtime)[KEPT:]:
            old.unlink()


def pack(index: Index, key: str) -> bytes:
    """The arrays of an index, and the rest of it as JSON, in one npz."""
    written = _Written(
        key=key,
        ids=list(index.ids),
        phrasings=[(one.article, one.text, list(one.words), one.asked) for one in index.phrasings],
        terms=list(index.postings.names),
        curve=(index.calibration.slope, index.calibration.level),
    )
    packed = io.BytesIO()
    text = np.frombuffer(json.dumps(written, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)
    np.savez(packed, allow_pickle=False, text=text, **_arrays(index))
    return packed.getvalue()


def _arrays(index: Index) -> dict[str, npt.NDArray[np.generic]]:
    return {
        "rarity": index.postings.rarity,
        "starts": index.postings.starts,
        "docs": index.postings.docs,
        "weights": index.postings.weights,
        "vectors": index.vectors,
        "first": index.ranking.starts,
        "row_starts": index.ranking.ridge.rows.starts,
        "row_terms": index.ranking.ridge.rows.terms,
        "row_weights": index.ranking.ridge.rows.weights,
    }


def unpack(kept: bytes, key: str, read: Normaliser) -> Index | None:
    """The index again; None when it was built from something else."""
    with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
        written: _Written = json.loads(bytes(arrays["text"]).decode("utf-8", "surrogatepass"))
        if written["key"] != key:
            return None
        phrasings = tuple(
            Phrasing(a, text, tuple(words), asked) for a, text, words, asked in written["phrasings"]
        )
        names = {term: at for at, term in enumerate(written["terms"])}
        found = Postings(
            names,
            arrays["rarity"],
            arrays["starts"],
            arrays["docs"],
            arrays["weights"],
            len(phrasings),
            (WITH_VECTORS.grams, WITH_VECTORS.stems),
        )
        vectors = arrays["vectors"]
        rows = Rows(arrays["row_starts"], arrays["row_terms"], arrays["row_weights"])
        asked = np.array([one.asked for one in phrasings], np.bool_)
        ranking = Ranking(arrays["first"], Ridge(rows, vectors, WITH_VECTORS.vectors, asked))
    spells = speller((one.words for one in phrasings), english())
    curve = Calibration(*written["curve"])
    ids = tuple(written["ids"])
    return Index(ids, phrasings, exact(phrasings), read, spells, found, vectors, ranking, curve, WITH_VECTORS)


def _key(articles: Sequence[Article], words: "WordFile | None", key: str) -> str:
    """A hash of everything that decides what an index looks like."""
    table = [words.expand, words.alike] if words else []
    given = [key, table, [vars(article) for article in articles]]
    text = json.dumps(given, ensure_ascii=True, sort_keys=False)
    return hashlib.sha256(text.encode() + _program()).hexdigest()


@cache
def _program() -> bytes:
    """A hash of this package: an index that an older program built is not read."""
    files = sorted(resources.files("bot.search").iterdir(), key=lambda file: file.name)
    read = [file.read_bytes() for file in files if file.name.endswith((".py", ".txt"))]
    return hashlib.sha256(b"\0".join(read)).digest()


def _digest(kept: bytes) -> bytes:
    return hashlib.sha256(kept).hexdigest().encode()


def _path(folder: Path, key: str) -> Path:
    return folder / f"search-{key[:32]}.index"
