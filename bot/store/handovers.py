"""The navigators' queue: who asked to be phoned, or to write with the team. Words are read in relays.py."""

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import Row, Select, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.model import AskHandover
from bot.store import topics
from bot.store.tables import handovers, ledger, relays, staff

NOTE = 300
State: TypeAlias = Literal["open", "claimed", "done", "cancelled"]
Kind: TypeAlias = Literal["call", "relay"]
Team: TypeAlias = Literal["navigator", "nurse", "money", "physio"]
TEAMS: tuple[Team, ...] = get_args(Team)
WAITING: tuple[State, ...] = ("open", "claimed")
WORDS = {"phone": "", "note": "", "best_time": ""}
"""What is wiped as soon as nobody needs it any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request without anybody's words. `code` is all that staff see of the person in lists; `unanswered`
    is how many of their messages no colleague has answered yet, `latest` when they wrote last."""

    id: int
    person: str
    kind: Kind
    team: Team
    topic: str
    area: str
    language: str
    state: State
    asked: datetime
    claimed_by: int | None
    claimer: str
    claimed: datetime | None
    answered: datetime | None
    closed: datetime | None
    closed_by: int | None
    closer: str
    version: int
    thread: str
    unanswered: int
    latest: datetime

    @property
    def code(self) -> str:
        """The person's pseudonym in this request only."""
        return b32encode(sha256(f"{self.person}:handover:{self.id}".encode()).digest())[:4].decode()

    @property
    def about(self) -> str:
        """What it is called in the ledger and in the audit log."""
        return f"handover:{self.id}"


@dataclass(frozen=True, slots=True)
class Words:
    """What a person told with their request: whom to phone, why, and when."""

    phone: str
    note: str
    best_time: str


async def ask(tx: AsyncConnection, person: str, wish: AskHandover, now: datetime) -> int:
    """Put a request into the queue; a newer one takes the place of one that waits. Its number."""
    await cancel(tx, person, now, wish.kind)
    row = {
        "person": person,
        "topic": storable(wish.topic, 100),
        "phone": storable(wish.phone, 40),
        "note": storable(wish.note, NOTE) if wish.kind == "call" else "",
        "best_time": storable(wish.when, 100),
        "state": "open",
        "asked": now,
        "kind": wish.kind,
        "team": wish.team if wish.team in TEAMS else "navigator",
        "area": storable(wish.area, 40),
        "language": storable(wish.language, 10),
    }
    number: int = (await tx.execute(insert(handovers).values(row).returning(handovers.c.id))).scalar_one()
    return number


async def cancel(tx: AsyncConnection, person: str, now: datetime, kind: Kind = "call") -> None:
    """Take what waits back: nobody needs the number, the note or the messages any more; they go at once."""
    theirs = (handovers.c.person == person, handovers.c.state.in_(WAITING), handovers.c.kind == kind)
    for id in (await tx.execute(select(handovers.c.id).where(*theirs))).scalars().all():
        await tx.execute(delete(relays).where(relays.c.handover == id))
        await _forget_sent(tx, id)
        ended = {"state": "cancelled", "closed": now, "thread": None, **WORDS}
        row = update(handovers).where(handovers.c.id == id)
        await tx.execute(row.values(version=handovers.c.version + 1, **ended))


async def forget(tx: AsyncConnection, person: str, kind: Kind = "call") -> None:
    """The consent is gone, and what was kept under it."""
    theirs = (handovers.c.person == person, handovers.c.kind == kind)
    for id in (await tx.execute(select(handovers.c.id).where(*theirs))).scalars().all():
        await _forget_sent(tx, id)
        await tx.execute(delete(handovers).where(handovers.c.id == id))


async def _forget_sent(tx: AsyncConnection, id: int) -> None:
    """The team's answers and the copies of messages in the staff's group, as far as the ledger holds them."""
    await topics.gone(tx, handovers.c.id == id)
    await tx.execute(delete(ledger).where(ledger.c.about == f"handover:{id}", ledger.c.state != "sending"))


async def find(tx: AsyncConnection, id: int, lock: bool = False) -> Asked | None:
    """One request; with `lock`, ours until the end of the transaction."""
    if lock:
        await tx.execute(select(handovers.c.id).where(handovers.c.id == id).with_for_update())
    row = (await tx.execute(_rows().where(handovers.c.id == id))).one_or_none()
    return None if row is None else _asked(row)


async def words(tx: AsyncConnection, id: int) -> Words:
    """Only queue.one reads them, and writes down who did."""
    found = select(handovers.c.phone, handovers.c.note, handovers.c.best_time).where(handovers.c.id == id)
    return Words(*(await tx.execute(found)).one())


async def listed(
    tx: AsyncConnection, team: Team | None, states: Sequence[State], limit: int, offset: int = 0
) -> Sequence[Asked]:
    """Those that wait longest first; closed ones, the newest first."""
    order = handovers.c.asked.asc() if set(states) <= set(WAITING) else handovers.c.asked.desc()
    found = _rows().where(*_where(team, states)).order_by(order, handovers.c.id)
    return [_asked(row) for row in await tx.execute(found.limit(limit).offset(offset))]


async def count(tx: AsyncConnection, team: Team | None, states: Sequence[State]) -> int:
    found = select(func.count()).select_from(handovers).where(*_where(team, states))
    number: int = (await tx.execute(found)).scalar_one()
    return number


async def save(tx: AsyncConnection, seen: Asked, **columns: object) -> bool:
    """Compare and swap: False when somebody else was quicker, and nothing is changed."""
    here = and_(handovers.c.id == seen.id, handovers.c.version == seen.version)
    changed = update(handovers).where(here).values(version=seen.version + 1, **columns)
    return (await tx.execute(changed)).rowcount == 1


async def newest(tx: AsyncConnection, person: str, kind: Kind) -> Asked | None:
    """This person's last request of a kind, taken back or not."""
    theirs = (handovers.c.person == person, handovers.c.kind == kind)
    found = _rows().where(*theirs).order_by(handovers.c.id.desc()).limit(1)
    row = (await tx.execute(found)).one_or_none()
    return None if row is None else _asked(row)


async def since(tx: AsyncConnection, first: datetime, team: Team | None) -> Sequence[Asked]:
    """All that were asked since, for the waiting times; those taken back are not among them."""
    found = _rows().where(*_where(team, ("open", "claimed", "done")), handovers.c.asked >= first)
    return [_asked(row) for row in await tx.execute(found.order_by(handovers.c.asked))]


def _where(team: Team | None, states: Sequence[State]) -> list[Any]:
    of_team = [handovers.c.team == team] if team else []
    return [handovers.c.state.in_(list(states)), *of_team]


def _rows() -> Select[Any]:
    claimer, closer = staff.alias("claimer"), staff.alias("closer")
    reply = relays.alias("reply")
    ours = select(func.coalesce(func.max(reply.c.id), 0)).where(
        reply.c.handover == handovers.c.id, reply.c.side == "staff"
    )
    theirs = (relays.c.handover == handovers.c.id, relays.c.side == "person")
    new = select(func.count()).where(*theirs, relays.c.id > ours.correlate(handovers).scalar_subquery())
    latest = select(func.max(relays.c.at)).where(*theirs)
    columns = [handovers.c[name] for name in _COLUMNS]
    return select(
        *columns,
        claimer.c.name.label("claimer"),
        closer.c.name.label("closer"),
        new.correlate(handovers).scalar_subquery().label("unanswered"),
        latest.correlate(handovers).scalar_subquery().label("latest"),
    ).select_from(
        handovers.outerjoin(claimer, claimer.c.id == handovers.c.claimed_by).outerjoin(
            closer, closer.c.id == handovers.c.closed_by
        )
    )


_COLUMNS: tuple[str, ...] = (
    *("id", "person", "kind", "team", "topic", "area", "language", "state", "version", "thread"),
    *("asked", "claimed_by", "claimed", "answered", "closed", "closed_by"),
)


def _asked(row: Row[Any]) -> Asked:
    found = dict(row._mapping)
    texts = {name: found[name] or "" for name in ("thread", "claimer", "closer")}
    return Asked(**{**found, **texts, "latest": found["latest"] or found["asked"]})
