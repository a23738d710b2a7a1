"""The inbox: what came in, decided once, and remembered by its number only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import UpdateBase, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.store.engine import insert_new
from bot.store.tables import PENDING, arrivals

# 18 digits fit in a signed 64-bit number.
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Raw:
    """An update as its channel delivered it; `payload` is JSON, and is wiped when the update is decided."""

    channel: str
    update: str
    address: str
    payload: str


class Waiting(NamedTuple):
    """A pending update of one person."""

    id: int
    payload: str
    attempts: int


class Whose(NamedTuple):
    """Where somebody writes from."""

    channel: str
    address: str


async def accept(tx: AsyncConnection, raws: Sequence[Raw], now: datetime) -> None:
    """Put updates into the inbox; those we have already are left alone."""
    rows = [_row(raw, now) for raw in raws]
    if rows:
        await tx.execute(insert_new(tx.dialect.name, arrivals, "channel", "update"), rows)


async def first_time(tx: AsyncConnection, channel: str, update_id: str, now: datetime) -> int | None:
    """Remember an update that is decided in this very transaction; None when it was seen before."""
    row = _row(Raw(channel, update_id, "", ""), now) | {"state": "decided", "address": None, "payload": None}
    number: int | None = (await tx.execute(_remember(tx.dialect.name), row)).scalar_one_or_none()
    return number


async def seen(tx: AsyncConnection, channel: str, update_id: str) -> int | None:
    """The number under which an update is remembered."""
    here = (arrivals.c.channel == channel, arrivals.c.update == storable(update_id, 100))
    return (await tx.execute(select(arrivals.c.id).where(*here))).scalar_one_or_none()


async def waiting(tx: AsyncConnection, limit: int) -> list[Whose]:
    """Who waits for an answer, the longest wait first."""
    found = (
        select(arrivals.c.channel, arrivals.c.address)
        .where(arrivals.c.state == PENDING)
        .group_by(arrivals.c.channel, arrivals.c.address)
        .order_by(func.min(arrivals.c.id))
        .limit(limit)
    )
    return [Whose(row.channel, row.address) for row in await tx.execute(found)]


async def oldest(tx: AsyncConnection, whose: Whose) -> Waiting | None:
    """The update of this person that is to be decided next."""
    found = (
        select(arrivals.c.id, arrivals.c.payload, arrivals.c.attempts)
        .where(
            arrivals.c.state == PENDING,
            arrivals.c.channel == whose.channel,
            arrivals.c.address == whose.address,
        )
        .order_by(arrivals.c.place, arrivals.c.id)
        .limit(1)
    )
    row = (await tx.execute(found)).one_or_none()
    return None if row is None else Waiting(row.id, row.payload, row.attempts)


async def decided(tx: AsyncConnection, id: int, state: str = "decided") -> None:
    """Done (or "parked"): only channel, update id and time stay."""
    here = arrivals.c.id == id
    await tx.execute(update(arrivals).where(here).values(state=state, payload=None, address=None))


async def failed(tx: AsyncConnection, id: int) -> int:
    """Count an attempt that our own bug broke; how many that makes."""
    pending = (arrivals.c.id == id, arrivals.c.state == PENDING)
    counted = update(arrivals).where(*pending).values(attempts=arrivals.c.attempts + 1)
    found = await tx.execute(counted.returning(arrivals.c.attempts))
    return found.scalar_one_or_none() or 0


async def move(tx: AsyncConnection, channel: str, old: str, new: str) -> None:
    """The chat has a new address: what waits moves with it."""
    here = (arrivals.c.channel == channel, arrivals.c.address == old)
    await tx.execute(update(arrivals).where(*here).values(address=new))


@cache
def _remember(dialect: str) -> UpdateBase:
    return insert_new(dialect, arrivals, "channel", "update").returning(arrivals.c.id)


def _row(raw: Raw, now: datetime) -> dict[str, object]:
    numbered = raw.update.isascii() and raw.update.isdecimal() and len(raw.update) <= LONGEST_NUMBER
    return {
        "channel": raw.channel,
        "update": storable(raw.update, 100),
        "arrived": now,
        "state": "pending",
        "address": storable(raw.address, 100),
        "payload": storable(raw.payload, len(raw.payload)),
        "place": int(raw.update) if numbered else 0,
        "attempts": 0,
    }
