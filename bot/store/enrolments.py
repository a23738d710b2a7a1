"""Who takes part in which programme, and which of its messages have gone out already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, String, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.ledger import WAITING
from bot.store.tables import enrolments, ledger

State: TypeAlias = Literal["on", "paused", "stopped", "done"]
LIVE: tuple[State, ...] = ("on", "paused")
ABOUT = "programme:"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A row: `version` grows when its messages are planned anew, and stands in their keys."""

    id: int
    programme: str
    day: date
    state: State
    version: int

    @property
    def about(self) -> str:
        return f"{ABOUT}{self.id}"


async def live(tx: AsyncConnection, person: str) -> Sequence[Enrolled]:
    """What somebody takes part in, paused or not, ours until the end of the transaction."""
    mine = (enrolments.c.person == person, enrolments.c.state.in_(LIVE))
    names = (enrolments.c[name] for name in Enrolled.__dataclass_fields__)
    found = select(*names).where(*mine).order_by(enrolments.c.id).with_for_update()
    rows = (await tx.execute(found)).all()
    return [
        Enrolled(row.id, row.programme, date.fromisoformat(row.day), row.state, row.version) for row in rows
    ]


async def join(tx: AsyncConnection, person: str, programme: str, day: date, now: datetime) -> None:
    """Take part from now on, counted from this day; somebody who left comes back into their own row."""
    row = {"person": person, "programme": programme}
    state = {"day": day.isoformat(), "state": "on", "since": now}
    put = upsert(tx.dialect.name, enrolments).values(**row, **state, version=1)
    again = state | {"version": enrolments.c.version + 1}
    await tx.execute(put.on_conflict_do_update(index_elements=["person", "programme"], set_=again))


async def become(tx: AsyncConnection, ids: Sequence[int], state: State, now: datetime) -> None:
    changed = update(enrolments).where(enrolments.c.id.in_(list(ids)))
    await tx.execute(changed.values(state=state, since=now))


async def next_version(tx: AsyncConnection, id: int) -> int:
    """Its messages are planned anew under this number."""
    grown = update(enrolments).where(enrolments.c.id == id).values(version=enrolments.c.version + 1)
    number: int = (await tx.execute(grown.returning(enrolments.c.version))).scalar_one()
    return number


async def end_all(tx: AsyncConnection, person: str, now: datetime) -> None:
    """All stop. What was planned for them is called off by whoever ends them, with the reason."""
    mine = (enrolments.c.person == person, enrolments.c.state.in_(LIVE))
    await tx.execute(update(enrolments).where(*mine).values(state="stopped", since=now))


def key_of(enrolled: int, version: int, message: str) -> str:
    return f"{ABOUT}{enrolled}:{version}:{message}"


async def gone_out(tx: AsyncConnection, about: str) -> frozenset[str]:
    """The messages that were sent, or may have been: nobody gets one of them twice."""
    tried = (ledger.c.about == about, ledger.c.state.not_in((*WAITING, "dropped")))
    rows = await tx.execute(select(ledger.c.key).where(*tried))
    return frozenset(row.key.rpartition(":")[2] for row in rows)


async def next_due(tx: AsyncConnection, about: str) -> datetime | None:
    """When its next message comes."""
    waiting = (ledger.c.about == about, ledger.c.state.in_(WAITING))
    found: datetime | None = (await tx.execute(select(func.min(ledger.c.due)).where(*waiting))).scalar()
    return found


def about_column() -> ColumnElement[str]:
    """What the messages of a row are about, for looking them up inside a query."""
    return literal(ABOUT) + cast(enrolments.c.id, String)
