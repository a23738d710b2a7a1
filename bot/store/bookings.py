"""Who comes to a session, and who waits in which order. All of it under the lock of the date."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.bookings import BookingState, SessionDate, short_code
from bot.store.engine import upsert
from bot.store.tables import bookings, ledger, occasions, people

TAKEN = ("booked", "offered")
"""An offered place is nobody else's until its time is up."""
KEPT = ("booked", "waiting", "offered", "reminded")
STEP = timedelta(milliseconds=1)


class Kept(NamedTuple):
    """Somebody's booking. `asked` is their place in the line."""

    id: int
    person: str
    state: str
    asked: datetime
    offered_until: datetime | None


class Next(NamedTuple):
    """Someone in line, and where they can be told."""

    id: int
    person: str
    asked: datetime
    channel: str
    address: str
    language: str
    area: str


class Mine(NamedTuple):
    """A booking with its date, for its owner."""

    id: int
    occasion: int
    state: BookingState
    offered_until: datetime | None
    session: str
    listed: datetime
    starts: datetime


_KEPT = select(*(bookings.c[name] for name in Kept._fields))


async def of(tx: AsyncConnection, occasion: int, person: str) -> Kept | None:
    """This person's booking, also one that has ended."""
    here = (bookings.c.occasion == occasion, bookings.c.person == person)
    row = (await tx.execute(_KEPT.where(*here))).one_or_none()
    return Kept(*row) if row is not None else None


async def put(tx: AsyncConnection, occasion: int, person: str, state: BookingState, now: datetime) -> int:
    """This person is booked, waits, or is reminded from now on; the number of the booking."""
    asked = await _end_of_line(tx, occasion, now)
    row = {"person": person, "occasion": occasion, "state": state, "asked": asked, "version": 1}
    put = upsert(tx.dialect.name, bookings).values(row)
    again = {"state": state, "asked": asked, "offered_until": None}
    kept = put.on_conflict_do_update(index_elements=["person", "occasion"], set_=again)
    number: int = (await tx.execute(kept.returning(bookings.c.id))).scalar_one()
    return number


async def _end_of_line(tx: AsyncConnection, occasion: int, now: datetime) -> datetime:
    """Later than everybody who has asked, also after the clock was set back."""
    last = select(func.max(bookings.c.asked)).where(bookings.c.occasion == occasion)
    latest: datetime | None = (await tx.execute(last)).scalar_one()
    return max(now, latest + STEP) if latest else now


async def become(tx: AsyncConnection, id: int, state: str, offered_until: datetime | None = None) -> None:
    """The booking stays where it is in the line."""
    values = {"state": state, "offered_until": offered_until}
    await tx.execute(update(bookings).where(bookings.c.id == id).values(values))


async def choose_leads(tx: AsyncConnection, id: int, leads: Sequence[int]) -> None:
    """How long before the start this person wants to be reminded."""
    await tx.execute(update(bookings).where(bookings.c.id == id).values(leads=json.dumps(list(leads))))


async def counts(tx: AsyncConnection, occasion: int) -> Mapping[str, int]:
    """How many are in each state."""
    found = select(bookings.c.state, func.count()).where(bookings.c.occasion == occasion)
    return {state: number for state, number in await tx.execute(found.group_by(bookings.c.state))}


async def ahead(tx: AsyncConnection, occasion: int, asked: datetime) -> int:
    """How many wait before someone who asked then."""
    waits = (bookings.c.occasion == occasion, bookings.c.state == "waiting", bookings.c.asked < asked)
    number: int = (await tx.execute(select(func.count()).where(*waits))).scalar_one()
    return number


async def run_out(tx: AsyncConnection, occasion: int, now: datetime) -> Sequence[Kept]:
    """Offers whose time is up."""
    theirs = (bookings.c.occasion == occasion, bookings.c.state == "offered", bookings.c.offered_until <= now)
    return [Kept(*row) for row in await tx.execute(_KEPT.where(*theirs))]


async def in_line(tx: AsyncConnection, occasion: int, limit: int | None, read_at: datetime) -> Sequence[Next]:
    """The first in line who can be told by then. Whoever cannot keeps their place for the next time."""
    columns = [people.c[name] for name in ("channel", "address", "language", "area")]
    found = select(bookings.c.id, bookings.c.person, bookings.c.asked, *columns)
    awake = or_(people.c.quiet_until.is_(None), people.c.quiet_until <= read_at)
    waits = (bookings.c.occasion == occasion, bookings.c.state == "waiting")
    told = (people.c.reachable.is_(True), people.c.stopped.is_(False), awake)
    found = found.join(people, people.c.id == bookings.c.person).where(*waits, *told)
    return [Next(*row) for row in await tx.execute(found.order_by(bookings.c.asked).limit(limit))]


async def mine(tx: AsyncConnection, person: str, now: datetime) -> Sequence[Mine]:
    """What somebody has booked that is still to come, soonest first."""
    own = [bookings.c[name] for name in ("id", "occasion", "state", "offered_until")]
    where = [occasions.c[name] for name in ("session", "listed", "starts")]
    found = select(*own, *where).join(occasions, occasions.c.id == bookings.c.occasion)
    ahead_ = (occasions.c.starts > now, occasions.c.state == "on")
    found = found.where(bookings.c.person == person, bookings.c.state.in_(KEPT), *ahead_)
    return [Mine(*row) for row in await tx.execute(found.order_by(occasions.c.starts, bookings.c.id))]


async def reminded(tx: AsyncConnection, person: str) -> Mapping[str, tuple[datetime, ...]]:
    """When this person's reminders come, by what they are about ("occasion:5")."""
    theirs = (ledger.c.person == person, ledger.c.key.like("remind:%"), ledger.c.state == "planned")
    times: dict[str, tuple[datetime, ...]] = {}
    for about, due in await tx.execute(
        select(ledger.c.about, ledger.c.due).where(*theirs).order_by(ledger.c.due)
    ):
        times[about] = (*times.get(about, ()), due)
    return times


class Line(NamedTuple):
    """A date with a waiting list or an offer: how things stand there."""

    occasion: int
    session: str
    taken: int
    waiting: int
    run_out: int


async def lines(tx: AsyncConnection, now: datetime) -> Sequence[Line]:
    """Every date to come where somebody waits or an offer has run out."""

    late = (bookings.c.state == "offered") & (bookings.c.offered_until <= now)
    waiting, over = _number(bookings.c.state == "waiting"), _number(late)
    taken = _number(bookings.c.state.in_(TAKEN))
    found = select(bookings.c.occasion, occasions.c.session, taken, waiting, over)
    found = found.join(occasions, occasions.c.id == bookings.c.occasion)
    found = found.where(occasions.c.starts > now, occasions.c.state == "on")
    found = found.group_by(bookings.c.occasion, occasions.c.session)
    rows = await tx.execute(found.having((waiting > 0) | (over > 0)))
    return [Line(*row) for row in rows]


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


async def called_off(tx: AsyncConnection) -> Sequence[int]:
    """Dates that are not held and still have an offer open."""
    found = select(bookings.c.occasion).join(occasions, occasions.c.id == bookings.c.occasion)
    found = found.where(bookings.c.state == "offered", occasions.c.state != "on").distinct()
    return list((await tx.execute(found)).scalars())


async def end_offers(tx: AsyncConnection, occasion: int) -> None:
    """No offer of this date holds any more."""
    here = (bookings.c.occasion == occasion, bookings.c.state == "offered")
    await tx.execute(update(bookings).where(*here).values(state="lapsed", offered_until=None))


class Coming(NamedTuple):
    """Who is coming, for staff: short codes, nobody's name. `free` is None where no capacity is stated."""

    booked: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    reminded: int = 0
    capacity: int | None = None
    free: int | None = None


async def coming(tx: AsyncConnection, date: SessionDate, capacity: int | None) -> Coming:
    """The codes that people can say at the door, in the order in which they asked."""
    found = select(bookings.c.person, bookings.c.state)
    found = found.join(occasions, occasions.c.id == bookings.c.occasion)
    found = found.where(occasions.c.session == date.session, occasions.c.listed == date.listed)
    codes: dict[str, list[str]] = {state: [] for state in KEPT}
    for person, state in await tx.execute(found.order_by(bookings.c.asked)):
        if state in codes:
            codes[state].append(short_code(person, date))
    taken = sum(len(codes[state]) for state in TAKEN)
    free = None if capacity is None else max(0, capacity - taken)
    booked, offered, waiting = (tuple(codes[state]) for state in ("booked", "offered", "waiting"))
    return Coming(booked, offered, waiting, len(codes["reminded"]), capacity, free)
