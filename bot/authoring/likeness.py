"""Puts questions that mean much the same together: by the search's own words and vectors, and by letters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.search import Index
from bot.search.reading import plain
from bot.search.vectors import pieces

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

MEANING = 0.7
"""How much the static vectors count beside the letters."""
TOGETHER = 0.52
"""From this likeness (0 to 1) on, two questions belong together."""
COMMON = 1e-3
"""A word that makes up this share of all phrasings counts half: "what can I do" is in everything."""
LONG = 20
STRICTER = 0.15
"""Two long stories have many words in common whatever they are about: they must be more alike than that."""
FEW = 20_000
"""Words that are added to the count: of a small collection no word is common."""
ROWS = 512
MOST_PAIRS = 400_000
"""Pairs that are compared letter by letter; of thousands of questions that are all alike, the likest."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of questions that belong together, the most central one first."""

    places: tuple[int, ...]


def group(questions: Sequence[str], index: Index, together: float = TOGETHER) -> tuple[Group, ...]:
    """Every question in exactly one group; the biggest group first, then the one that came first. The same
    questions in the same order make the same groups. Memory grows with the square: 25 MB for 5,000."""
    holders: dict[tuple[str, ...], list[int]] = {}
    for at, text in enumerate(questions):
        holders.setdefault(plain(index.normaliser.words(text)), []).append(at)
    if not holders:
        return ()
    asked = list(holders.values())
    pairs = _alike(list(holders), index.speller.used, together)
    led = _led(pairs, np.array([len(one) for one in asked]))
    groups = [Group(tuple(at for one in members for at in asked[one])) for members in led]
    return tuple(sorted(groups, key=lambda one: (-len(one.places), min(one.places))))


def _led(pairs: tuple[Ints, Ints], counts: Ints) -> Iterator[list[int]]:
    """Who has the most others near leads; those near it and in no group yet follow it."""
    left, right = pairs
    near = np.eye(len(counts), dtype=np.bool_)
    near[left, right] = near[right, left] = True
    weight = (
        counts + np.bincount(left, counts[right], len(counts)) + np.bincount(right, counts[left], len(counts))
    )
    free = np.ones(len(counts), np.bool_)
    for leader in np.argsort(-weight, kind="stable").tolist():
        if free[leader]:
            followers = np.flatnonzero(near[leader] & free)
            free[followers] = False
            yield [leader, *(at for at in followers.tolist() if at != leader)]


def _alike(asked: Sequence[tuple[str, ...]], used: Mapping[str, int], together: float) -> tuple[Ints, Ints]:
    """The pairs of questions that belong together, each once."""
    (left, right), scores = _hopeful(_directions(asked, used), (together - (1 - MEANING)) / MEANING)
    texts = [" ".join(words) for words in asked]
    lefts, rights = [texts[at] for at in left], [texts[at] for at in right]
    letters = process.cpdist(lefts, rights, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    long = np.array([len(words) > LONG for words in asked], np.bool_)
    needed = together + STRICTER * (long[left] & long[right])
    alike = MEANING * scores + (1 - MEANING) * letters / 100 >= needed
    return left[alike], right[alike]


def _directions(asked: Sequence[tuple[str, ...]], used: Mapping[str, int]) -> Floats:
    """Questions x 256: where each one points, common words counting less, and without what all share."""
    places = {word: at for at, word in enumerate(dict.fromkeys(word for words in asked for word in words))}
    total = FEW + sum(used.values())
    rare = [COMMON / (COMMON + used.get(word, 0) / total) for word in places]
    table = np.stack([pieces().vector((word,)) for word in places] or [pieces().vector(())])
    table *= np.array(rare or [1.0], np.float32)[:, None]
    summed = np.stack([table[[places[word] for word in words]].sum(axis=0) for words in asked])
    return _level(_level(summed) - _level(summed).mean(axis=0) * (len(asked) >= ROWS))


def _level(vectors: Floats) -> Floats:
    """Each of length 1, but for zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _hopeful(vectors: Floats, least: float) -> tuple[tuple[Ints, Ints], Floats]:
    """The pairs whose meaning is so near that letters could bring them together, and how near it is."""
    lefts, rights, scores = [], [], []
    for first in range(0, len(vectors), ROWS):
        part = vectors[first : first + ROWS] @ vectors.T
        left, right = np.nonzero(part >= least)
        later = right > left + first
        lefts.append(left[later] + first)
        rights.append(right[later])
        scores.append(part[left[later], right[later]])
    left, right, score = np.concatenate(lefts), np.concatenate(rights), np.concatenate(scores)
    best = np.argsort(-score, kind="stable")[:MOST_PAIRS]
    return (left[best], right[best]), np.asarray(score[best], np.float32)
