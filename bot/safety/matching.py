"""Finds phrases in the words of a message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from bot.safety.phrases import Element, Part, Run
from bot.safety.reading import Word
from bot.safety.spelling import Meant

Owner = TypeVar("Owner")

MOST_LITTLE = 8
"""Little words in a row that a phrase may run over; the bound keeps a flood of them cheap."""
MOST_SLIPS = 2
STOP = 2
"""A full stop between two words counts as so many other words."""

Places: TypeAlias = tuple[tuple[int, ...], int]
"""Where the words of a phrase stand, and with how many slips."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of words, what each may mean, and how many words that count stand before each."""

    words: Sequence[Word]
    meant: Sequence[Meant]
    before: Sequence[int]
    little: Sequence[bool]
    present: frozenset[str]

    def between(self, first: int, last: int) -> int:
        """How many words that count stand between two places."""
        return self.before[last] - self.before[first] - (0 if self.little[first] else 1)


@dataclass(frozen=True, slots=True)
class Found(Generic[Owner]):
    """A phrase in a message: whose it is, how it was written, and which words it met."""

    owner: Owner
    phrase: str
    at: tuple[int, ...]
    slips: int


@dataclass(frozen=True, slots=True)
class Entry(Generic[Owner]):
    """A phrase ready to be looked for. `needs`: of each of these sets a word must be there."""

    owner: Owner
    phrase: str
    run: Run
    needs: tuple[frozenset[str], ...]


def entry(owner: Owner, phrase: str, run: Run) -> Entry[Owner]:
    """A phrase made ready."""
    starts = (element.starts for element in run if not element.optional)
    return Entry(owner, phrase, run, tuple(words for words in starts if words))


@dataclass
class Book(Generic[Owner]):
    """All phrases of one kind, under the words of the element of each that is the rarest among them."""

    entries: Sequence[Entry[Owner]]
    under: dict[str, list[Entry[Owner]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        uses: dict[str, int] = {}
        for each in self.entries:
            for word in frozenset[str]().union(*each.needs):
                uses[word] = uses.get(word, 0) + 1
        for each in self.entries:
            for word in min(each.needs, key=lambda words: sum(uses[word] for word in words)):
                self.under.setdefault(word, []).append(each)

    def find(self, line: Line) -> Iterator[Found[Owner]]:
        """Every phrase that stands in the line, wherever it stands."""
        seen: set[int] = set()
        for word in sorted(line.present & self.under.keys()):
            for each in self.under[word]:
                if id(each) not in seen:
                    seen.add(id(each))
                    if not any(words.isdisjoint(line.present) for words in each.needs):
                        yield from _all_places(each, line)


def lay_out(words: Sequence[Word], meant: Sequence[Meant], little: frozenset[str]) -> Line:
    """Words made ready for finding phrases in them."""
    before: list[int] = []
    count = 0
    for at, word in enumerate(words):
        if at:
            count += 0 if words[at - 1].text in little else 1
            count += STOP if word.sentence != words[at - 1].sentence else 0
        before.append(count)
    present = frozenset(word for each in meant for word in each)
    return Line(words, meant, before, [word.text in little for word in words], present)


def _all_places(each: Entry[Owner], line: Line) -> Iterator[Found[Owner]]:
    for at in range(len(line.words)):
        for places, slips in _fits(each.run[0], line, at):
            rest = _rest(each.run, 1, places[-1], slips, line)
            if rest is not None:
                yield Found(each.owner, each.phrase, places + rest[0], rest[1])
                break


def _rest(run: Run, part: int, at: int, slips: int, line: Line) -> Places | None:
    """Where the remaining words of a phrase stand after `at`, if they all do."""
    if part == len(run):
        return (), slips
    for place in _reach(run[part].gap, at, line):
        for places, more in _fits(run[part], line, place):
            if slips + more > MOST_SLIPS:
                continue
            if (rest := _rest(run, part + 1, places[-1], slips + more, line)) is not None:
                return places + rest[0], rest[1]
    return _rest(run, part + 1, at, slips, line) if run[part].optional else None


def _reach(gap: int, at: int, line: Line) -> Iterator[int]:
    for place in range(at + 1, min(at + 2 + gap + MOST_LITTLE, len(line.words))):
        if line.between(at, place) > gap:
            return
        yield place


def _fits(element: Element, line: Line, at: int) -> Iterator[Places]:
    """The ways in which the element may stand from this place on."""
    number = line.words[at].number
    if number is not None and any(least <= number <= most for least, most in element.numbers):
        yield (at,), 0
    for part in element.singles:
        if (slips := _slips(part, line, at)) is not None:
            yield (at,), slips
    for wording in element.longer:
        if (places := _wording(wording, line, at)) is not None:
            yield places


def _wording(wording: tuple[Part, ...], line: Line, at: int) -> Places | None:
    """Several words, with nothing but little words between them."""
    slips = _slips(wording[0], line, at)
    if slips is None:
        return None
    places = [at]
    for part in wording[1:]:
        for place in _reach(0, places[-1], line):
            more = _slips(part, line, place)
            if more is not None:
                places.append(place)
                slips += more
                break
        else:
            return None
    return tuple(places), slips


def _slips(part: Part, line: Line, at: int) -> int | None:
    """With how many slips the word at this place is one of these; None if it is not."""
    meant = line.meant[at]
    if not meant or part.words.isdisjoint(meant):
        return None
    least = min(meant[word] for word in meant if word in part.words)
    return None if part.exact and least else least
