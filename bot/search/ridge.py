"""Learns at build which likenesses tell articles apart: kernel ridge regression on the similarity matrix."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

SMOOTH = 1.0
"""λ: 1 was measured; 0.3 and 3 are a little worse."""
LANDMARKS = 1_500
FEWER = 500
BLOCK = 500
LARGE = 2_500
"""Up to LANDMARKS phrasings the regression is exact; a larger collection is represented by that many of its
own phrasings, and one of more than LARGE phrasings by FEWER, so that it is built in two seconds."""


@dataclass(frozen=True)
class Ridge:
    """alike: landmarks x phrasings. `system` x weights = `targets` is what is solved."""

    landmarks: Ints
    alike: Floats
    starts: Ints

    @property
    def exact(self) -> bool:
        return bool(len(self.landmarks) == self.alike.shape[1])

    def solve(self, columns: Ints) -> tuple[Floats, Floats]:
        """The weights of each article (articles x landmarks), and those of the given single phrasings."""
        own = self.alike[:, self.landmarks]
        own = np.asarray((own + own.T) / 2, np.float32)
        unit = np.eye(len(own), dtype=np.float32)
        if self.exact:
            single = np.asarray(np.linalg.inv(own + SMOOTH * unit), np.float32)
            return _transposed(np.add.reduceat(single, self.starts[:-1], axis=1)), single[:, columns]
        # Squared likenesses need double precision to be inverted.
        system = (self.alike @ self.alike.T + SMOOTH * own + 1e-3 * unit).astype(np.float64)
        inverse = np.asarray(np.linalg.inv(system), np.float64)
        wanted = np.add.reduceat(self.alike, self.starts[:-1], axis=1)
        return _transposed(_times(inverse, wanted)), _times(inverse, self.alike[:, columns])


def _times(inverse: npt.NDArray[np.float64], wanted: Floats) -> Floats:
    """The product, a few hundred columns at a time: memory is scarcer than time."""
    product = np.empty_like(wanted)
    for first in range(0, wanted.shape[1], BLOCK):
        product[:, first : first + BLOCK] = inverse @ wanted[:, first : first + BLOCK]
    return product


def _transposed(weights: Floats) -> Floats:
    return np.ascontiguousarray(weights.T)


def landmarks(size: int) -> Ints:
    """Phrasings spread evenly over the collection: the same ones every time."""
    most = LANDMARKS if size <= LARGE else FEWER
    if size <= most:
        return np.arange(size, dtype=np.int64)
    return np.unique(np.linspace(0, size - 1, most).astype(np.int64))
