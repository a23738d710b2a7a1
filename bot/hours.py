"""When the team is there: openings by weekday, less the days they are closed, in the clinic's own time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPENING = re.compile(
    r"([a-z]{3})(?:\s*[-–]\s*([a-z]{3}))?\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.IGNORECASE
)
AHEAD = 400
"""Days that are searched for the next opening."""


@dataclass(frozen=True, slots=True)
class Opening:
    """From `begins` to `ends` on a weekday (Monday is 0)."""

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Without any opening nobody has said when the team is there, and nothing is promised."""

    openings: tuple[Opening, ...] = ()
    closed: frozenset[date] = frozenset()
    zone: ZoneInfo = LONDON

    @property
    def known(self) -> bool:
        return bool(self.openings)

    def is_open(self, moment: datetime) -> bool:
        """Whether the team is there at this moment; the end of an opening is outside it."""
        local = moment.astimezone(self.zone)
        if local.date() in self.closed:
            return False
        clock, weekday = local.time(), local.weekday()
        return any(one.weekday == weekday and one.begins <= clock < one.ends for one in self.openings)

    def next_open(self, moment: datetime) -> datetime | None:
        """This moment, or the start of the next opening, in universal time; None when none is in sight."""
        if self.is_open(moment):
            return moment.astimezone(UTC)
        today = moment.astimezone(self.zone).date()
        for ahead in range(AHEAD):
            starts = [one for one in self._starts(today + timedelta(days=ahead)) if one > moment]
            if starts:
                return min(starts)
        return None

    def open_between(self, first: datetime, last: datetime) -> timedelta:
        """How long the team was there between two moments; all of it where nobody has said when they are."""
        if not self.known:
            return max(last - first, timedelta())
        day, there = first.astimezone(self.zone).date(), timedelta()
        while day <= last.astimezone(self.zone).date():
            for begins, ends in self._of(day):
                there += max(min(ends, last) - max(begins, first), timedelta())
            day += timedelta(days=1)
        return there

    def _of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The openings of a day, in universal time."""
        for one in self.openings if day not in self.closed else ():
            if one.weekday == day.weekday():
                walls = (datetime.combine(day, wall, self.zone) for wall in (one.begins, one.ends))
                begins, ends = (wall.astimezone(UTC) for wall in walls)
                yield begins, ends

    def _starts(self, day: date) -> Iterator[datetime]:
        """Both readings of a time that the clocks repeat; one that they skip is when it would have been."""
        for one in self.openings:
            wall = datetime.combine(day, one.begins)
            if one.weekday == day.weekday():
                both = (wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
                yield from (start for start in both if self.is_open(start))


NO_HOURS = Hours()


def read_openings(text: str) -> tuple[Opening, ...]:
    """ "Mon-Fri 09:00-17:00, Sat 10:00-12:00". Raises ValueError with a sentence for the operator."""
    return tuple(opening for part in text.split(",") if part.strip() for opening in _opening(part.strip()))


def _opening(part: str) -> Iterator[Opening]:
    found = OPENING.fullmatch(part)
    if found is None:
        raise ValueError(f"write it like Mon-Fri 09:00-17:00, Sat 10:00-12:00; this part is not: {part}")
    first, last = _day(found[1]), _day(found[2] or found[1])
    begins, ends = _time(found[3], found[4]), _time(found[5], found[6])
    if begins >= ends:
        raise ValueError(f"the end must come after the beginning, on the same day: {part}")
    for ahead in range((last - first) % 7 + 1):
        yield Opening((first + ahead) % 7, begins, ends)


def _day(name: str) -> int:
    if name.lower() not in DAYS:
        raise ValueError(f"write days as Mon, Tue, Wed, Thu, Fri, Sat, Sun; this is none: {name}")
    return DAYS.index(name.lower())


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"there is no such time: {hour}:{minute}") from None


def read_days(text: str) -> frozenset[date]:
    """ "2026-12-25, 2027-01-01". Raises ValueError with a sentence for the operator."""
    days = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return frozenset(date.fromisoformat(day) for day in days)
    except ValueError:
        raise ValueError("write days like 2026-12-25, with commas between them") from None
