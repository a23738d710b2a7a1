"""Turns a confidence into a probability, learnt from the articles' own phrasings left out one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.ranking import Floats, Ints, Ranked, nearest, order, shortlist
from bot.search.ridge import Ridge

Doubles = npt.NDArray[np.float64]

COLUMNS = 800
"""Phrasings used for calibration: whole articles, spread over the collection, until there are so many."""
EACH = 10
"""Phrasings asked of one article."""
STRANGERS = 0.35
"""The share of messages taken to have no article. They are made by leaving out the whole right article."""
PRIOR = 100.0
"""How many messages the starting values count for: a tiny collection keeps close to them."""


@dataclass(frozen=True)
class Calibration:
    """A logistic curve: 1 / (1 + exp(-(slope * confidence + level))). Public question sets gave its start."""

    slope: float = 8.0
    level: float = -3.8

    def probability(self, confidence: float) -> float:
        """How likely it is that the first hit is the right one."""
        return float(1 / (1 + np.exp(-np.clip(self.slope * confidence + self.level, -500, 500))))


@dataclass(frozen=True)
class Trial:
    """What came of asking with one phrasing left out, or with its whole article left out (`stranger`)."""

    confidence: float
    right: bool
    stranger: bool


def spread(starts: Ints) -> Ints:
    """Articles for calibration, evenly over the collection."""
    sizes = np.diff(starts)
    share = min(1.0, COLUMNS / max(int(sizes.sum()), 1))
    count = max(1, int(len(sizes) * share))
    return np.unique(np.linspace(0, len(sizes) - 1, count).astype(np.int64))


def trials(
    ridge: Ridge, pull: Floats, articles: Ints, solved: Floats, questions: npt.NDArray[np.bool_]
) -> Iterator[Trial]:
    """Ask these articles' questions; `solved` holds the ridge weights of all their phrasings in turn."""
    place = {int(phrasing): at for at, phrasing in enumerate(ridge.landmarks)}
    at = 0
    for article in articles:
        members = np.arange(ridge.starts[article], ridge.starts[article + 1])
        weights = solved[:, at : at + len(members)]
        at += len(members)
        left_out = _LeftOut(ridge, pull, int(article), members, weights)
        for one in [one for one in members if int(one) in place and questions[one]][:EACH]:
            yield from left_out.ask(int(one), ridge.alike[place[int(one)]])


@dataclass(frozen=True)
class _LeftOut:
    """One article whose phrasings, one or all, are taken away; leaving out has a closed form in a ridge."""

    ridge: Ridge
    pull: Floats
    article: int
    members: Ints
    weights: Floats

    def ask(self, phrasing: int, alike: Floats) -> Iterator[Trial]:
        """Without the phrasing (only where the article has others), then without the article."""
        if len(self.members) > 1:
            yield self._without(np.array([phrasing]), phrasing, alike, stranger=False)
        if len(self.ridge.starts) > 2:
            yield self._without(self.members, phrasing, alike, stranger=True)

    def _without(self, gone: Ints, phrasing: int, alike: Floats, stranger: bool) -> Trial:
        near = alike.copy()
        near[gone] = -np.inf
        chosen = shortlist(near, self.ridge.starts)
        chosen = chosen[np.isfinite(np.maximum.reduceat(near, self.ridge.starts[:-1])[chosen])]
        drawn = self._drawn(gone, chosen)[int(np.flatnonzero(gone == phrasing)[0])]
        ranked = order(chosen, nearest(near, self.ridge.starts, chosen), drawn.astype(np.float32))
        return Trial(ranked.confidence, _is_first(ranked, self.article), stranger)

    def _drawn(self, gone: Ints, chosen: Ints) -> Floats:
        """What the ridge would have said of the missing phrasings, had it never seen them."""
        likeness = self.ridge.alike[:, gone].T
        weights = self.weights[:, gone - self.members[0]]
        owned = np.where(chosen == self.article, np.float32(1), np.float32(0))
        hat = (likeness @ weights).astype(np.float64)
        seen = likeness @ self.pull[chosen].T
        kept = np.eye(len(gone)) - hat + 1e-6 * np.eye(len(gone))
        return np.asarray(np.linalg.solve(kept, seen - hat @ np.ones((len(gone), 1)) * owned), np.float32)


def _is_first(ranked: Ranked, article: int) -> bool:
    return bool(len(ranked.articles)) and int(ranked.articles[0]) == article


def calibrate(asked: list[Trial], start: Calibration | None = None) -> Calibration:
    """Platt's logistic curve through the trials, held near the starting values while there are few."""
    start = start or Calibration()
    if not asked:
        return start
    x = np.array([[trial.confidence, 1.0] for trial in asked])
    y = np.array([float(trial.right) for trial in asked])
    weights = _weights(np.array([trial.stranger for trial in asked]))
    prior = np.array([start.slope, start.level])
    slope, level = _fit(x, y, weights, prior)
    return Calibration(max(float(slope), 1.0), float(level))


def _weights(stranger: npt.NDArray[np.bool_]) -> Doubles:
    """Strangers count for their share of the messages. Where no article has a second phrasing, they alone
    say nothing about how sure a right answer looks: then they count for nothing."""
    known = int((~stranger).sum())
    strangers = known * STRANGERS / (1 - STRANGERS)
    return np.where(stranger, strangers / max(len(stranger) - known, 1), 1.0)


def _fit(x: Doubles, y: Doubles, weights: Doubles, prior: Doubles) -> Doubles:
    """Newton's method on the weighted log-likelihood with a ridge towards the prior."""
    beta = prior.copy()
    hold = PRIOR * np.array([0.02, 0.1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -50, 50)))
        slope = x.T @ (weights * (chance - y)) + hold * (beta - prior)
        curve = (x * (weights * chance * (1 - chance))[:, None]).T @ x + np.diag(hold)
        beta = beta - np.clip(np.linalg.solve(curve, slope), -5, 5)
    return beta
