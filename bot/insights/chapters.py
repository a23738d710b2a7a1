"""What each picture of the insights page tells, and from which sums. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.insights.circulation import FEWEST
from bot.insights.looking import Looked, Month
from bot.insights.pictures import Picture
from bot.insights.suppression import Published, Shown

OUTCOME, WHAT, AREA = ("outcome",), ("what",), ("area",)
SURE = ("sure", "unsure", "unknown")
FUNNEL = ("scan", "chat", "booked")
PLACES = ("taken", "free")
WAITS = ("hour", "day", "next-day", "longer")
REST = "rest"
"""What may not be told apart: its parts are small, or would give a small one away."""
COMPARED = ("question", "search", "booking", "self-check")


class Words(Protocol):
    """How ids are called: "topic", "session", "area", "language", or a text of the page."""

    def __call__(self, kind: str, id: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see: a year of months, the last of them above all; one area, or all ("")."""

    months: tuple[Month, ...]
    area: str = ""

    @property
    def month(self) -> Month:
        return self.months[-1]


def _questions(looked: Looked, wish: Wish, words: Words) -> Picture:
    """By topic, answered or not; in one area only by topic."""
    found = looked.of("question", wish.month)
    if wish.area:
        return _single(_in_area(found, wish.area), words, "topic")
    return _stacked(_by_what(found), (*SURE, REST), words, "topic")


def _over_time(looked: Looked, wish: Wish, words: Words) -> Picture:
    """Month by month: questions answered or not; in one area all of them together."""
    found = {month: looked.of("question", month) for month in wish.months}
    if wish.area:
        numbers = {month: one.by(*AREA).get((wish.area,)) for month, one in found.items()}
        return _series(numbers, words)
    by_month = {month: _with_rest(_by_outcome(one), one.total) for month, one in found.items()}
    return _stacked(by_month, (*SURE, REST), words, "month", sort=False)


def _leaflets(looked: Looked, wish: Wish, words: Words) -> Picture:
    """From scans to chats to bookings, over all leaflets."""
    sums = _by_outcome(looked.of("leaflet", wish.month))
    numbers = {out: sums.get(out) for out in FUNNEL}
    return _single(numbers, words, "funnel", sort=False)


def _each_leaflet(looked: Looked, wish: Wish, words: Words) -> Picture:
    return _stacked(_by_what(looked.of("leaflet", wish.month)), (*FUNNEL, REST), words, "leaflet")


def _fill(looked: Looked, wish: Wish, words: Words) -> Picture:
    """Places taken and free, by session."""
    return _stacked(_by_what(looked.of("fill", wish.month)), (*PLACES, REST), words, "session")


def _waits(looked: Looked, wish: Wish, words: Words) -> Picture:
    """How long until a person answered."""
    sums = looked.of("handover", wish.month).by("step", "outcome")
    return _single({out: sums.get(("answered", out)) for out in WAITS}, words, "wait", sort=False)


def _self_check(looked: Looked, wish: Wish, words: Words) -> Picture:
    found = looked.of("self-check", wish.month)
    everywhere = {what: number for (what,), number in found.by(*WHAT).items()}
    return _single(_in_area(found, wish.area) if wish.area else everywhere, words, "self-check")


def _by_language(looked: Looked, wish: Wish, words: Words) -> Picture:
    return _compared(looked, wish, words, "language")


def _by_area(looked: Looked, wish: Wish, words: Words) -> Picture:
    return _compared(looked, wish, words, "area")


def _compared(looked: Looked, wish: Wish, words: Words, column: str) -> Picture:
    found = {name: looked.of(name, wish.month).by(column) for name in COMPARED}
    keys = dict.fromkeys(key for sums in found.values() for (key,) in sums)
    return _stacked(
        {key: {n: found[n].get((key,)) for n in COMPARED} for key in keys}, COMPARED, words, column
    )


# ---- pictures of numbers --------------------------------------------------------------------------------


def _by_what(found: Published) -> Mapping[str, Mapping[str, Shown]]:
    """By what, and in it by outcome."""
    rows: dict[str, dict[str, Shown]] = {what: {} for (what,) in found.by(*WHAT)}
    for ((outcome,), (what,)), number in found.both(OUTCOME, WHAT).items():
        rows[what][outcome] = number
    return {what: _with_rest(parts, found.by(*WHAT)[(what,)]) for what, parts in rows.items()}


def _with_rest(parts: Mapping[str, Shown], total: Shown) -> Mapping[str, Shown]:
    """What is left of a sum that is shown, where its parts are hidden."""
    rest = (total or 0) - sum(number or 0 for number in parts.values())
    return {**parts, REST: rest if rest >= FEWEST else None} if None in parts.values() else parts


def _by_outcome(found: Published) -> Mapping[str, Shown]:
    return {outcome: number for (outcome,), number in found.by(*OUTCOME).items()}


def _in_area(found: Published, wanted: str) -> Mapping[str, Shown]:
    pairs = found.both(WHAT, AREA)
    return {what: number for ((what,), (area,)), number in pairs.items() if area == wanted}


def _stacked(
    rows: Mapping[str, Mapping[str, Shown]],
    outcomes: Iterable[str],
    words: Words,
    kind: str,
    sort: bool = True,
) -> Picture:
    """Bars of which anything is shown, the longest first, without outcomes of which nothing is shown."""
    kept = {row: parts for row, parts in rows.items() if any(parts.values())}
    if sort:
        kept = dict(sorted(kept.items(), key=lambda one: -sum(n or 0 for n in one[1].values())))
    named = [out for out in outcomes if any(parts.get(out) for parts in kept.values())]
    series = tuple((words("outcome", out), tuple(parts.get(out) for parts in kept.values())) for out in named)
    return Picture(tuple(words(kind, row) for row in kept), series)


def _single(numbers: Mapping[str, Shown], words: Words, kind: str, sort: bool = True) -> Picture:
    return _stacked({row: {"number": n} for row, n in numbers.items()}, ("number",), words, kind, sort)


def _series(numbers: Mapping[Month, Shown], words: Words) -> Picture:
    return _single(numbers, words, "month", sort=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A picture of the page: which measures it needs, how it is made, and whether it looks back a year or
    can be drawn for one area."""

    measures: tuple[str, ...]
    picture: Callable[[Looked, Wish, Words], Picture]
    year: bool = False
    by_area: bool = False


CHAPTERS: Mapping[str, Chapter] = {
    "questions": Chapter(("question",), _questions, by_area=True),
    "over-time": Chapter(("question",), _over_time, year=True, by_area=True),
    "leaflets": Chapter(("leaflet",), _leaflets),
    "each-leaflet": Chapter(("leaflet",), _each_leaflet),
    "fill": Chapter(("fill",), _fill),
    "waits": Chapter(("handover",), _waits),
    "self-check": Chapter(("self-check",), _self_check, by_area=True),
    "by-language": Chapter(COMPARED, _by_language),
    "by-area": Chapter(COMPARED, _by_area),
}
"""By the name of its picture's file and of its texts, in the order of the page."""
