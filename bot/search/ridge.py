"""Learns, for each message anew, which of the phrasings nearest to it tell their articles apart.

It is a kernel ridge regression over those phrasings only. One over all of them says the same, but takes
minutes to solve for a large collection; one over a few hundred landmarks is quick and 11 points worse."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.postings import Postings

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

NEAREST = 120
"""Phrasings that a message is explained by: 200 say the same, 50 are a point worse."""
SMOOTH = 0.1
"""λ for a question."""
SMOOTH_HINT = 0.4
"""λ for a keyword or an answer: nobody asks so, and it need not be fitted as closely."""


STEPS = 40
ACCURATE = 1e-5
"""Of the squared length of what is to be explained: what may be left unexplained."""
TILE = 40
DEEP = 160
"""Rows and columns multiplied at a time. BLAS shares larger products among threads, which on busy cores wait
for each other: the same product took 240 ms instead of 1."""


@dataclass(frozen=True)
class Rows:
    """The postings turned round: `terms[starts[p]:starts[p + 1]]` are the terms of phrasing `p`."""

    starts: Ints
    terms: npt.NDArray[np.int32]
    weights: Floats

    def table(self, chosen: Ints) -> Floats:
        """Chosen phrasings x terms that several of them have; a term of one alone makes it like no other."""
        spans = [slice(self.starts[one], self.starts[one + 1]) for one in chosen]
        terms = np.concatenate([self.terms[span] for span in spans])
        weights = np.concatenate([self.weights[span] for span in spans])
        rows = np.repeat(np.arange(len(chosen)), self.starts[chosen + 1] - self.starts[chosen])
        shared = np.bincount(terms) > 1
        kept = shared[terms]
        columns = np.cumsum(shared) - 1
        table = np.zeros((len(chosen), int(shared.sum())), np.float32)
        table[rows[kept], columns[terms[kept]]] = weights[kept]
        return table


def rows(found: Postings) -> Rows:
    """The same weights, by phrasing instead of by term."""
    order = np.argsort(found.docs, kind="stable")
    terms = np.repeat(np.arange(len(found.starts) - 1, dtype=np.int32), np.diff(found.starts))
    counts = np.bincount(found.docs, minlength=found.size)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Rows(starts, terms[order], found.weights[order])


@dataclass(frozen=True)
class Ridge:
    """What the phrasings are like among themselves, and which of them are questions."""

    rows: Rows
    vectors: Floats
    share: float
    """How much the vectors' cosine counts."""
    asked: npt.NDArray[np.bool_]

    def weigh(self, alike: Floats, chosen: Ints) -> Floats:
        """How much each chosen phrasing explains of the message: alike ones share, instead of adding up."""
        own = _cosines(self.rows.table(chosen))
        if self.share:
            own += np.float32(self.share) * _cosines(self.vectors[chosen])
        np.fill_diagonal(own, 1)
        smooth = np.where(self.asked[chosen], SMOOTH, SMOOTH_HINT).astype(np.float32)
        return _solved(_bent(own) + np.diag(smooth), _bent(alike[chosen]))


def _cosines(table: Floats) -> Floats:
    """table @ table.T, tile by tile."""
    height, width = table.shape
    down, across = -(-height // TILE), -(-width // DEEP)
    padded = np.zeros((down * TILE, across * DEEP), np.float32)
    padded[:height, :width] = table
    tiles = padded.reshape(down, TILE, across, DEEP).transpose(0, 2, 1, 3)
    product = np.matmul(tiles[:, None], tiles[None].swapaxes(-1, -2)).sum(axis=2)
    joined = product.transpose(0, 2, 1, 3).reshape(down * TILE, down * TILE)
    return np.asarray(joined[:height, :height], np.float32)


def _solved(system: Floats, wanted: Floats) -> Floats:
    """The x with system @ x = wanted, by conjugate gradients; LAPACK's threads wait for each other too."""
    found, left = np.zeros_like(wanted), wanted.copy()
    step, size = left.copy(), float(left @ left)
    close = ACCURATE * size
    for _ in range(STEPS):
        if size <= close:
            break
        moved = np.einsum("ij,j->i", system, step)
        far = np.float32(size / max(float(step @ moved), 1e-20))
        found += far * step
        left -= far * moved
        before, size = size, float(left @ left)
        step = left + np.float32(size / before) * step
    return found


def _bent(alike: Floats) -> Floats:
    """Very alike counts more than twice as much as half as alike."""
    return np.asarray(np.exp(alike - 1), np.float32)


def nearest_phrasings(alike: Floats, most: int = NEAREST) -> Ints:
    """The places of the most alike phrasings; what was left out (-inf) is never among them."""
    few = min(most, len(alike))
    found = np.argpartition(-alike, few - 1)[:few]
    return np.sort(found[np.isfinite(alike[found])]).astype(np.int64)
