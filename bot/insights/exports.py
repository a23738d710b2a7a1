"""What can be taken along: the measures of a month, and a year month by month. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from bot.insights.cells import table
from bot.insights.looking import Looked, Month
from bot.insights.measured import IN_FIVES, MEASURES
from bot.insights.suppression import Columns, Key, about

COLUMNS = ("month", "measure", "what", "outcome", "place", "area", "language", "number")
ALL = "(all)"
"""Stands in a column that a number is the sum over."""
NOT_KNOWN = "(not known)"


def measures_csv(looked: Looked, month: Month) -> str:
    """Every number of this month that may be shown. What is not listed is under 5, or would give it away."""
    return table([COLUMNS, *_rows(looked, month)])


def _rows(looked: Looked, month: Month) -> Iterator[tuple[object, ...]]:
    for name in MEASURES:
        found = _in_fives if name in IN_FIVES else _published
        for values, number in found(looked, name, month):
            if number is not None:
                yield (month, name, *(_cell(values, column) for column in COLUMNS[2:-1]), number)


def _in_fives(looked: Looked, name: str, month: Month) -> Iterator[tuple[Mapping[str, str], int | None]]:
    for (what, outcome), number in sorted(looked.counts(name, month).items()):
        yield {"what": what, "outcome": outcome}, about(number)


def _published(looked: Looked, name: str, month: Month) -> Iterator[tuple[Mapping[str, str], int | None]]:
    """All of the one table that is published: the total, the sums, the pairs."""
    one = looked.of(name, month)
    yield {}, one.total
    for layer, sums in one.sums.items():
        yield from ((_values((layer, key)), number) for key, number in sums.items())
    for (first, then), pairs in one.pairs.items():
        yield from ((_values((first, a), (then, b)), number) for (a, b), number in pairs.items())


def _values(*parts: tuple[Columns, Key]) -> Mapping[str, str]:
    return {column: value for layer, key in parts for column, value in zip(layer, key, strict=True)}


def _cell(values: Mapping[str, str], column: str) -> str:
    """A request's step ("answered", whichever team) stands where its team and step stand otherwise."""
    given = values.get(column)
    if given is None and column == "what" and "step" in values:
        return f"*/{values['step']}"
    return ALL if given is None else given or NOT_KNOWN


# ---- month by month -------------------------------------------------------------------------------------

MONTHLY: Mapping[str, tuple[str, Columns, Key, str]] = {
    "questions": ("question", (), (), "questions in people's own words"),
    "questions answered": ("question", ("outcome",), ("sure",), "of these, answered"),
    "questions unsure": ("question", ("outcome",), ("unsure",), "of these, the nearest questions offered"),
    "questions not known": ("question", ("outcome",), ("unknown",), "of these, honestly not known"),
    "searches": ("search", (), (), "searches for sessions"),
    "searches that fit": ("search", ("outcome",), ("found",), "of these, with sessions that fit"),
    "searches that miss a wish": ("search", ("outcome",), ("relaxed",), "of these, only with others"),
    "searches without result": ("search", ("outcome",), ("none",), "of these, with nothing"),
    "places offered": (
        "fill",
        (),
        (),
        "places of the session dates that ended; none where there is no limit",
    ),
    "places taken": ("fill", ("outcome",), ("taken",), "of these, taken"),
    "bookings": ("booking", ("outcome",), ("booked",), "places booked"),
    "waiting list": ("booking", ("outcome",), ("waiting",), "went on a waiting list"),
    "places given back": ("booking", ("outcome",), ("cancelled",), "places, or places in line, given back"),
    "came": ("booking", ("outcome",), ("came",), "said afterwards how it was"),
    "requests answered in an hour": ("handover", ("step", "outcome"), ("answered", "hour"), "by a person"),
    "requests answered that day": ("handover", ("step", "outcome"), ("answered", "day"), "by a person"),
    "requests answered the next day": (
        "handover",
        ("step", "outcome"),
        ("answered", "next-day"),
        "by a person",
    ),
    "requests answered later": ("handover", ("step", "outcome"), ("answered", "longer"), "by a person"),
    "leaflet scans": ("leaflet", ("outcome",), ("scan",), "a leaflet's page was opened"),
    "leaflet chats": ("leaflet", ("outcome",), ("chat",), "a chat was opened from a leaflet"),
    "leaflet bookings": ("leaflet", ("outcome",), ("booked",), "bookings within a day of that"),
    "self-checks started": ("flow", ("what", "outcome"), ("self-check", "started"), "in fives"),
    "self-checks finished": ("flow", ("what", "outcome"), ("self-check", "finished"), "in fives"),
}
"""Column of monthly.csv: measure, the columns of its sum ("()": the total), their values, and a note."""


def monthly_csv(looked: Looked, months: Sequence[Month]) -> str:
    """A line for each month; an empty cell is under 5, or would give such a number away."""
    return table([("month", *MONTHLY), *((month, *_monthly(looked, month)) for month in months)])


def _monthly(looked: Looked, month: Month) -> Iterator[int | None]:
    for name, columns, key, _ in MONTHLY.values():
        if name in IN_FIVES:
            what, outcome = key
            yield about(looked.counts(name, month).get((what, outcome), 0))
        elif not columns:
            yield looked.of(name, month).total
        else:
            yield looked.of(name, month).by(*columns).get(key)
