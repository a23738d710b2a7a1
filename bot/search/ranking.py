"""Goes from how alike the phrasings are to which article is meant."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

BEST_SHARE = 0.65
FEW = 3
PULL_SHARE = 0.5
SHORTLIST = 50
LEAD = 0.5
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
    landmarks: Ints
    pull: Floats
    """articles x landmarks: how much being like a landmark speaks for an article (the ridge regression)."""

    def rank(self, alike: Floats) -> Ranked:
        """The best articles; equal scores keep the authors' order."""
        chosen = shortlist(alike, self.starts)
        drawn = self.pull[chosen] @ alike[self.landmarks]
        return order(chosen, nearest(alike, self.starts, chosen), drawn)


def order(chosen: Ints, near: Floats, drawn: Floats) -> Ranked:
    """The two scores together, best first."""
    scores = (1 - PULL_SHARE) * near + PULL_SHARE * drawn
    best = np.argsort(-scores, kind="stable")
    return Ranked(chosen[best], scores[best].astype(np.float32))


def shortlist(alike: Floats, starts: Ints) -> Ints:
    """The articles with the most alike single phrasing: only these are worth ranking."""
    best = np.maximum.reduceat(alike, starts[:-1])
    few = min(SHORTLIST, len(best))
    return np.sort(np.argpartition(-best, few - 1)[:few])


def nearest(alike: Floats, starts: Ints, chosen: Ints) -> Floats:
    """0.65 x the best phrasing + 0.35 x the mean of the best three, for each chosen article."""
    first, sizes = starts[chosen], starts[chosen + 1] - starts[chosen]
    widest = np.arange(int(sizes.max()))
    places = np.minimum(first[:, None] + widest, len(alike) - 1)
    scores = np.where(widest < sizes[:, None], alike[places], -np.inf)
    if scores.shape[1] > FEW:
        scores = np.partition(scores, -FEW, axis=1)[:, -FEW:]
    present = np.isfinite(scores)
    means = np.where(present, scores, 0).sum(axis=1) / np.maximum(present.sum(axis=1), 1)
    return np.asarray(BEST_SHARE * scores.max(axis=1) + (1 - BEST_SHARE) * means, np.float32)
