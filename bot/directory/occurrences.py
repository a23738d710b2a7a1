"""One date of a session by its listed start: whether its author lists it, and where and when it is."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.bookings import SessionDate
from bot.content.listings import Series
from bot.directory.directory import Directory
from bot.directory.recurrence import Dates, cancelled_between

MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A date as its listing has it, in universal time."""

    starts: datetime
    ends: datetime
    place: str
    cancelled: bool


def occurrence(
    directory: Directory, date: SessionDate, now: datetime, moved_to: datetime | None = None
) -> Occurrence | None:
    """The listed date, or None when no author has written it, or the listing has run out. `moved_to`: where
    it is now; an author may have written that time over the first one."""
    found = _listed(directory, date, now)
    if moved_to is None:
        return found
    found = found or _listed(directory, SessionDate(date.session, moved_to), now)
    return found and replace(found, starts=moved_to, ends=moved_to + (found.ends - found.starts))


def _listed(directory: Directory, date: SessionDate, now: datetime) -> Occurrence | None:
    listing = directory.listings.get(date.session)
    if listing is None:
        return None
    series, ends = listing.series, [of.expires for of in (listing.series, listing.service) if of]
    today = now.astimezone(directory.zone).date()
    if any(end < today for end in ends if end):
        return None
    cancelled = bool(cancelled_between(series, directory.zone, date.listed - MOMENT, date.listed + MOMENT))
    if not cancelled and Dates(series, directory.zone).after(date.listed - MOMENT) != date.listed:
        return None
    listed = date.listed.astimezone(UTC)
    return Occurrence(listed, listed + timedelta(minutes=series.minutes), place_of(series), cancelled)


def place_of(series: Series) -> str:
    """Where people were told to go: the venue with its postcode, else "online" or "phone"."""
    venue = series.venue
    return f"{venue.name}, {venue.postcode}" if venue else series.mode
