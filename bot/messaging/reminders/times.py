"""When somebody is reminded of a session: so long before it, never in quiet hours, never late. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.quiet import Quiet

USUAL_LEADS = (24 * 60, 2 * 60)
"""Minutes before the start: a day, and 2 hours."""
DAY = 24 * 60
ASKED_AFTER = timedelta(hours=2)
"""How long after its end people are asked how a session was."""


class Reminder(NamedTuple):
    """To be sent at `due`, in universal time, for the wish to hear `lead` minutes before."""

    lead: int
    due: datetime


def times(starts: datetime, leads: Iterable[int], quiet: Quiet, now: datetime) -> tuple[Reminder, ...]:
    """The reminders that are still to come, the first of them first; of two at one moment, one.

    One that would fall in quiet hours comes before they begin. Where that has passed (somebody booked late),
    it comes after they end, if the session has not begun by then.
    """
    soonest_last = sorted({lead for lead in leads if lead > 0}, reverse=True)
    found: dict[datetime, Reminder] = {}
    for lead in soonest_last:
        due = _waking(lead_before(starts, lead, quiet), starts, quiet, now)
        if due is not None:
            found[due] = Reminder(lead, due)
    return tuple(found[due] for due in sorted(found))


def lead_before(starts: datetime, lead: int, quiet: Quiet) -> datetime:
    """Whole days before a start is the same wall time on that day; anything else is so many real minutes."""
    if lead % DAY:
        return starts.astimezone(UTC) - timedelta(minutes=lead)
    wall = starts.astimezone(quiet.zone).replace(tzinfo=None) - timedelta(days=lead // DAY)
    return wall.replace(tzinfo=quiet.zone, fold=0).astimezone(UTC)


def _waking(wanted: datetime, starts: datetime, quiet: Quiet, now: datetime) -> datetime | None:
    """The moment at which it can be sent; None when there is none that helps."""
    before = quiet.before(wanted)
    if before > now:
        return before
    after = quiet.after(wanted)
    return after if now < wanted < after < starts else None


def asked_at(ends: datetime, quiet: Quiet) -> datetime:
    """When people are asked how it was: a while after its end, in the morning if that is in quiet hours."""
    return quiet.after(ends.astimezone(UTC) + ASKED_AFTER)
