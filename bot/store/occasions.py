"""Dates of sessions that somebody has to do with; whoever changes who is coming locks the date first."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import SessionDate
from bot.store.engine import insert_new
from bot.store.tables import changes, occasions


class Occasion(NamedTuple):
    """`starts` is where the date is now; `state` is on, cancelled or over."""

    id: int
    session: str
    listed: datetime
    starts: datetime
    ends: datetime
    place: str
    state: str

    @property
    def date(self) -> SessionDate:
        return SessionDate(self.session, self.listed)


class Change(NamedTuple):
    """What staff did to a date: cancelled, or moved."""

    listed: datetime
    kind: str
    moved_to: datetime | None
    made: datetime
    by: str


_CHOSEN = select(*(occasions.c[name] for name in Occasion._fields))


async def lock(tx: AsyncConnection, date: SessionDate) -> Occasion | None:
    """The row of this date, ours until the end of the transaction."""
    return await _one(tx, _of(date).with_for_update())


async def lock_id(tx: AsyncConnection, id: int) -> Occasion | None:
    return await _one(tx, _CHOSEN.where(occasions.c.id == id).with_for_update())


async def find(tx: AsyncConnection, date: SessionDate) -> Occasion | None:
    """The row of this date, only looked at."""
    return await _one(tx, _of(date))


async def of_ids(tx: AsyncConnection, ids: Collection[int]) -> Mapping[int, Occasion]:
    """The rows of these numbers, only looked at."""
    found = await tx.execute(_CHOSEN.where(occasions.c.id.in_(list(ids))))
    return {row.id: Occasion(*row) for row in found}


async def make(tx: AsyncConnection, occasion: Occasion, now: datetime) -> None:
    """Write it down, unless somebody else has; its number is the database's to give."""
    row = occasion._asdict() | {"changed": now}
    del row["id"]
    await tx.execute(insert_new(tx.dialect.name, occasions, "session", "listed"), row)


async def change_of(tx: AsyncConnection, date: SessionDate) -> Change | None:
    """What staff did to this date, by its listed start, or else by the start it was moved to."""
    here = select(*(changes.c[name] for name in Change._fields)).where(changes.c.session == date.session)
    for column in (changes.c.listed, changes.c.moved_to):
        if row := (await tx.execute(here.where(column == date.listed))).first():
            return Change(*row)
    return None


def _of(date: SessionDate) -> Select[Any]:
    return _CHOSEN.where(occasions.c.session == date.session, occasions.c.listed == date.listed)


async def _one(tx: AsyncConnection, found: Select[Any]) -> Occasion | None:
    row: Any = (await tx.execute(found)).one_or_none()
    return Occasion(*row) if row is not None else None
