"""Broadcasts: their rows, and who did what to them. A row changes only from the version that was seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import audiences
from bot.store.audiences import Audience
from bot.store.engine import upsert
from bot.store.tables import broadcasts, events

State: TypeAlias = Literal[
    "draft",
    "waits",
    "set",
    "holding",
    "sending",
    "stopped",
    "done",
    "cancelled",
    "recalling",
    "recalled",
]
"""waits: for approval. set: for its time. holding: the last seconds in which nothing has gone out yet."""

WORDED = ("proposed", "frozen", "corrected")
"""What settles the words: from then on the letters of this round are what people read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What staff write: whom, the words by language (English is needed), when (None is at once, in universal
    time), and the rule by which it comes again ("" is once)."""

    audience: Audience = field(default_factory=Audience)
    texts: Mapping[str, str] = field(default_factory=dict)
    send_at: datetime | None = None
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A row as it was read. `by` answers for the words: who wrote them, or who corrected them last."""

    id: int
    request: str
    by: int
    approved_by: int | None
    state: State
    draft: Draft
    frozen: int | None
    hold_until: datetime | None
    follows: int | None
    version: int
    made: datetime
    changed: datetime
    shown_in: str = ""
    shown_as: str = ""
    shown: str = ""

    @property
    def about(self) -> str:
        """What its ledger rows are about."""
        return f"broadcast:{self.id}"


@dataclass(frozen=True, slots=True)
class New:
    """A row to be written."""

    request: str
    by: int
    draft: Draft
    state: State = "draft"
    approved_by: int | None = None
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a broadcast's history."""

    at: datetime
    by: str
    what: str
    detail: str


async def add(tx: AsyncConnection, new: New, now: datetime) -> tuple[Broadcast, bool]:
    """A new row and True; when its request is there already, that one as it is, and False."""
    own = {"request": new.request, "by": new.by, "approved_by": new.approved_by, "state": new.state}
    fixed = {"follows": new.follows, "version": 1, "made": now, "changed": now}
    put = upsert(tx.dialect.name, broadcasts).values(own | fixed | _written(new.draft))
    put = put.on_conflict_do_nothing(index_elements=["request"])
    made = await tx.execute(put.execution_options(preserve_rowcount=True))
    found = await tx.execute(select(broadcasts).where(broadcasts.c.request == new.request))
    return _read(found.one()), made.rowcount == 1


async def find(tx: AsyncConnection, id: int, lock: bool = False) -> Broadcast | None:
    """The broadcast of this number; with `lock` it is ours until the end of the transaction."""
    found = select(broadcasts).where(broadcasts.c.id == id)
    row = (await tx.execute(found.with_for_update() if lock else found)).one_or_none()
    return _read(row) if row else None


async def every(tx: AsyncConnection, limit: int = 20, before: int | None = None) -> tuple[Broadcast, ...]:
    """The newest first; with `before`, of those that are older than it."""
    found = select(broadcasts).order_by(broadcasts.c.id.desc()).limit(limit)
    if before is not None:
        found = found.where(broadcasts.c.id < before)
    return tuple(_read(row) for row in await tx.execute(found))


async def in_state(tx: AsyncConnection, *states: State) -> tuple[Broadcast, ...]:
    """All in one of these states, the oldest first."""
    found = select(broadcasts).where(broadcasts.c.state.in_(states)).order_by(broadcasts.c.id)
    return tuple(_read(row) for row in await tx.execute(found))


async def save(tx: AsyncConnection, seen: Broadcast, now: datetime, /, **changed: object) -> Broadcast | None:
    """Change it if it is still as it was seen, else None."""
    draft = changed.pop("draft", None)
    columns = changed | (_written(draft) if isinstance(draft, Draft) else {})
    here = (broadcasts.c.id == seen.id, broadcasts.c.version == seen.version)
    moved = update(broadcasts).where(*here).values(columns | {"version": seen.version + 1, "changed": now})
    return await find(tx, seen.id) if (await tx.execute(moved)).rowcount == 1 else None


async def show(tx: AsyncConnection, id: int, chat: str, message: str, shown: str) -> None:
    """Where the progress of this broadcast is shown, and what stands there now; no change of it itself."""
    here = update(broadcasts).where(broadcasts.c.id == id)
    await tx.execute(here.values(shown_in=chat, shown_as=message, shown=shown))


async def happened(tx: AsyncConnection, id: int, by: str, what: str, now: datetime, detail: str = "") -> None:
    """Write down who did what."""
    row = {"broadcast": id, "at": now, "by": by, "what": what, "detail": detail[:300]}
    await tx.execute(insert(events).values(row))


async def history(tx: AsyncConnection, id: int) -> tuple[Happened, ...]:
    """What was done to it, in order."""
    found = select(*(events.c[name] for name in ("at", "by", "what", "detail"))).order_by(events.c.id)
    return tuple(Happened(*row) for row in await tx.execute(found.where(events.c.broadcast == id)))


async def rounds(tx: AsyncConnection, id: int) -> tuple[int, int]:
    """How often its words were settled so far, and how many of these times were corrections."""
    counted = select(events.c.what, func.count().label("times")).where(events.c.broadcast == id)
    times = {row.what: row.times for row in await tx.execute(counted.group_by(events.c.what))}
    return sum(times.get(what, 0) for what in WORDED), times.get("corrected", 0)


def _written(draft: Draft) -> dict[str, object]:
    return {
        "audience": audiences.write(draft.audience),
        "texts": json.dumps(dict(draft.texts), sort_keys=True),
        "send_at": draft.send_at,
        "repeats": draft.repeats or None,
    }


def _read(row: Row[Any]) -> Broadcast:
    kept = row._mapping
    draft = Draft(audiences.read(row.audience), json.loads(row.texts), row.send_at, row.repeats or "")
    own: dict[str, Any] = {name: kept[name] for name in _OWN}
    own |= {name: kept[name] or "" for name in ("shown_in", "shown_as", "shown")}
    return Broadcast(draft=draft, **own)


_OWN = (
    "id",
    "request",
    "by",
    "approved_by",
    "state",
    "frozen",
    "hold_until",
    "follows",
    "version",
    "made",
    "changed",
)
