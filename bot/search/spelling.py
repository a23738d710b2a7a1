"""Puts slips right, towards the words that the knowledge base itself uses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

Ints = npt.NDArray[np.int64] | npt.NDArray[np.uint32]

SHORTEST = 3
LONG = 6
COMMON = 3
"""A word used so often is meant so, whatever it is."""
MOST_CORRECTED = 40
"""A message with more unknown words than this is not ours to spell."""


@dataclass(frozen=True)
class Speller:
    """Knows the knowledge base's words by how often they are used, and the English words it leaves alone."""

    used: dict[str, int]
    english: frozenset[str]
    targets: list[str]
    lengths: Ints
    letters: Ints
    """Which letters a target has, as bits: a slip changes few of them, so most targets are never compared."""

    def correct(self, words: Sequence[str]) -> list[str]:
        """The same words with unknown ones replaced by the nearest that the knowledge base uses."""
        slips = list(dict.fromkeys(word for word in words if self._is_slip(word)))[:MOST_CORRECTED]
        meant = {word: self._nearest(word, 2 if len(word) >= LONG else 1) for word in slips}
        return [meant.get(word, word) for word in words]

    def _is_slip(self, word: str) -> bool:
        return len(word) >= SHORTEST and word.isalpha() and word not in self.used and word not in self.english

    def own_slips(self) -> dict[str, str]:
        """Slips among the knowledge base's own words: rare, not English, and one slip from a common one."""
        rare = (word for word, times in self.used.items() if times < COMMON and self._is_odd(word))
        meant = {word: self._nearest(word, 1, COMMON * self.used[word]) for word in rare}
        return {word: right for word, right in meant.items() if right != word}

    def _is_odd(self, word: str) -> bool:
        return len(word) >= LONG - 1 and word.isalpha() and word not in self.english

    def _nearest(self, word: str, most: int, times: int = 1) -> str:
        """The nearest word used so often; the same first letter and the commoner word win."""
        near = [
            (distance, target[0] != word[0], -self.used[target], target)
            for target, distance, _ in process.extract(
                word, self._similar(word, most), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            if self.used[target] >= times
        ]
        return min(near)[3] if near else word

    def _similar(self, word: str, most: int) -> list[str]:
        """The targets of about this length and about these letters."""
        changed = np.bitwise_count(self.letters ^ np.uint32(_bits(word)))
        close = (np.abs(self.lengths - len(word)) <= most) & (changed <= 2 * most)
        return [self.targets[at] for at in np.flatnonzero(close)]


def speller(phrasings: Iterable[Sequence[str]], english: frozenset[str]) -> Speller:
    """Learn the words of the phrasings."""
    used = Counter(word for words in phrasings for word in words)
    targets = sorted(word for word in used if word.isalpha() and len(word) >= SHORTEST - 1)
    lengths = np.fromiter(map(len, targets), np.int64, len(targets))
    letters = np.fromiter(map(_bits, targets), np.uint32, len(targets))
    return Speller(dict(used), english, targets, lengths, letters)


def _bits(word: str) -> int:
    """One bit a letter; all letters outside a-z share the last bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits
