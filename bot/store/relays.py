"""The messages of a talk in writing between a person and the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.store.tables import handovers, ledger, relays, staff

LONGEST = 1000
"""Characters of a message of the person."""
ANSWER = 2000
"""Characters of an answer of the team."""
OWN = ("id", "handover", "side", "staff", "text", "at", "flagged")
Side: TypeAlias = Literal["person", "staff"]


@dataclass(frozen=True, slots=True)
class Message:
    """`flagged`: the safety card was shown for these words. `name` is the colleague who answered; `sent` is
    how far an answer has come: planned, sending, sent, unsure, failed, dropped, or "" when the ledger has
    forgotten it."""

    id: int
    handover: int
    side: Side
    staff: int | None
    name: str
    text: str
    at: datetime
    flagged: bool
    sent: str


@dataclass(frozen=True, slots=True)
class Post:
    """A new message. `staff` is who answers; None is the person."""

    handover: int
    person: str
    text: str
    staff: int | None = None
    flagged: bool = False


async def add(tx: AsyncConnection, post: Post, now: datetime) -> int:
    """Keep a message; its number."""
    row = {
        "handover": post.handover,
        "person": post.person,
        "side": "staff" if post.staff is not None else "person",
        "staff": post.staff,
        "text": storable(post.text, ANSWER if post.staff is not None else LONGEST),
        "at": now,
        "flagged": post.flagged,
    }
    number: int = (await tx.execute(insert(relays).values(row).returning(relays.c.id))).scalar_one()
    if post.staff is not None:
        await tx.execute(update(relays).where(relays.c.id == number).values(key=f"relay:{number}"))
    return number


async def of(tx: AsyncConnection, handover: int) -> Sequence[Message]:
    """All messages of a request, oldest first. Only queue.one reads them, and writes down who did."""
    found = _rows().where(relays.c.handover == handover).order_by(relays.c.id)
    return [_message(row) for row in await tx.execute(found)]


async def one(tx: AsyncConnection, id: int) -> Message | None:
    row = (await tx.execute(_rows().where(relays.c.id == id))).one_or_none()
    return None if row is None else _message(row)


async def newest(tx: AsyncConnection, handover: int) -> int:
    """The number of the person's last message; 0 is none."""
    theirs = (relays.c.handover == handover, relays.c.side == "person")
    number: int = (
        await tx.execute(select(func.coalesce(func.max(relays.c.id), 0)).where(*theirs))
    ).scalar_one()
    return number


async def not_passed_on(tx: AsyncConnection, limit: int) -> Sequence[tuple[Message, str]]:
    """Messages of people whose request has its topic in the staff's group, and that are not there yet."""
    there = handovers.c.thread.like("%:%")
    theirs = (relays.c.side == "person", relays.c.key.is_(None), there)
    rows = _rows(handovers.c.thread).join(handovers, handovers.c.id == relays.c.handover)
    found = await tx.execute(rows.where(*theirs).order_by(relays.c.id).limit(limit))
    return [(_message(row), str(row.thread)) for row in found]


async def passed_on(tx: AsyncConnection, id: int, key: str) -> None:
    await tx.execute(update(relays).where(relays.c.id == id).values(key=key))


def _rows(*more: Any) -> Any:
    return select(
        *(relays.c[name] for name in OWN), staff.c.name, ledger.c.state.label("sent"), *more
    ).select_from(
        relays.outerjoin(staff, staff.c.id == relays.c.staff).outerjoin(ledger, ledger.c.key == relays.c.key)
    )


def _message(row: Row[Any]) -> Message:
    return Message(
        row.id,
        row.handover,
        row.side,
        row.staff,
        row.name or "",
        row.text,
        row.at,
        row.flagged,
        row.sent or "",
    )
