"""The sending half of the ledger: rows are claimed under a lease, and settled by its owner only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, case, exists, func, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.store import groups
from bot.store.columns import Moment, in_milliseconds
from bot.store.ledger import Urgency
from bot.store.tables import PLANNED, SENDING, SENT, ledger, people

# Longer than any send may take, shorter than the 30 s after which a dead worker's rows must move again.
LEASE = timedelta(seconds=25)
# Longer than a message ever waits for another try; the silence after a 429 is not its own (paces.py).
LONGEST_WAIT = timedelta(minutes=5)


class Leased(NamedTuple):
    """A message that one worker is sending now. `attempts` and `owner` together fence off anybody else.

    `body` is empty where the message is a shared `letter`; `target` is what an edit or delete acts on.
    """

    id: int
    key: str
    channel: str
    address: str
    body: str | None
    letter: int | None
    act: str
    target: str | None
    about: str | None
    urgency: int
    attempts: int
    repeats: int
    forget: bool
    reason: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a leased message."""

    state: str
    not_before: datetime
    repeats: int
    reason: str = ""
    message: str = ""


class Chat(NamedTuple):
    """At most `messages` to one chat in `within`: 1 a second in the long run, with a short burst. A group,
    whose address begins with a minus, takes `group_messages` in `group_within` at most."""

    within: timedelta
    messages: int
    group_within: timedelta
    group_messages: int


_COLUMNS = [ledger.c[name] for name in Leased._fields if name not in ("owner", "reason")]


async def anything(tx: AsyncConnection, channels: Sequence[str], most: Urgency, now: datetime) -> bool:
    """Whether a claim could find something: a cheap look that locks nothing."""
    ready = (ledger.c.state == PLANNED) & (ledger.c.due <= now) & _may_be_tried(now)
    one = select(ledger.c.id).where(ledger.c.channel.in_(channels)).limit(1)
    if (await tx.execute(one.where(ready, ledger.c.urgency <= most))).first() is not None:
        return True
    return (await tx.execute(one.where(_expired(now)))).first() is not None


async def expired(tx: AsyncConnection, channel: str, now: datetime) -> list[Leased]:
    """Messages whose worker died on the way, ours to settle until the end of the transaction."""
    found = (
        select(*_COLUMNS, ledger.c.reason, ledger.c.owner)
        .where(ledger.c.channel == channel, _expired(now))
        .with_for_update(skip_locked=True)
    )
    return [Leased(**row._mapping)._replace(reason=row.reason or "") for row in await tx.execute(found)]


class Wish(NamedTuple):
    """Who claims, and how much: at most `limit` messages, none less urgent than `most`."""

    owner: str
    limit: int
    most: Urgency


async def claim(tx: AsyncConnection, channel: str, wish: Wish, chat: Chat, now: datetime) -> list[Leased]:
    """Take the next messages: one an address and one a group with its topics, in each address's order, under
    our lease once committed."""
    first: dict[str, Leased] = {}
    for row in await _ready(tx, channel, wish, chat, now):
        first.setdefault(groups.group_of(row.address) or row.address, _leased(row, wish.owner))
    if not first:
        return []
    await groups.taken(tx, (message.address for message in first.values()), now)
    ids = json.dumps([message.id for message in first.values()])
    lease = {"ids": ids, "owner": wish.owner, "lease": in_milliseconds(now + LEASE)}
    await tx.execute(_LEASE[tx.dialect.name], lease)
    return list(first.values())


async def _ready(
    tx: AsyncConnection, channel: str, wish: Wish, chat: Chat, now: datetime
) -> Sequence[Row[Any]]:
    """What may go now. Only when a group with topics is full is it asked again, without that group: its
    messages must not stand before everybody else's."""
    found = _next(channel, wish.most, chat, now).limit(wish.limit).with_for_update(skip_locked=True)
    rows: Sequence[Row[Any]] = (await tx.execute(found)).all()
    while full := await groups.full(tx, (row.address for row in rows), now):
        for group in full:
            found = found.where(~ledger.c.address.startswith(f"{group}:", autoescape=True))
        rows = (await tx.execute(found)).all()
    return rows


# As one JSON value: a list of hundreds of parameters took longer to be read than the rows to be changed.
_LEASE = {
    "sqlite": text(
        "UPDATE ledger SET state = 'sending', owner = :owner, lease = :lease, attempts = attempts + 1 "
        "WHERE id IN (SELECT value FROM json_each(:ids))"
    ),
    "postgresql": text(
        "UPDATE ledger SET state = 'sending', owner = :owner, lease = :lease, attempts = attempts + 1 "
        "WHERE id IN (SELECT CAST(value AS bigint) "
        "FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS t(value))"
    ),
}


def _leased(row: Row[Any], owner: str) -> Leased:
    leased = Leased(*row, owner)  # type: ignore[call-arg]  # the columns of the query, in its order
    return leased._replace(attempts=leased.attempts + 1, reason=leased.reason or "")


async def drop_stopped(tx: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    """Whoever stopped while a message of theirs was on its way does not get it at the next attempt."""
    if not ids:
        return
    stopped = exists().where(people.c.id == ledger.c.person, people.c.stopped)
    theirs = update(ledger).where(ledger.c.id.in_(list(ids)), ledger.c.state == PLANNED, stopped)
    await tx.execute(theirs.values(state="dropped", reason="stopped", touched=now))


async def give_up(tx: AsyncConnection, channel: str, address: str, now: datetime) -> None:
    """Nobody is there any more: reminders and broadcasts to this address end here."""
    here = (ledger.c.channel == channel, ledger.c.address == address, ledger.c.state == PLANNED)
    ended = update(ledger).where(*here, ledger.c.urgency > Urgency.REPLY)
    await tx.execute(ended.values(state="failed", reason="gone", touched=now))


def _may_be_tried(now: datetime) -> ColumnElement[bool]:
    # A time too far ahead was written before the clock was set back.
    return or_(ledger.c.not_before <= now, ledger.c.not_before > now + LONGEST_WAIT)


def _expired(now: datetime) -> ColumnElement[bool]:
    # A lease far ahead was written before the clock was set back.
    return (ledger.c.state == SENDING) & or_(ledger.c.lease < now, ledger.c.lease > now + 2 * LEASE)


def _next(channel: str, most: Urgency, chat: Chat, now: datetime) -> Select[Any]:
    earlier = ledger.alias("earlier")
    same = (earlier.c.channel == ledger.c.channel) & (earlier.c.address == ledger.c.address)
    before = (
        (earlier.c.state == PLANNED)
        & (earlier.c.urgency == ledger.c.urgency)
        & or_(earlier.c.due < ledger.c.due, (earlier.c.due == ledger.c.due) & (earlier.c.id < ledger.c.id))
    )
    return (
        select(*_COLUMNS, ledger.c.reason)
        .where(ledger.c.channel == channel, ledger.c.state == PLANNED, ledger.c.urgency <= most)
        .where(ledger.c.due <= now, _may_be_tried(now))
        .where(~exists().where(same, (earlier.c.state == SENDING)), ~exists().where(same, before))
        .where(_has_room(chat, now), ~_rests(now))
        .order_by(ledger.c.urgency, ledger.c.due, ledger.c.id)
    )


def _has_room(chat: Chat, now: datetime) -> ColumnElement[bool]:
    """Whether this chat has had few enough messages lately."""
    lately = ledger.alias("lately")
    is_group = ledger.c.address.startswith("-")
    long_ago, a_moment_ago = (literal(now - one, Moment) for one in (chat.group_within, chat.within))
    since = case((is_group, long_ago), else_=a_moment_ago)
    most = case((is_group, chat.group_messages), else_=chat.messages)
    sent = (
        select(func.count())
        .select_from(lately)
        .where(lately.c.channel == ledger.c.channel, lately.c.address == ledger.c.address)
        .where(lately.c.state == SENT, lately.c.touched > since, lately.c.touched <= now)
    )
    return sent.scalar_subquery() < most


def _rests(now: datetime) -> ColumnElement[bool]:
    """After an emergency nothing but answers, for a day (see bot/conversation/answerers/safety.py)."""
    theirs = and_(people.c.id == ledger.c.person, people.c.quiet_until > now)
    return and_(ledger.c.urgency > Urgency.REPLY, exists().where(theirs))
