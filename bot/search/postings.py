"""Keeps which phrasing holds which character grams and word stems, and how much each weighs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
import Stemmer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LARGE = 1_000
COMMON = 0.2
"""Among more phrasings than LARGE, a gram that more than this share hold is dropped: for speed."""
MOST_TERMS = 600
"""A long message is compared by its weightiest terms only, so that it is answered as fast as a short one."""
STRANGE = 0.5
"""How much a term that no phrasing holds counts in a message's length: strange messages score lower."""
STEM = "="
"""Marks a term that is a stem or two; the others are character grams."""


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def stem(words: Sequence[str]) -> list[str]:
    """The stems of English words."""
    return list(_stemmer().stemWords(list(words)))


def grams(word: str) -> list[str]:
    """Character 3-4-grams of a word with its edges."""
    edged = f" {word} "
    return [edged[at : at + size] for size in (3, 4) for at in range(max(1, len(edged) - size + 1))]


def word_terms(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word by itself: its grams and its stem."""
    distinct = list(dict.fromkeys(words))
    return {word: [*grams(word), STEM + root] for word, root in zip(distinct, stem(distinct), strict=True)}


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring stems: "lung cancer" is more than "lung" and "cancer"."""
    stems = stem(words)
    return [f"{STEM}{left} {right}" for left, right in pairwise(stems)]


@dataclass(frozen=True)
class Asked:
    """A message as weights of terms: where they are in the index, and how much each counts."""

    at: Places
    weights: Floats


@dataclass(frozen=True)
class Postings:
    """For each term, the phrasings that hold it: docs[starts[t]:starts[t + 1]], ready weighted."""

    names: Mapping[str, int]
    rarity: Floats
    starts: Places
    docs: Ints
    weights: Floats
    size: int
    shares: tuple[float, float]
    """How much character grams and word stems count."""

    @cached_property
    def is_stem(self) -> Flags:
        return _are_stems(self.names)

    def ask(self, words: Sequence[str]) -> Asked:
        """Weigh the words of a message; terms nobody used count in its length."""
        alone = word_terms(words)
        found = list(chain.from_iterable(alone[word] for word in words)) + pairs(words)
        known = [self.names[term] for term in found if term in self.names]
        at, times = np.unique(np.array(known, np.int64), return_counts=True)
        weights = _dampen(times) * self.rarity[at]
        strange = {term for term in found if term not in self.names}
        stems = sum(term.startswith(STEM) for term in strange)
        self._scale(weights, self.is_stem[at], (len(strange) - stems, stems))
        return _shortened(Asked(at, weights))

    def _scale(self, weights: Floats, is_stem: Flags, strange: tuple[int, int]) -> None:
        """Bring grams and stems to the length that their share gives them."""
        rarest = (np.log(1 + self.size) + 1) ** 2
        for kind in (0, 1):
            mine = is_stem == bool(kind)
            length = np.sqrt(float(np.square(weights[mine]).sum()) + STRANGE * strange[kind] * rarest)
            weights[mine] *= np.sqrt(self.shares[kind]) / max(length, 1e-9)

    def compare(self, asked: Asked) -> Floats:
        """How alike the message and each phrasing are: the two cosines, weighed by their shares."""
        if not len(asked.at):
            return np.zeros(self.size, np.float32)
        firsts, ends = self.starts[asked.at], self.starts[asked.at + 1]
        spans = [slice(first, end) for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)]
        docs = np.concatenate([self.docs[span] for span in spans])
        weights = np.concatenate([self.weights[span] for span in spans])
        weights = weights * np.repeat(asked.weights, ends - firsts)
        return np.bincount(docs, weights, self.size).astype(np.float32)


def _shortened(asked: Asked) -> Asked:
    if len(asked.at) <= MOST_TERMS:
        return asked
    heaviest = np.sort(np.argpartition(-asked.weights, MOST_TERMS)[:MOST_TERMS])
    return Asked(asked.at[heaviest], asked.weights[heaviest])


def _dampen(times: npt.NDArray[np.integer]) -> Floats:
    """The second mention of a word says less than the first."""
    return np.asarray(1 + np.log(times), np.float32)


def _are_stems(names: Iterable[str]) -> Flags:
    return np.array([term.startswith(STEM) for term in names], np.bool_)


def build(phrasings: Sequence[Sequence[str]], shares: tuple[float, float]) -> Postings:
    """Count every term of every phrasing once, then weigh: rare terms more, long phrasings less."""
    names, rows, cols, times = _count(phrasings)
    found_in = np.bincount(cols, minlength=len(names))
    rarity = (np.log((1 + len(phrasings)) / (1 + found_in)) + 1).astype(np.float32)
    weights = _weigh(rows, _dampen(times) * rarity[cols], _are_stems(names)[cols], shares)
    kept = found_in[cols] <= (COMMON if len(phrasings) > LARGE else 1) * len(phrasings)
    rows, cols, weights = rows[kept], cols[kept], weights[kept]
    counts = np.bincount(cols, minlength=len(names))
    order = np.argsort(cols, kind="stable")
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    docs = rows[order].astype(np.int32)
    return Postings(names, rarity, starts, docs, weights[order], len(phrasings), shares)


def _count(phrasings: Sequence[Sequence[str]]) -> tuple[dict[str, int], Places, Places, Places]:
    """The terms' places, and for each phrasing and term that meet: both places and how often."""
    names: dict[str, int] = {}
    alone = {
        word: [names.setdefault(term, len(names)) for term in found]
        for word, found in word_terms(word for words in phrasings for word in words).items()
    }
    met = [
        [*chain.from_iterable(alone[word] for word in words)]
        + [names.setdefault(pair, len(names)) for pair in pairs(words)]
        for words in phrasings
    ]
    rows = np.repeat(np.arange(len(met), dtype=np.int64), [len(one) for one in met])
    cols = np.fromiter(chain.from_iterable(met), np.int64, len(rows))
    both, times = np.unique(rows * max(len(names), 1) + cols, return_counts=True)
    return names, both // max(len(names), 1), both % max(len(names), 1), times


def _weigh(rows: Places, weights: Floats, is_stem: Flags, shares: tuple[float, float]) -> Floats:
    """Bring the grams and the stems of each phrasing to the length that their share gives them."""
    scaled = weights.copy()
    for kind, share in zip((False, True), shares, strict=True):
        mine = is_stem == kind
        length = np.sqrt(np.bincount(rows[mine], np.square(weights[mine]))) if mine.any() else np.ones(1)
        scale = np.sqrt(share) / np.maximum(length, 1e-9)
        scaled[mine] *= scale[rows[mine]].astype(np.float32)
    return scaled
