"""Where a date is now: as its author lists it, as staff have changed it, or at another time of that day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from bot.bookings import SessionDate
from bot.content.listings import Series
from bot.directory.changes import MOMENT, lists
from bot.directory.directory import Directory
from bot.directory.occurrences import place_of
from bot.directory.recurrence import cancelled_between
from bot.directory.wishes import FOR_SOME, NEAR, Listing
from bot.model import Suggestion, Wanted

Refusal: TypeAlias = Literal["unknown", "past", "cancelled", "to-past", "same", "taken"]
SOONEST = timedelta(hours=2)
"""Nobody is offered a date that begins sooner than that."""
SEARCHED = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Where:
    """A date that is on, in universal time. `by_author`: its author now lists it at another time that day."""

    starts: datetime
    ends: datetime
    place: str
    by_author: bool = False


def whereabouts(directory: Directory, date: SessionDate, taken: Collection[datetime] = ()) -> Where | None:
    """None when it is cancelled, or has gone from the listings. `taken` are starts that are other dates."""
    listing = directory.listings.get(date.session)
    if listing is None or called_off(directory, listing, date.listed):
        return None
    starts = listing.dates.now(date.listed)
    if starts is not None:
        return _where(listing.series, starts)
    same_day = [one for one in _that_day(directory, listing, date.listed) if one not in taken]
    nearest = min(same_day, key=lambda one: abs(one - date.listed), default=None)
    return _where(listing.series, nearest, by_author=True) if nearest else None


def called_off(directory: Directory, listing: Listing, listed: datetime) -> bool:
    """Whether its author, or staff, say that it is cancelled."""
    return bool(cancelled_between(listing.series, directory.zone, listed - MOMENT, listed + MOMENT))


def _that_day(directory: Directory, listing: Listing, listed: datetime) -> list[datetime]:
    """All its starts on the local day of this one."""
    midnight = listed.astimezone(directory.zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    found = listing.dates.between(midnight - MOMENT, midnight + timedelta(hours=26))
    return [one.astimezone(UTC) for one in found if one.date() == midnight.date()]


def _where(series: Series, starts: datetime, by_author: bool = False) -> Where:
    return Where(starts, starts + timedelta(minutes=series.minutes), place_of(series), by_author)


def refusal(directory: Directory, date: SessionDate, to: datetime | None, now: datetime) -> Refusal | None:
    """Why staff cannot move this date there, or (to None) cancel it; None when they can."""
    listing = directory.listings.get(date.session)
    if listing is None:
        return "unknown"
    if called_off(directory, listing, date.listed):
        return "cancelled"
    found = whereabouts(directory, date)
    if found is None or found.by_author:
        return "unknown"
    if found.starts <= now:
        return "past"
    return _target_refused(listing, found.starts, to, now) if to else None


def _target_refused(listing: Listing, starts: datetime, to: datetime, now: datetime) -> Refusal | None:
    if to <= now:
        return "to-past"
    if to == starts:
        return "same"
    return "taken" if lists(listing.dates, to) else None


def instead(
    directory: Directory, date: SessionDate, starts: datetime, now: datetime
) -> tuple[Suggestion, ...]:
    """For a date that is off: the nearest other one of the same session, else one like it near or online."""
    listing = directory.listings.get(date.session)
    if listing is None:
        return ()
    soonest = now + SOONEST
    others = listing.dates.between(max(soonest, starts - SEARCHED), starts + SEARCHED)
    nearest = min((one for one in others if one != starts), key=lambda one: abs(one - starts), default=None)
    if nearest is not None:
        listed = listing.dates.listed(nearest)
        ends = nearest + timedelta(minutes=listing.series.minutes)
        return (Suggestion(date.session, nearest, ends, listed=listed),)
    return _alike(directory, listing, soonest)


def _alike(directory: Directory, listing: Listing, soonest: datetime) -> tuple[Suggestion, ...]:
    """Another session on the same topic, for the same people, no farther than people go."""
    series = listing.series
    some = next((kind for kind in series.kinds if kind in FOR_SOME), "")
    topic = next(iter(listing.topics), "")
    wanted = Wanted(near=listing.place, area=listing.area, topic=topic, kind=some, earliest=soonest)
    found = directory.suggest(wanted, soonest, limit=10)
    fitting = [one for one in found.found if one.session != series.id and (one.kilometres or 0.0) <= NEAR]
    return tuple(fitting[:1]) if "topic" not in found.relaxed else ()
