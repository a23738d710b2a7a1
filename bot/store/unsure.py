"""Messages of which nobody knows whether they arrived, and those that never will: for staff to decide."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.ledger import AT_ONCE
from bot.store.tables import TROUBLED, ledger

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
    """Send these again, or leave them be; how many that still concerned. Pressing twice does it once."""
    total = 0
    for start in range(0, len(ids), AT_A_TIME):
        total += await _resolve(tx, ids[start : start + AT_A_TIME], again, by, now)
    return total


async def _resolve(tx: AsyncConnection, ids: Sequence[int], again: bool, by: str, now: datetime) -> int:
    open_ = (ledger.c.id.in_(list(ids)), ledger.c.state.in_((UNSURE, FAILED)))
    if not again:
        left = {"state": "dropped", "reason": f"left by {by}"[:100]}
        return (await tx.execute(update(ledger).where(*open_).values(**left, touched=now))).rowcount
    # Each attempt counts again from none: it was staff who looked at it.
    anew = {"state": "planned", "attempts": 0, "repeats": 0, "not_before": AT_ONCE, "reason": None}
    return (await tx.execute(update(ledger).where(*open_).values(**anew, touched=now))).rowcount


def _found(limit: int) -> Select[Any]:
    """Nobody is named: a person is the first letters of their number."""
    named = (ledger.c.id, ledger.c.key, ledger.c.about, ledger.c.reason, ledger.c.touched, ledger.c.channel)
    return select(*named, ledger.c.person).order_by(ledger.c.touched, ledger.c.id).limit(limit)


def _read(row: Row[Any]) -> Unsure:
    who = (row.person or "")[:6]
    return Unsure(row.id, row.key, row.about or "reply", row.reason or "", row.touched, row.channel, who)
