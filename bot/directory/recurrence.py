"""The dates of a session: RFC 5545 rules in local wall time, so that a clock change moves nothing."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from bot.content.listings import Day, Series, parts_of, rule_from

YEARS_AHEAD = 10
"""A rule without an end is followed this far; by then its listing was renewed, or has gone."""
MOST_DATES = 4_000
"""Every day for ten years is 3,653 dates: whatever an author wrote, it is not searched for ever."""
LOOK_BACK, LOOK_AHEAD = timedelta(days=31), timedelta(days=366)
"""Around a moment, dates are kept: a question about one a little earlier or later starts nothing anew."""
BEFORE_ALL = datetime(9000, 1, 1, tzinfo=UTC)
"""So late that the first question begins the search; nobody's dates lie there."""


def walk(series: Series, since: datetime) -> Iterator[datetime]:
    """The local wall times of a session in order, without the dates that are left out or cancelled.
    Those before `since` may be missing."""
    left_out = {*series.exceptions, *series.cancelled}
    last = series.until or date(max(since, series.starts).year + YEARS_AHEAD, 12, 31)
    extra = sorted(_wall(day, series) for day in series.extra)
    before: datetime | None = None
    for start in takewhile(lambda start: start.date() <= last, merge(_by_rule(series, since), extra)):
        if start != before and start not in left_out and start.date() not in left_out:
            yield start
        before = start


def _by_rule(series: Series, since: datetime) -> Iterator[datetime]:
    if not series.rrule:
        return iter((series.starts,))
    return islice(iter(rule_from(series.rrule, _leap(series.rrule, series.starts, since))), MOST_DATES)


def _leap(rule: str, starts: datetime, since: datetime) -> datetime:
    """Whole rounds of days or weeks can be skipped; a count has to be counted from the beginning."""
    parts = parts_of(rule)
    days = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", "1"))
    if not days or "COUNT" in parts or since <= starts:
        return starts
    return starts + timedelta(days=(since - starts).days // days * days)


def _wall(day: Day, series: Series) -> datetime:
    """A whole day means: at the usual time."""
    return day if isinstance(day, datetime) else datetime.combine(day, series.starts.time())


def at_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    """A local time that the clocks skip is an hour later; one that they repeat is the first of the two."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def end_of(starts: datetime, series: Series) -> datetime:
    """So many minutes later, also across a clock change."""
    return (starts.astimezone(UTC) + timedelta(minutes=series.minutes)).astimezone(starts.tzinfo)


class Dates:
    """The dates of one session in universal time, followed only as far as somebody has asked."""

    def __init__(
        self, series: Series, zone: ZoneInfo, moved: Mapping[datetime, datetime] | None = None
    ) -> None:
        """`moved`: listed starts, in universal time, and where staff have moved them to."""
        self._series = series
        self._zone = zone
        self._moved = moved or {}
        self._listed = {now: listed for listed, now in self._moved.items()}
        self._begin(BEFORE_ALL)

    def listed(self, starts: datetime) -> datetime:
        """The start by which the listing knows this date; in universal time."""
        return self._listed.get(starts.astimezone(UTC), starts.astimezone(UTC))

    def now(self, listed: datetime) -> datetime | None:
        """Where the date of this listed start is now; None when there is no such date."""
        if listed in self._moved:
            return self._moved[listed]
        return listed if self.after(listed - timedelta(milliseconds=1)) == listed else None

    def after(self, moment: datetime) -> datetime | None:
        """The first start later than this moment, which is in universal time too."""
        if not self._since <= moment < self._since + LOOK_BACK + LOOK_AHEAD:
            self._begin(min(moment, BEFORE_ALL) - LOOK_BACK)
        while not self._known or self._known[-1] <= moment:
            start = next(self._ahead, None)
            if start is None:
                break
            self._known.append(start)
        at = bisect_right(self._known, moment)
        return self._known[at] if at < len(self._known) else None

    def between(self, first: datetime, last: datetime, limit: int = 100) -> tuple[datetime, ...]:
        """The local starts later than `first`, up to `last`."""
        found: list[datetime] = []
        start = self.after(first.astimezone(UTC))
        while start is not None and start <= last and len(found) < limit:
            found.append(start.astimezone(self._zone))
            start = self.after(start)
        return tuple(found)

    def _begin(self, since: datetime) -> None:
        self._since = since
        self._known: list[datetime] = []
        walls = walk(self._series, since.replace(tzinfo=None))
        listed = (at_zone(wall, self._zone).astimezone(UTC) for wall in walls)
        self._ahead = _with_moved(listed, self._moved)


def _with_moved(listed: Iterable[datetime], moved: Mapping[datetime, datetime]) -> Iterator[datetime]:
    """Each date where it is now, in order; two at one moment are one."""
    before: datetime | None = None
    for start in merge((start for start in listed if start not in moved), sorted(moved.values())):
        if start != before:
            yield start
        before = start


def cancelled_between(
    series: Series, zone: ZoneInfo, first: datetime, last: datetime
) -> tuple[datetime, ...]:
    """The cancelled starts that would have been before the next one."""
    starts = (at_zone(_wall(day, series), zone) for day in series.cancelled)
    return tuple(sorted(start for start in starts if first < start < last))
