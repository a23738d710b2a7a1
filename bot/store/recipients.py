"""The ledger rows of a broadcast: let go, held back, worded anew, corrected, recalled and counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Row,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot import forms
from bot.model import Say
from bot.store.engine import insert_new
from bot.store.ledger import AT_ONCE, WAITING, Act, Urgency
from bot.store.sqlite import LONG
from bot.store.tables import HELD, NOT_REMINDED, PLANNED, SENDING, ledger, people

COUNTED = {"preserve_rowcount": True}
"""SQLAlchemy forgets how many rows an INSERT wrote, unless it is told."""
WINDOW = 10_000
"""How many rows of one broadcast the sender may see at a time: so many can be held back in a moment, where
a hundred thousand take seconds. More than it sends between two looks at it."""


class Tally(NamedTuple):
    """So many rows that did the same and ended the same way."""

    act: str
    state: str
    reason: str
    many: int


def _to_go(about: str) -> tuple[ColumnElement[bool], ...]:
    """What the sender may take of it, in the very words of the index: else neither database uses it."""
    return (ledger.c.about == about, ledger.c.state == PLANNED, ledger.c.urgency != NOT_REMINDED)


async def begun(tx: AsyncConnection, about: str) -> bool:
    """Whether something may have reached somebody."""
    out = ("sent", "sending", "unsure", "failed")
    found = select(ledger.c.id).where(ledger.c.about == about, ledger.c.state.in_(out)).limit(1)
    return (await tx.execute(found)).first() is not None


async def release(tx: AsyncConnection, about: str, now: datetime, act: Act | None = None) -> int:
    """The next of those that are held may go out, as many as the sender should see; how many."""
    room = max(0, WINDOW - await planned(tx, about))
    held = select(ledger.c.id).where(ledger.c.about == about, ledger.c.state == HELD)
    held = held if act is None else held.where(ledger.c.act == act)
    following = ledger.c.id.in_(held.order_by(ledger.c.id).limit(room))
    freed = update(ledger).prefix_with(LONG).where(following)
    return (await tx.execute(freed.values(state="planned", due=now, touched=now))).rowcount


async def planned(tx: AsyncConnection, about: str) -> int:
    """How many the sender may take now."""
    return int((await tx.execute(select(func.count()).where(*_to_go(about)))).scalar_one())


async def resting(tx: AsyncConnection, about: str) -> bool:
    """Whether the sender has enough to do, or the last of it is on its way: nothing is to be done now."""
    now_planned = await planned(tx, about)
    if now_planned > WINDOW // 2:
        return True
    held = select(ledger.c.id).where(ledger.c.about == about, ledger.c.state == HELD).limit(1)
    if (await tx.execute(held)).first() is not None:
        return False
    return now_planned > 0 or await underway(tx, about)


async def drop_stopped(tx: AsyncConnection, about: str, now: datetime) -> None:
    """Who stopped at the very moment the list was frozen may stand on it all the same: not any more."""
    gone = select(people.c.id).where(people.c.stopped)
    held = (ledger.c.about == about, ledger.c.state == "held", ledger.c.person.in_(gone))
    await tx.execute(update(ledger).where(*held).values(state="dropped", reason="stopped", touched=now))


async def hold(tx: AsyncConnection, about: str, now: datetime) -> int:
    """What has not gone out yet does not go out; what is on its way arrives."""
    kept = update(ledger).prefix_with(LONG).where(*_to_go(about)).values(state="held", touched=now)
    return (await tx.execute(kept)).rowcount


async def unfreeze(tx: AsyncConnection, about: str) -> None:
    """Nothing of it has gone out: the list is thrown away, to be made anew."""
    await tx.execute(delete(ledger).where(ledger.c.about == about))


async def underway(tx: AsyncConnection, about: str) -> bool:
    """Whether something still waits for the sender, or is on its way."""
    # Few are on their way at once; by `about` the index would lead past everything that has been sent.
    going = (ledger.c.state == SENDING, func.coalesce(ledger.c.about, "") == about)
    for mine in (going, _to_go(about)):
        if (await tx.execute(select(ledger.c.id).where(*mine).limit(1))).first() is not None:
            return True
    return False


async def waiting(tx: AsyncConnection, about: str) -> bool:
    """Whether the sender could take something of it that is no deletion."""
    found = select(ledger.c.id).where(*_to_go(about), ledger.c.act != "delete").limit(1)
    return (await tx.execute(found)).first() is not None


async def drop_unsent(tx: AsyncConnection, about: str, now: datetime, reason: str) -> int:
    """What is not out yet never goes out; deletions still do."""
    waiting = (ledger.c.about == about, ledger.c.state.in_(WAITING), ledger.c.act != "delete")
    ended = update(ledger).prefix_with(LONG).where(*waiting)
    return (await tx.execute(ended.values(state="dropped", reason=reason, touched=now))).rowcount


async def figures(tx: AsyncConnection, about: str) -> Sequence[Tally]:
    """What became of its rows, counted."""
    kinds = (ledger.c.act, ledger.c.state, func.coalesce(ledger.c.reason, "").label("reason"))
    counted = select(*kinds, func.count()).where(ledger.c.about == about).group_by(*kinds)
    return [Tally(*row) for row in await tx.execute(counted)]


async def first(tx: AsyncConnection, about: str, limit: int) -> Sequence[Row[Any, Any]]:
    """The first on the frozen list, in sending order: channel, language."""
    listed = select(ledger.c.channel, people.c.language).join(people, ledger.c.person == people.c.id)
    mine = listed.where(ledger.c.about == about, ledger.c.act == "send")
    return (await tx.execute(mine.order_by(ledger.c.due, ledger.c.id).limit(limit))).all()


async def spread(tx: AsyncConnection, about: str) -> Sequence[Row[Any, Any, Any]]:
    """How many on the frozen list there are of each channel and language: channel, language, many."""
    kinds = (ledger.c.channel, people.c.language)
    counted = select(*kinds, func.count().label("many")).join(people, ledger.c.person == people.c.id)
    mine = counted.where(ledger.c.about == about, ledger.c.act == "send")
    return (await tx.execute(mine.group_by(*kinds))).all()


async def to_staff(
    tx: AsyncConnection, says: Mapping[str, Say], channel: str, address: str, now: datetime
) -> int:
    """Plan messages to a staff member's own chat, by their keys; how many are new."""
    fixed = {"urgency": Urgency.REPLY, "channel": channel, "address": address, "state": "planned"}
    fixed |= {
        "due": AT_ONCE,
        "not_before": AT_ONCE,
        "attempts": 0,
        "repeats": 0,
        "touched": now,
        "forget": False,
    }
    put, new = insert_new(tx.dialect.name, ledger, "key").execution_options(**COUNTED), 0
    for key, say in says.items():
        new += (await tx.execute(put, fixed | {"key": key, "body": forms.write(say)})).rowcount
    return new


async def known(tx: AsyncConnection, key: str) -> bool:
    """Whether a message of this key was planned."""
    return (await tx.execute(select(ledger.c.id).where(ledger.c.key == key))).first() is not None
