"""Gives a text a direction of meaning: the sum of shipped static word-piece vectors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
LONGEST_PIECE = 18


@dataclass(frozen=True)
class Pieces:
    """Word pieces (`##` marks a continuation) with an 8-bit vector and a scale each."""

    rows: npt.NDArray[np.int8]
    scales: Floats
    place: dict[str, int]

    def vector(self, words: Iterable[str]) -> Floats:
        """The normalised sum of the vectors of the words' pieces; zeros when none is known."""
        found = [place for word in words for place in self._cut(word)]
        if not found:
            return np.zeros(self.rows.shape[1], np.float32)
        total: Floats = self.scales[found] @ self.rows[found]
        length = float(np.linalg.norm(total))
        return total / np.float32(length) if length else total

    def _cut(self, word: str) -> Iterator[int]:
        """The longest known piece first, again and again; a letter that is in no piece is left out."""
        at, mark = 0, ""
        while at < len(word):
            for end in range(min(len(word), at + LONGEST_PIECE), at, -1):
                if (place := self.place.get(mark + word[at:end])) is not None:
                    yield place
                    break
            else:
                end = at + 1
            at, mark = end, "##"


@cache
def pieces() -> Pieces:
    """The table that ships with the package; read once, the first time something is searched."""
    with resources.files("bot.search").joinpath("static_256.npz").open("rb") as file, np.load(file) as table:
        names = bytes(table["vocab"]).decode("utf-8").split("\n")
        return Pieces(table["W"], table["S"], {name: place for place, name in enumerate(names)})


@cache
def english() -> frozenset[str]:
    """Whole words of the table: real English words, which are never taken for a slip."""
    return frozenset(name for name in pieces().place if name.isalpha() and len(name) > 1)
