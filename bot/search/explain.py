"""Says why the search found what it found: which phrasing, which words, what was read instead of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.search.found import Found, Hit
from bot.search.normalise import split
from bot.search.postings import stem

if TYPE_CHECKING:
    from bot.search.index import Index


@dataclass(frozen=True)
class Reason:
    """A hit, the phrasing of it that is most like the message, and the words that both have."""

    hit: Hit
    phrasing: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """What the search read (`changed`: not what was written), what it found, and why."""

    read: tuple[str, ...]
    changed: bool
    found: Found
    reasons: tuple[Reason, ...]


def explain(index: "Index", text: str, limit: int = 3) -> Explained:
    """The same answer as `find`, with reasons."""
    words, parts = index.read(text)
    found = index.find(text, limit)
    alike = index.alike(words, parts) if found.hits else np.zeros(0, np.float32)
    places = {id: place for place, id in enumerate(index.ids)}
    reasons = []
    for hit in found.hits:
        start, end = index.ranking.starts[places[hit.id] : places[hit.id] + 2]
        nearest = index.phrasings[int(start) + int(np.argmax(alike[start:end]))]
        reasons.append(Reason(hit, nearest.text, _shared(words, nearest.words)))
    return Explained(tuple(words), words != split(text), found, tuple(reasons))


def _shared(words: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The message's words whose stems the phrasing has too."""
    stems = set(stem(others))
    pairs = zip(words, stem(words), strict=True)
    return tuple(dict.fromkeys(word for word, root in pairs if root in stems))
