"""Turns a confidence into a probability, learnt from the articles' own phrasings left out one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.ranking import Floats, Ints, Ranking

Doubles = npt.NDArray[np.float64]

QUESTIONS = 250
"""Questions used for calibration, spread over the collection."""
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


def spread(asked: npt.NDArray[np.bool_]) -> Ints:
    """Questions for calibration, evenly over the collection."""
    questions = np.flatnonzero(asked)
    few = min(QUESTIONS, len(questions))
    return questions[np.unique(np.linspace(0, len(questions) - 1, few).astype(np.int64))]


def trials(ranking: Ranking, question: int, alike: Floats) -> Iterator[Trial]:
    """Ask without this phrasing (only where its article has others), then without its article."""
    starts = ranking.starts
    article = int(np.searchsorted(starts, question, side="right")) - 1
    if starts[article + 1] - starts[article] > 1:
        yield _without(ranking, slice(question, question + 1), article, alike, stranger=False)
    if len(starts) > 2:
        gone = slice(int(starts[article]), int(starts[article + 1]))
        yield _without(ranking, gone, article, alike, stranger=True)


def _without(ranking: Ranking, gone: slice, article: int, alike: Floats, stranger: bool) -> Trial:
    left = alike.copy()
    left[gone] = -np.inf
    ranked = ranking.rank(left)
    right = bool(len(ranked.articles)) and int(ranked.articles[0]) == article
    return Trial(ranked.confidence, right, stranger)


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
