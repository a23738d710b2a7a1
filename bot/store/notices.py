"""What staff should know about: a message that came too late, one that was parked. Never a person's words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import notices


class Notice(NamedTuple):
    """`about` names what it is about ("occasion:5"); `times` is how often it has happened."""

    id: int
    kind: str
    about: str
    times: int
    first: datetime
    last: datetime
    told: datetime | None


async def add(tx: AsyncConnection, kind: str, about: str, now: datetime, times: int = 1) -> None:
    """Once more; what staff were told before is new again."""
    row = {"kind": kind, "about": about, "times": times, "first": now, "last": now}
    put = upsert(tx.dialect.name, notices).values(row)
    more = {"times": notices.c.times + times, "last": now, "told": None}
    await tx.execute(put.on_conflict_do_update(index_elements=["kind", "about"], set_=more))


async def untold(tx: AsyncConnection) -> Sequence[Notice]:
    """What staff have not been told yet, the oldest first."""
    return await _found(tx, untold_only=True)


async def every(tx: AsyncConnection) -> Sequence[Notice]:
    """All that is kept, the oldest first."""
    return await _found(tx, untold_only=False)


async def _found(tx: AsyncConnection, untold_only: bool) -> Sequence[Notice]:
    found = select(*(notices.c[name] for name in Notice._fields)).order_by(notices.c.id)
    rows = await tx.execute(found.where(notices.c.told.is_(None)) if untold_only else found)
    return [Notice(*row) for row in rows]


async def told(tx: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    await tx.execute(update(notices).where(notices.c.id.in_(list(ids))).values(told=now))
