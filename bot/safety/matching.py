"""Finds phrases in the words of a message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from bot.safety.phrases import Choice, Element, Part, Run, is_word
from bot.safety.reading import Word
from bot.safety.sieve import Sieve
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
    where: dict[str, list[int]]
    """Where each word is meant."""
    present: frozenset[str]
    found: dict[Choice, dict[int, tuple[Places, ...]]] = field(default_factory=dict)
    """The choices looked for before, each with the places where it begins: many phrases share one."""

    def between(self, first: int, last: int) -> int:
        """How many words that count stand between two places."""
        return self.before[last] - self.before[first] - (0 if self.little[first] else 1)

    def places(self, choice: Choice) -> dict[int, tuple[Places, ...]]:
        """Where a choice begins, in order, and the ways in which it may stand there."""
        known = self.found.get(choice)
        if known is None:
            starts = _starts(choice, self)
            known = {at: ways for at in starts if (ways := _fits(choice, self, at))}
            self.found[choice] = known
        return known


@dataclass(frozen=True, slots=True)
class Found(Generic[Owner]):
    """A phrase in a message: whose it is, how it was written, and which words it met."""

    owner: Owner
    phrase: str
    at: tuple[int, ...]
    slips: int


@dataclass(frozen=True, slots=True)
class Entry(Generic[Owner]):
    """A phrase ready to be looked for. `needs`: what must be there, whatever may be left out."""

    owner: Owner
    phrase: str
    run: Run
    needs: tuple[Choice, ...]


def entry(owner: Owner, phrase: str, run: Run) -> Entry[Owner]:
    """A phrase made ready."""
    return Entry(owner, phrase, run, tuple(each.choice for each in run if is_word(each)))


class Book(Generic[Owner]):
    """All phrases of one kind."""

    def __init__(self, entries: Sequence[Entry[Owner]]) -> None:
        self.entries = entries
        self._sieve = Sieve([each.run for each in entries])

    def find(self, line: Line) -> Iterator[Found[Owner]]:
        """Every phrase that stands in the line, wherever it stands."""
        for number in self._sieve.likely(line):
            each = self.entries[number]
            if all(map(line.places, each.needs)):
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
    where: dict[str, list[int]] = {}
    for at, may_be in enumerate(meant):
        for known in may_be:
            where.setdefault(known, []).append(at)
    return Line(words, meant, before, [word.text in little for word in words], where, frozenset(where))


def _all_places(each: Entry[Owner], line: Line) -> Iterator[Found[Owner]]:
    for ways in line.places(each.run[0].choice).values():
        for places, slips in ways:
            rest = _rest(each.run, 1, places[-1], slips, line)
            if rest is not None:
                yield Found(each.owner, each.phrase, places + rest[0], rest[1])
                break


def _rest(run: Run, part: int, at: int, slips: int, line: Line) -> Places | None:
    """Where the remaining words of a phrase stand after `at`, if they all do."""
    if part == len(run):
        return (), slips
    for places, more in _next(run[part], at, line):
        if slips + more > MOST_SLIPS:
            continue
        if (rest := _rest(run, part + 1, places[-1], slips + more, line)) is not None:
            return places + rest[0], rest[1]
    return _rest(run, part + 1, at, slips, line) if run[part].optional else None


def _next(element: Element, at: int, line: Line) -> Iterator[Places]:
    """The ways in which an element stands soon enough after `at`."""
    for place, ways in line.places(element.choice).items():
        if place > at:
            if place > at + 1 + element.gap + MOST_LITTLE or line.between(at, place) > element.gap:
                return
            yield from ways


def _reach(at: int, line: Line) -> Iterator[int]:
    """The places after `at` with nothing but little words between."""
    for place in range(at + 1, min(at + 2 + MOST_LITTLE, len(line.words))):
        if line.between(at, place) > 0:
            return
        yield place


def _starts(choice: Choice, line: Line) -> list[int]:
    """Where the choice may begin, in order."""
    starts = {at for word in line.where.keys() & choice.begins.keys() for at in line.where[word]}
    if choice.numbers:
        starts.update(at for at, word in enumerate(line.words) if word.number is not None)
    return sorted(starts)


def _fits(choice: Choice, line: Line, at: int) -> tuple[Places, ...]:
    """The ways in which the choice may stand from this place on."""
    ways: list[Places] = []
    number = line.words[at].number
    if choice.numbers and number is not None and any(a <= number <= b for a, b in choice.numbers):
        ways.append(((at,), 0))
    for meant, slips in line.meant[at].items():
        for wording in choice.begins.get(meant, ()):
            if slips and wording[0].exact:
                continue
            if len(wording) == 1:
                ways.append(((at,), slips))
            elif (places := _wording(wording, line, at, slips)) is not None:
                ways.append(places)
    return tuple(ways)


def _wording(wording: tuple[Part, ...], line: Line, at: int, slips: int) -> Places | None:
    """Several words, with nothing but little words between them."""
    for part in wording:
        if part.words.isdisjoint(line.present):
            return None
    places = [at]
    for part in wording[1:]:
        for place in _reach(places[-1], line):
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
