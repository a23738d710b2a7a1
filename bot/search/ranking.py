"""Goes from how alike the phrasings are to which article is meant."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.ridge import NEAREST, Ridge, nearest_phrasings

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

BEST_SHARE = 0.65
FEW = 3
RIDGE_SHARE = 0.7
HINT = np.float32(0.85)
"""How much being like a keyword or an answer counts beside being like a question."""
SHORTLIST = 50
LEAD = 0.3
"""How much being ahead of the second article adds to the confidence."""


@dataclass(frozen=True)
class Ranked:
    """Articles by place, best first, with their scores."""

    articles: Ints
    scores: Floats

    @property
    def confidence(self) -> float:
        """The best score, and how far it is ahead."""
        if not len(self.scores):
            return 0.0
        second = self.scores[1] if len(self.scores) > 1 else np.float32(0)
        return float(self.scores[0] + LEAD * (self.scores[0] - second))


@dataclass(frozen=True)
class Ranking:
    """`starts[a]:starts[a + 1]` are the phrasings of article `a`."""

    starts: Ints
    ridge: Ridge

    def rank(self, alike: Floats, most: int = NEAREST) -> Ranked:
        """The best articles; equal scores keep the authors' order. To leave a phrasing out, make it -inf."""
        near = self._near(alike)
        chosen = shortlist(near, self.starts)
        phrasings = nearest_phrasings(near, most)
        owners = np.searchsorted(self.starts, phrasings, side="right") - 1
        explained = np.bincount(owners, self.ridge.weigh(alike, phrasings), len(self.starts) - 1)
        scores = (1 - RIDGE_SHARE) * nearest(near, self.starts, chosen) + RIDGE_SHARE * explained[chosen]
        best = np.argsort(-scores, kind="stable")
        return Ranked(chosen[best], scores[best].astype(np.float32))

    def lead(self, alike: Floats, article: int) -> float:
        """How far this article is ahead of every other one, by its nearest phrasings alone."""
        near = self._near(alike)
        chosen = shortlist(near, self.starts)
        scores = nearest(near, self.starts, chosen)
        mine, others = scores[chosen == article], scores[chosen != article]
        return float(mine.max(initial=-1) - others.max(initial=-1))

    def _near(self, alike: Floats) -> Floats:
        return np.asarray(np.where(self.ridge.asked, alike, HINT * alike), np.float32)


def shortlist(near: Floats, starts: Ints) -> Ints:
    """The articles with the most alike single phrasing: only these are worth ranking."""
    best = np.maximum.reduceat(near, starts[:-1])
    few = min(SHORTLIST, len(best))
    chosen = np.sort(np.argpartition(-best, few - 1)[:few])
    return chosen[np.isfinite(best[chosen])]


def nearest(near: Floats, starts: Ints, chosen: Ints) -> Floats:
    """0.65 x the best phrasing + 0.35 x the mean of the best three, for each chosen article."""
    first, sizes = starts[chosen], starts[chosen + 1] - starts[chosen]
    widest = np.arange(int(sizes.max(initial=1)))
    places = np.minimum(first[:, None] + widest, len(near) - 1)
    scores = np.where(widest < sizes[:, None], near[places], -np.inf)
    if scores.shape[1] > FEW:
        scores = np.partition(scores, -FEW, axis=1)[:, -FEW:]
    present = np.isfinite(scores)
    means = np.where(present, scores, 0).sum(axis=1) / np.maximum(present.sum(axis=1), 1)
    return np.asarray(BEST_SHARE * scores.max(axis=1) + (1 - BEST_SHARE) * means, np.float32)
