"""Sorts out with a few sums of bits which phrases can stand in a line, so that only these are looked for.

A bit stands for one phrase and for one of its places. Every word has the bits of the places where it may
begin; a phrase stays when each of its places begins in the line, and the next begins near it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Protocol

from bot.safety.phrases import Choice, Run, is_word, words_of

SLOTS = 4
"""Places of a phrase that are looked at: few phrases have more."""
NEAR = 5
"""How many words that count further on the next place begins in most phrases; in others it is FAR."""


class Line(Protocol):
    """What a sieve must know of a line (see matching.Line)."""

    @property
    def before(self) -> Sequence[int]: ...

    @property
    def where(self) -> "dict[str, list[int]]": ...


class Sieve:
    """Knows the words of all phrases of a book; a phrase is known by its number."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._size = len(runs)
        self._all = (1 << self._size) - 1
        self._without = 0
        self._last = self._all << (SLOTS - 1) * self._size
        self._near = self._distant = self._far = 0
        bits: defaultdict[Choice, int] = defaultdict(int)
        for number, run in enumerate(runs):
            self._add(number, run, bits)
        self._bits = _by_word(bits)

    def _add(self, number: int, run: Run, bits: defaultdict[Choice, int]) -> None:
        """Files a phrase: its places, how far each is from the one before, and the slots that it leaves."""
        needed = [at for at, element in enumerate(run) if is_word(element)][:SLOTS]
        places = [1 << slot * self._size + number for slot in range(SLOTS)]
        for slot, at in enumerate(needed):
            bits[run[at].choice] |= places[slot]
            if slot:
                self._space(_reach(run, needed[slot - 1], at), places[slot])
        self._last |= places[len(needed) - 1]
        self._without |= sum(places[len(needed) :])

    def _space(self, reach: int, place: int) -> None:
        if reach <= NEAR:
            self._near |= place
        else:
            self._distant |= place
            self._far = max(self._far, reach)

    def likely(self, line: Line) -> Iterator[int]:
        """The numbers of the phrases that may stand in the line, in order."""
        left = self._whole(reduce(or_, (self._bits.get(word, 0) for word in line.where), 0))
        if left:
            left = self._whole(self._neighbours(line))
        while left:
            lowest = left & -left
            yield lowest.bit_length() - 1
            left ^= lowest

    def _whole(self, there: int) -> int:
        """The phrases of which every place is there."""
        there |= self._without
        for slot in range(1, SLOTS):
            there &= there >> slot * self._size | ~self._all
        return there & self._all

    def _neighbours(self, line: Line) -> int:
        """The places that begin in the line with the next place of their phrase not far behind."""
        groups = [0] * (line.before[-1] + 1)
        for word, places in line.where.items():
            if bits := self._bits.get(word):
                for at in places:
                    groups[line.before[at]] |= bits
        found = 0
        near, far = _ahead(groups, NEAR), _ahead(groups, self._far)
        for here, soon, late in zip(groups, near, far, strict=True):
            if here:
                found |= here & ((soon & self._near | late & self._distant) >> self._size | self._last)
        return found


def _by_word(bits: dict[Choice, int]) -> dict[str, int]:
    """Under each word: the bits of all choices that it begins. The forms of a word share theirs."""
    uses = Counter[str]()
    for choice in bits:
        for words in words_of(choice):
            uses.update(words)
    choices: defaultdict[str, list[int]] = defaultdict(list)
    for number, choice in enumerate(bits):
        for word in _rarest(choice, uses):
            choices[word].append(number)
    sums = list(bits.values())
    shared: dict[tuple[int, ...], int] = {}
    found: dict[str, int] = {}
    for word, listed in choices.items():
        key = tuple(listed)
        if key not in shared:
            shared[key] = reduce(or_, (sums[number] for number in listed))
        found[word] = shared[key]
    return found


def _rarest(choice: Choice, uses: Mapping[str, int]) -> set[str]:
    """The words of which one must be there: of a longer wording, its rarest."""
    found = {word for part in choice.singles for word in part.words}
    for wording in choice.longer:
        found |= min(wording, key=lambda part: max(uses[word] for word in part.words)).words
    return found


def _reach(run: Run, first: int, second: int) -> int:
    """How many words that count may lie from where one place begins to where another does, at most."""
    gaps = sum(element.gap + 1 for element in run[first + 1 : second + 1])
    return gaps + sum(_longest(element.choice) - 1 for element in run[first : second + 1])


def _longest(choice: Choice) -> int:
    return max((len(wording) for wording in choice.longer), default=1)


def _ahead(groups: Sequence[int], reach: int) -> Iterable[int]:
    """Each group, together with those after it that are within reach."""
    size, found = 1, list(groups)
    while size <= reach:
        step = min(size, reach + 1 - size)
        found = [*map(or_, found, found[step:]), *found[max(0, len(found) - step) :]]
        size += step
    return found
