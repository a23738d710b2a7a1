"""A date of a session as an event for somebody's own calendar, in words that may stand on a locked phone."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.bookings import SessionDate
from bot.content.listings import Series
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.ics import CalendarEvent
from bot.directory.occurrences import occurrence

HOST = "prehab-navigator"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Changed:
    """What staff did to a date, and when; `starts` is None when it was cancelled. `listed` is its name."""

    listed: datetime
    starts: datetime | None
    made: datetime


def event(
    world: World, texts: Texts, date: SessionDate, changed: Changed | None, now: datetime
) -> CalendarEvent | None:
    """The event, where and when it is now; None when there is no such date."""
    date = SessionDate(date.session, changed.listed) if changed else date
    found = occurrence(world.directory, date, now, changed.starts if changed else None)
    if found is None:
        return None
    series = world.directory.listings[date.session].series
    return CalendarEvent(
        uid=f"{date.session}-{date.listed.astimezone(UTC):%Y%m%dT%H%M}@{HOST}",
        # Seconds since our first year: later changes have larger numbers, and none is past what files hold.
        sequence=int((changed.made - SINCE).total_seconds()) if changed else int(found.cancelled),
        starts=found.starts,
        ends=found.ends,
        title=texts(
            {"online": "calendar.title-online", "phone": "calendar.title-phone"}.get(
                series.mode, "calendar.title"
            )
        ),
        place=_place(world, series),
        about=texts("calendar.about"),
        alarm=texts("calendar.soon"),
        cancelled=changed.starts is None if changed else found.cancelled,
    )


def _place(world: World, series: Series) -> str:
    """The venue, for the way there; of one that has a word about health in its name, the postcode."""
    if series.venue is None:
        return ""
    name, postcode = series.venue.name, series.venue.postcode
    return postcode if world.content.lock_screen.blocked(name) else f"{name}, {postcode}"
