"""What staff changed about single dates, and the dates that somebody has to do with as they stand now."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import BigInteger, delete, func, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import SessionDate
from bot.directory.changes import Change
from bot.store.engine import upsert
from bot.store.occasions import Occasion
from bot.store.reminders import KEPT
from bot.store.tables import bookings, changes, occasions

KNOWN_FOR = timedelta(days=31)
"""A change of a date that is longer past says nothing any more."""


class Mark(NamedTuple):
    """Another mark, other changes. Sums, since a clock that was set back may make a newer time smaller."""

    number: int
    newest: int
    made: Decimal
    moved_to: Decimal


async def mark(tx: AsyncConnection) -> Mark:
    """A cheap look whether anything has changed."""
    newest = func.coalesce(func.max(changes.c.id), 0)
    sums = (
        func.coalesce(func.sum(type_coerce(changes.c[name], BigInteger)), 0) for name in ("made", "moved_to")
    )
    row = (await tx.execute(select(func.count(), newest, *sums).select_from(changes))).one()
    return Mark(*row)


async def every(tx: AsyncConnection, now: datetime) -> tuple[Change, ...]:
    """All that still count, in the order in which they were first made."""
    since = now - KNOWN_FOR
    found = select(*(changes.c[name] for name in ("session", "listed", "moved_to", "by")))
    found = found.where(or_(changes.c.listed > since, changes.c.moved_to > since))
    return tuple(Change(*row) for row in await tx.execute(found.order_by(changes.c.id)))


async def put(tx: AsyncConnection, change: Change, now: datetime) -> None:
    """This is what holds for the date from now on."""
    kind = "moved" if change.moved_to else "cancelled"
    values = {"kind": kind, "moved_to": change.moved_to, "by": change.by[:100], "made": now}
    put = upsert(tx.dialect.name, changes)
    row = put.values(session=change.session, listed=change.listed, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["session", "listed"], set_=values))


async def forget(tx: AsyncConnection, date: SessionDate) -> None:
    """The date is as its listing says again."""
    here = (changes.c.session == date.session, changes.c.listed == date.listed)
    await tx.execute(delete(changes).where(*here))


# ---- the dates that somebody has to do with ---------------------------------------------------------------


async def to_come(tx: AsyncConnection, now: datetime) -> Sequence[Occasion]:
    """Those that have not begun, called off or not."""
    columns = (occasions.c[name] for name in Occasion._fields)
    ahead = (occasions.c.starts > now, occasions.c.state.in_(("on", "cancelled")))
    return [
        Occasion(*row) for row in await tx.execute(select(*columns).where(*ahead).order_by(occasions.c.id))
    ]


async def put_occasion(tx: AsyncConnection, occasion: Occasion, now: datetime) -> None:
    """Where the date is now, and whether it is on. Its row is locked by the caller."""
    values = {name: getattr(occasion, name) for name in ("starts", "ends", "place", "state")}
    here = update(occasions).where(occasions.c.id == occasion.id)
    await tx.execute(here.values(**values, changed=now))


async def finish(tx: AsyncConnection, now: datetime) -> Sequence[tuple[int, str]]:
    """What has ended is over; the dates that this has just ended, by number and session."""
    ended = update(occasions).where(occasions.c.state == "on", occasions.c.ends <= now)
    ended = ended.values(state="over", changed=now)
    return [
        (row.id, row.session)
        for row in await tx.execute(ended.returning(occasions.c.id, occasions.c.session))
    ]


async def any_ended(tx: AsyncConnection, now: datetime) -> bool:
    ended = select(occasions.c.id).where(occasions.c.state == "on", occasions.c.ends <= now)
    return (await tx.execute(ended.limit(1))).first() is not None


async def renew(tx: AsyncConnection, occasion: int) -> None:
    """All messages about this date are planned anew, under new keys."""
    here = update(bookings).where(bookings.c.occasion == occasion, bookings.c.state.in_(KEPT))
    await tx.execute(here.values(version=bookings.c.version + 1))


async def end_bookings(tx: AsyncConnection, occasion: int) -> None:
    """Nobody comes any more. Who books again, should it be on again, is told anew of what happens then."""
    here = update(bookings).where(bookings.c.occasion == occasion, bookings.c.state.in_(KEPT))
    newer = bookings.c.version + 1
    await tx.execute(here.values(state="cancelled", offered_until=None, version=newer))


class Numbers(NamedTuple):
    """How many are coming to a date, have a place on offer, wait, or only want a reminder."""

    booked: int = 0
    offered: int = 0
    waiting: int = 0
    reminded: int = 0


async def numbers(
    tx: AsyncConnection, now: datetime, sessions: Collection[str] | None = None
) -> dict[SessionDate, Numbers]:
    """Of every date to come that somebody has to do with, of these sessions only or of all."""
    found = select(occasions.c.session, occasions.c.listed, bookings.c.state, func.count())
    found = found.join(bookings, bookings.c.occasion == occasions.c.id).where(occasions.c.starts > now)
    found = found.where(bookings.c.state.in_(KEPT))
    if sessions is not None:
        found = found.where(occasions.c.session.in_(list(sessions)))
    counted: dict[SessionDate, Numbers] = {}
    for session, listed, state, many in await tx.execute(
        found.group_by(occasions.c.session, occasions.c.listed, bookings.c.state)
    ):
        date = SessionDate(session, listed)
        counted[date] = counted.get(date, Numbers())._replace(**{state: many})
    return counted
