"""What the staff's overview counts: dates with bookings, requests that wait, how broadcasts ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import TROUBLED, bookings, events, handovers, ledger, occasions

UNSURE, *_ = TROUBLED
ENDS = ("done", "cancelled", "recalled")


class Booked(NamedTuple):
    """A date to come with people who are booked on it; `starts` is where it is now."""

    session: str
    listed: datetime
    starts: datetime
    people: int


class Waiting(NamedTuple):
    """The open requests of one team, and when the oldest was made."""

    team: str
    many: int
    oldest: datetime


async def booked_dates(tx: AsyncConnection, now: datetime, limit: int = 200) -> Sequence[Booked]:
    """The soonest first."""
    date = (occasions.c.session, occasions.c.listed, occasions.c.starts)
    found = select(*date, func.count().label("people"))
    found = found.join(bookings, bookings.c.occasion == occasions.c.id)
    found = found.where(occasions.c.starts > now, occasions.c.state == "on", bookings.c.state == "booked")
    rows = await tx.execute(
        found.group_by(*date).order_by(occasions.c.starts, occasions.c.session).limit(limit)
    )
    return [Booked(*row) for row in rows]


async def waiting(tx: AsyncConnection) -> Sequence[Waiting]:
    """People who asked for us and whom nobody has claimed, by team."""
    found = select(handovers.c.team, func.count(), func.min(handovers.c.asked))
    found = found.where(handovers.c.state == "open").group_by(handovers.c.team).order_by(handovers.c.team)
    return [Waiting(*row) for row in await tx.execute(found)]


async def unsure(tx: AsyncConnection) -> int:
    """How many messages may or may not have arrived."""
    found = select(func.count()).where(ledger.c.state == UNSURE)
    return int((await tx.execute(found)).scalar_one())


async def ended(tx: AsyncConnection, broadcasts: Collection[int]) -> Mapping[int, str]:
    """The figures that were written down when these broadcasts ended, as JSON; the last of each."""
    found = select(events.c.broadcast, events.c.detail).order_by(events.c.id)
    found = found.where(
        events.c.broadcast.in_(list(broadcasts)), events.c.what.in_(ENDS), events.c.detail != ""
    )
    return {broadcast: detail for broadcast, detail in await tx.execute(found)}
