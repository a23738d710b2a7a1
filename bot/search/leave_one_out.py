"""Finds the phrasings that another article would win if they were not written down: content that overlaps."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from bot.search.index import Index
from bot.search.ranking import Ranked
from bot.search.ridge import TILE

SAFE = 0.05
"""Of 1,390 phrasings whose article was so far ahead by its nearest phrasings alone, one was lost; nearly half
of the work is saved."""
AROUND = 30
"""Phrasings around a changed one that it may win over."""
NEAREST = 2 * TILE
"""Fewer than for a message: there are thousands of phrasings to go through."""


@dataclass(frozen=True)
class Lost:
    """A phrasing of `article` that, left out, is answered with `winner`."""

    article: str
    phrasing: str
    winner: str
    score: float
    """How likely the search would think its wrong answer to be right, from 0 to 1."""
    margin: float
    """How far the right article is behind: 0 level, 1 not in sight."""


def lost_phrasings(index: Index, changed: Collection[str] | None = None) -> list[Lost]:
    """Every question of an article with others of its own that another article would win; surest first.

    About 3 ms each. With `changed`, only the questions of these articles, and those nearest to them.
    """
    spots = range(len(index.phrasings)) if changed is None else sorted(_touched(index, changed))
    return sorted(_lost(index, spots), key=lambda lost: -lost.score)


def _touched(index: Index, changed: Collection[str]) -> set[int]:
    """The phrasings of these articles, and those that they may win from others."""
    own = [at for at, one in enumerate(index.phrasings) if index.ids[one.article] in changed]
    near = set(own)
    for at in own:
        alike = index.alike(index.phrasings[at].words)
        near.update(int(other) for other in np.argsort(-alike)[:AROUND])
    return near


def _lost(index: Index, spots: Iterable[int]) -> Iterator[Lost]:
    sizes = np.diff(index.ranking.starts)
    for at in spots:
        one = index.phrasings[at]
        if not one.asked or sizes[one.article] < 2:
            continue
        left = index.alike(one.words)
        left[at] = -np.inf
        if index.ranking.lead(left, one.article) > SAFE:
            continue
        ranked = index.ranking.rank(left, NEAREST)
        if ranked.articles[0] != one.article:
            yield _told(index, at, ranked)


def _told(index: Index, at: int, ranked: Ranked) -> Lost:
    one, best = index.phrasings[at], max(float(ranked.scores[0]), 1e-6)
    mine = ranked.scores[ranked.articles == one.article]
    behind = 1 - float(mine[0]) / best if len(mine) else 1.0
    winner = index.ids[ranked.articles[0]]
    chance = index.calibration.probability(ranked.confidence)
    return Lost(index.ids[one.article], one.text, winner, chance, min(1.0, max(0.0, behind)))
