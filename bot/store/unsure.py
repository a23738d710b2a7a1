"""Messages of which nobody knows whether they arrived, and those that never will: for staff to decide."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.ledger import AT_ONCE, Urgency
from bot.store.tables import TROUBLED, bookings, broadcasts, enrolments, ledger, people

UNSURE, FAILED, _ = TROUBLED
AT_A_TIME = 1000


class Unsure(NamedTuple):
    """A message by its number and what it is about; `pseudonym` names the person without saying who."""

    id: int
    key: str
    about: str
    reason: str
    since: datetime
    channel: str
    pseudonym: str


async def listed(tx: AsyncConnection, limit: int = 1000, about: str | None = None) -> Sequence[Unsure]:
    """Those that may have arrived or not, the oldest first."""
    found = _found(limit).where(ledger.c.state == UNSURE)
    rows = await tx.execute(found if about is None else found.where(ledger.c.about == about))
    return [_read(row) for row in rows]


async def parked(tx: AsyncConnection, limit: int = 1000) -> Sequence[Unsure]:
    """Those that were refused or tried too often. A chat that is gone is not among them."""
    gone = ledger.c.reason.in_(("gone", "moved"))
    rows = await tx.execute(_found(limit).where(ledger.c.state == FAILED, ~gone))
    return [_read(row) for row in rows]


async def resolve(tx: AsyncConnection, ids: Sequence[int], again: bool, by: str, now: datetime) -> int:
    """Send these again, or leave them be; how many that still concerned. Pressing twice does it once.

    What nobody should get any more is not sent again: it ends here, and is not counted.
    """
    total = 0
    for start in range(0, len(ids), AT_A_TIME):
        total += await _resolve(tx, ids[start : start + AT_A_TIME], again, by, now)
    return total


async def _resolve(tx: AsyncConnection, ids: Sequence[int], again: bool, by: str, now: datetime) -> int:
    open_ = (ledger.c.id.in_(list(ids)), ledger.c.state.in_((UNSURE, FAILED)))
    if not again:
        left = {"state": "dropped", "reason": f"left by {by}"[:100]}
        return (await tx.execute(update(ledger).where(*open_).values(**left, touched=now))).rowcount
    for reason, over in OVER.items():
        ended = update(ledger).where(*open_, over).values(state="dropped", reason=reason, touched=now)
        await tx.execute(ended)
    # Each attempt counts again from none: it was staff who looked at it.
    anew = {"attempts": 0, "repeats": 0, "not_before": AT_ONCE, "reason": None, "touched": now}
    state = case((and_(ledger.c.act != "delete", _broadcast_is(*RESTING)), "held"), else_="planned")
    return (await tx.execute(update(ledger).where(*open_).values(**anew, state=state))).rowcount


RESTING = ("stopped", "waits", "set", "holding")
"""A broadcast in one of these goes on later, and takes what is sent again with it."""


def _broadcast_is(*states: str) -> ColumnElement[bool]:
    about = literal("broadcast:").concat(cast(broadcasts.c.id, String))
    return exists().where(about == ledger.c.about, broadcasts.c.state.in_(states))


def _attends() -> ColumnElement[bool]:
    """Whether a reminder is the newest of a booking that still holds: not of a date that was moved."""
    number = cast(bookings.c.id, String).concat(":").concat(cast(bookings.c.version, String))
    reminder = ledger.c.key.like(literal("remind:").concat(number).concat(":%"))
    newest = or_(reminder, ledger.c.key == literal("after:").concat(number))
    return exists().where(
        bookings.c.person == ledger.c.person, bookings.c.state.in_(("booked", "reminded")), newest
    )


def _takes_part() -> ColumnElement[bool]:
    about = literal("programme:").concat(cast(enrolments.c.id, String))
    return exists().where(about == ledger.c.about, enrolments.c.state == "on")


OVER: Mapping[str, ColumnElement[bool]] = {
    "stopped": and_(
        ledger.c.urgency > Urgency.REPLY,
        exists().where(people.c.id == ledger.c.person, people.c.stopped),
    ),
    "recalled": and_(ledger.c.act != "delete", _broadcast_is("recalling", "recalled")),
    "cancelled": and_(ledger.c.act != "delete", _broadcast_is("cancelled")),
    "out of date": or_(
        and_(or_(ledger.c.key.like("remind:%"), ledger.c.key.like("after:%")), not_(_attends())),
        and_(ledger.c.about.like("programme:%"), not_(_takes_part())),
    ),
}
"""Why a message is not sent again, whatever was pressed."""


def _found(limit: int) -> Select[Any]:
    """Nobody is named: a person is the first letters of their number."""
    named = (ledger.c.id, ledger.c.key, ledger.c.about, ledger.c.reason, ledger.c.touched, ledger.c.channel)
    return select(*named, ledger.c.person).order_by(ledger.c.touched, ledger.c.id).limit(limit)


def _read(row: Row[Any]) -> Unsure:
    who = (row.person or "")[:6]
    return Unsure(row.id, row.key, row.about or "reply", row.reason or "", row.touched, row.channel, who)
