"""Reads a misspelt word as the words it may be meant for: an index of words with letters left out."""

from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

MOST_LETTERS = 24
"""A longer word is no word that we know."""
JOINED = 7
"""Letters from which on a word may be 2 words without their space."""

Meant = Mapping[str, int]
"""The words that a written word may stand for, each with its slips (0: written so)."""


class Spelling:
    """Knows the words of the phrases (`known`), other words for them, and real words that are no slips."""

    def __init__(
        self, known: Iterable[str], same: Mapping[str, str], ordinary: Iterable[str], slips: Mapping[str, str]
    ) -> None:
        self._known = frozenset(known)
        self._same = {word: meant for word, meant in same.items() if meant in self._known}
        self._ordinary = frozenset(ordinary)
        self._slips = {slip: tuple(meant.split()) for slip, meant in slips.items()}
        self._shortened = _index(self._known | self._same.keys())

    def read(self, written: str) -> Meant:
        """What a word may mean. A real word means itself, unless it is listed as a likely slip."""
        meant = {word: 1 for word in self._slips.get(written, ()) if word in self._known}
        if written in self._same:
            meant[self._same[written]] = 0
        if written in self._known:
            meant[written] = 0
        if written not in self._ordinary and 3 <= len(written) <= MOST_LETTERS:
            meant.update((word, slips) for word, slips in self._guesses(written) if word not in meant)
        return meant

    def guess(self, written: str) -> Meant:
        """The same with a freer hand: a real word, and a short one, may be a slip too."""
        if len(written) < 3:
            return self.read(written)
        near = (word for word, away in self._near(written).items() if away == 1)
        meant = {self._same.get(word, word): 1 for word in near}
        return {**meant, **self.read(written)}

    def split(self, written: str) -> tuple[str, ...]:
        """ "chestpain" is two known words; any other word stays one."""
        if not JOINED <= len(written) <= MOST_LETTERS or written in self._ordinary or self.read(written):
            return (written,)
        for at in range(3, len(written) - 2):
            if self._is(written[:at]) and self._is(written[at:]):
                return (written[:at], written[at:])
        return (written,)

    def _is(self, word: str) -> bool:
        return word in self._known or word in self._same

    def _guesses(self, written: str) -> Iterator[tuple[str, int]]:
        slips = {word: far for word, far in self._near(written).items() if is_slip(written, word, far)}
        for word, far in slips.items():
            if far == min(slips.values()):
                yield self._same.get(word, word), far

    def _near(self, written: str) -> dict[str, int]:
        """Words at most 2 slips away (all but those with 2 letters changed), each with its distance."""
        shorts = _shorter(written[:MOST_LETTERS], 2 if len(written) > 6 else 1)
        found = " ".join(self._shortened[short] for short in shorts & self._shortened.keys())
        return {word: OSA.distance(written, word, score_cutoff=2) for word in sorted(set(found.split()))}


def allowed(length: int) -> int:
    """How many slips a word of this length may hold."""
    return 0 if length < 4 else 1 if length < 8 else 2


def is_slip(written: str, word: str, away: int) -> bool:
    """Is `written` near enough to `word`? In a short word only swapped or doubled letters count."""
    if len(word) == 3:
        return away == 1 and (sorted(written) == sorted(word) or _doubled(written, word))
    return 0 < away <= allowed(len(word)) and (away == 1 or written[0] == word[0])


def _doubled(written: str, word: str) -> bool:
    return len(written) == 4 and any(written == word[:at] + word[at - 1] + word[at:] for at in range(1, 4))


def _index(words: Iterable[str]) -> dict[str, str]:
    """Under each word, and each word with one letter left out: the words that it may come from, spaced."""
    found = {word: word for word in words}
    for word in list(found):
        last = ""
        for at, letter in enumerate(word):
            if letter != last:  # one of a pair is enough: to leave out the other gives the same
                short = word[:at] + word[at + 1 :]
                found[short] = f"{found[short]} {word}" if short in found else word
            last = letter
    return found


def _shorter(word: str, letters: int) -> set[str]:
    """The word, and the word with up to so many letters left out."""
    found = {word}
    edge = {word}
    for _ in range(letters):
        edge = {short[:at] + short[at + 1 :] for short in edge for at in range(len(short))}
        found |= edge
    return found
