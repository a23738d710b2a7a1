"""The sending half of the ledger: rows are claimed under a lease, and settled by its owner only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.store.ledger import Urgency
from bot.store.tables import PLANNED, SENDING, SENT, ledger

# Longer than any send may take, shorter than the 30 s after which a dead worker's rows must move again.
LEASE = timedelta(seconds=25)


class Leased(NamedTuple):
    """A message that one worker is sending now. `attempts` and `owner` together fence off anybody else."""

    id: int
    key: str
    channel: str
    address: str
    body: str
    urgency: int
    attempts: int
    repeats: int
    reason: str
    owner: str
    forget: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a leased message."""

    state: str
    not_before: datetime
    repeats: int
    reason: str = ""
    message: str = ""


class Chat(NamedTuple):
    """At most `messages` to one chat in `within`: 1 a second in the long run, with a short burst."""

    messages: int
    within: timedelta


_COLUMNS = [ledger.c[name] for name in Leased._fields if name not in ("owner", "reason")]


async def anything(tx: AsyncConnection, channels: Sequence[str], now: datetime) -> bool:
    """Whether a claim could find something: a cheap look that locks nothing."""
    ready = (ledger.c.state == PLANNED) & (ledger.c.due <= now) & (ledger.c.not_before <= now)
    one = select(ledger.c.id).where(ledger.c.channel.in_(channels))
    if (await tx.execute(one.where(ready).limit(1))).first() is not None:
        return True
    return (await tx.execute(one.where(_expired(now)).limit(1))).first() is not None


async def expired(tx: AsyncConnection, channel: str, now: datetime) -> list[Leased]:
    """Messages whose worker died on the way, ours to settle until the end of the transaction."""
    found = (
        select(*_COLUMNS, ledger.c.owner, ledger.c.reason)
        .where(ledger.c.channel == channel, _expired(now))
        .with_for_update(skip_locked=True)
    )
    return [Leased(**dict(row._mapping) | {"reason": row.reason or ""}) for row in await tx.execute(found)]


async def claim(
    tx: AsyncConnection, channel: str, owner: str, limit: int, chat: Chat, now: datetime
) -> list[Leased]:
    """Take the next messages: one an address, in each address's order, under our lease once committed."""
    found = _next(channel, chat, now).limit(limit).with_for_update(skip_locked=True)
    first: dict[str, Row[Any]] = {}
    for row in await tx.execute(found):
        first.setdefault(row.address, row)
    if not first:
        return []
    taken = update(ledger).where(ledger.c.id.in_([row.id for row in first.values()]))
    lease = {"state": "sending", "owner": owner, "lease": now + LEASE, "attempts": ledger.c.attempts + 1}
    await tx.execute(taken.values(**lease))
    return [
        Leased(
            **dict(row._mapping) | {"owner": owner, "attempts": row.attempts + 1, "reason": row.reason or ""}
        )
        for row in first.values()
    ]


async def settle(tx: AsyncConnection, results: Sequence[tuple[Leased, Settled]], now: datetime) -> None:
    """Write results down, each only where the row is still leased to the one who sent it."""
    if not results:
        return
    await tx.execute(_SETTLE, [_settled(message, settled, now) for message, settled in results])
    done = [message.id for message, settled in results if message.forget and settled.state != "planned"]
    if done:
        over = ledger.c.state.not_in(("planned", "sending"))
        await tx.execute(delete(ledger).where(ledger.c.id.in_(done), ledger.c.forget, over))


async def give_up(tx: AsyncConnection, channel: str, address: str, now: datetime) -> None:
    """Nobody is there any more: reminders and broadcasts to this address end here."""
    here = (ledger.c.channel == channel, ledger.c.address == address, ledger.c.state == PLANNED)
    ended = update(ledger).where(*here, ledger.c.urgency > Urgency.REPLY)
    await tx.execute(ended.values(state="failed", reason="gone", touched=now))


def _expired(now: datetime) -> ColumnElement[bool]:
    # A lease far ahead was written before the clock was set back.
    return (ledger.c.state == SENDING) & or_(ledger.c.lease < now, ledger.c.lease > now + 2 * LEASE)


def _next(channel: str, chat: Chat, now: datetime) -> Select[Any]:
    earlier, lately = ledger.alias("earlier"), ledger.alias("lately")
    same = (earlier.c.channel == ledger.c.channel) & (earlier.c.address == ledger.c.address)
    before = (
        (earlier.c.state == PLANNED)
        & (earlier.c.urgency == ledger.c.urgency)
        & or_(earlier.c.due < ledger.c.due, (earlier.c.due == ledger.c.due) & (earlier.c.id < ledger.c.id))
    )
    sent_lately = (
        select(func.count())
        .select_from(lately)
        .where(lately.c.channel == ledger.c.channel, lately.c.address == ledger.c.address)
        .where(lately.c.state == SENT, lately.c.touched.between(now - chat.within, now))
        .scalar_subquery()
    )
    return (
        select(*_COLUMNS, ledger.c.reason)
        .where(ledger.c.channel == channel, ledger.c.state == PLANNED)
        .where(ledger.c.due <= now, ledger.c.not_before <= now)
        .where(~exists().where(same, (earlier.c.state == SENDING)), ~exists().where(same, before))
        .where(sent_lately < chat.messages)
        .order_by(ledger.c.urgency, ledger.c.due, ledger.c.id)
    )


_SETTLE = (
    update(ledger)
    .where(
        ledger.c.id == bindparam("of_id"),
        ledger.c.state == SENDING,
        ledger.c.owner == bindparam("of_owner"),
        ledger.c.attempts == bindparam("of_attempts"),
    )
    .values(owner=None, lease=None)
)


def _settled(message: Leased, settled: Settled, now: datetime) -> dict[str, object]:
    return {
        "of_id": message.id,
        "of_owner": message.owner,
        "of_attempts": message.attempts,
        "state": settled.state,
        "not_before": settled.not_before,
        "repeats": settled.repeats,
        "reason": settled.reason or None,
        "message": settled.message or None,
        "touched": now,
    }
