"""What staff change about single dates, laid over the listings as their authors wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.directory.recurrence import Dates
from bot.directory.wishes import Listing

BY_LISTING = "listing"
"""Not staff moved this date but its author, who wrote another time; its first time stays its name."""
MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """One date, by its listed start in universal time: where it is now, or None when it is cancelled."""

    session: str
    listed: datetime
    moved_to: datetime | None
    by: str = ""


def changed(listing: Listing, changes: Iterable[Change], zone: ZoneInfo) -> Listing:
    """The listing with these changes: cancelled dates are said to be, moved ones are where they are now."""
    as_written = Dates(listing.series, zone)
    standing = [one for one in changes if stands(one, as_written)]
    walls = (one.listed.astimezone(zone).replace(tzinfo=None) for one in standing if one.moved_to is None)
    series = listing.series.model_copy(update={"cancelled": (*listing.series.cancelled, *walls)})
    moved = {one.listed: one.moved_to for one in standing if one.moved_to is not None}
    return replace(listing, series=series, dates=Dates(series, zone, moved))


def stands(change: Change, as_written: Dates) -> bool:
    """Whether a change still means something: its author may have taken the date away, or moved it back."""
    listed = lists(as_written, change.listed)
    if change.by == BY_LISTING:
        return change.moved_to is not None and lists(as_written, change.moved_to) and not listed
    return listed or (change.moved_to is not None and lists(as_written, change.moved_to))


def lists(dates: Dates, start: datetime) -> bool:
    """Whether this very start is among them."""
    return dates.after(start - MOMENT) == start
