"""Booking a session, in the transaction of the turn, with the date locked: no place is given twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import (
    Book,
    Booking,
    BookingDone,
    BookingOutcome,
    CancelBooking,
    ChooseReminders,
    GivenBack,
    MyBookings,
    RemindMe,
    SessionDate,
    ShowBookings,
)
from bot.conversation.world import World
from bot.directory.occurrences import occurrence
from bot.messaging import offers, reminders
from bot.messaging.whose import Whose
from bot.store import bookings, occasions
from bot.store.bookings import KEPT, TAKEN, Kept
from bot.store.occasions import Occasion

Asked: TypeAlias = Book | RemindMe | CancelBooking | ChooseReminders


@dataclass(frozen=True, slots=True)
class Desk:
    """One request about one date, whose row is locked."""

    tx: AsyncConnection
    person: str
    occasion: Occasion
    kept: Kept | None
    world: World
    now: datetime

    @property
    def state(self) -> str:
        return self.kept.state if self.kept else ""

    def done(self, outcome: BookingOutcome, to_come: Sequence[datetime] = (), ahead: int = 0) -> BookingDone:
        return BookingDone(outcome, self.occasion.date, self.occasion.starts, tuple(to_come), ahead)


async def do(
    tx: AsyncConnection, whose: Whose, request: Asked | ShowBookings, world: World, now: datetime
) -> BookingDone | MyBookings | None:
    """Do it; what came of it, or None when nothing needs saying."""
    if isinstance(request, ShowBookings):
        return await mine(tx, whose.person, now, request.offers_only)
    occasion = await _occasion(tx, request.date, world, now)
    if occasion is None:
        return BookingDone("gone", request.date)
    if (why := _closed(occasion, request, world, now)) is not None:
        return BookingDone(why, occasion.date, occasion.starts)
    await offers.settle(tx, occasion, world, now)
    kept = await bookings.of(tx, occasion.id, whose.person)
    return await _done(Desk(tx, whose.person, occasion, kept, world, now), request)


async def _done(desk: Desk, request: Asked) -> BookingDone | MyBookings | None:
    match request:
        case Book():
            return await _book(desk)
        case RemindMe():
            return await _remind(desk)
        case CancelBooking():
            return await _cancel(desk)
        case ChooseReminders():
            return await _choose(desk, request.leads)
        case _:
            assert_never(request)


async def _occasion(tx: AsyncConnection, date: SessionDate, world: World, now: datetime) -> Occasion | None:
    """The locked row of a date, written down when it is the first time that somebody asks for it."""
    if (known := await occasions.lock(tx, date)) is not None:
        return known
    change = await occasions.change_of(tx, date)
    if change and change.listed != date.listed:
        # A card that shows where the date was moved to: its name is the listed start.
        return await _occasion(tx, SessionDate(date.session, change.listed), world, now)
    found = occurrence(world.directory, date, now, change.moved_to if change else None)
    if found is None:
        return None
    off = change.kind == "cancelled" if change else found.cancelled
    state = "cancelled" if off else "on"
    new = Occasion(0, date.session, date.listed, found.starts, found.ends, found.place, state)
    await occasions.make(tx, new, now)
    return await occasions.lock(tx, date)


def _closed(occasion: Occasion, request: Asked, world: World, now: datetime) -> BookingOutcome | None:
    """Why nothing can be asked of this date any more."""
    if occasion.state == "cancelled":
        return "called-off"
    if occasion.starts <= now or occasion.state == "over":
        return "over"
    unknown = occasion.session not in world.directory.listings
    return "gone" if unknown and isinstance(request, Book | RemindMe) else None


async def _book(desk: Desk) -> BookingDone:
    if desk.state == "booked":
        return desk.done("already-booked", await _planned(desk))
    if desk.state == "offered" and desk.kept:
        await bookings.become(desk.tx, desk.kept.id, "booked")
        await offers.unsay(desk.tx, desk.occasion, (desk.kept,), desk.now, "answered")
        return desk.done("booked", await _plan(desk, desk.kept.id))
    if await _room(desk):
        id = await bookings.put(desk.tx, desk.occasion.id, desk.person, "booked", desk.now)
        return desk.done("booked", await _plan(desk, id))
    return await _wait(desk)


async def _room(desk: Desk) -> bool:
    """Whether there is a place. What is free now could be offered to nobody who waits."""
    capacity = offers.capacity_of(desk.world, desk.occasion.session)
    if capacity is None:
        return True
    counts = await bookings.counts(desk.tx, desk.occasion.id)
    return capacity > sum(counts.get(state, 0) for state in TAKEN)


async def _wait(desk: Desk) -> BookingDone:
    if desk.kept and desk.state == "waiting":
        return desk.done("already-waiting", ahead=await _ahead(desk, desk.kept))
    id = await bookings.put(desk.tx, desk.occasion.id, desk.person, "waiting", desk.now)
    if desk.state == "reminded":
        await reminders.drop(desk.tx, [id], desk.now, "waiting")
    kept = await bookings.of(desk.tx, desk.occasion.id, desk.person)
    return desk.done("waiting", ahead=await _ahead(desk, kept) if kept else 0)


async def _ahead(desk: Desk, kept: Kept) -> int:
    return await bookings.ahead(desk.tx, desk.occasion.id, kept.asked)


async def _remind(desk: Desk) -> BookingDone | MyBookings | None:
    if desk.kept and desk.state == "waiting":
        return desk.done("already-waiting", ahead=await _ahead(desk, desk.kept))
    if desk.state == "offered":
        return await mine(desk.tx, desk.person, desk.now, offers_only=True)
    if desk.state == "booked":
        return desk.done("already-booked", await _planned(desk))
    id = await bookings.put(desk.tx, desk.occasion.id, desk.person, "reminded", desk.now)
    return desk.done("reminding", await _plan(desk, id))


async def _cancel(desk: Desk) -> BookingDone:
    if desk.kept is None or desk.state not in KEPT:
        return desk.done("not-booked")
    await _give_back(desk.tx, desk.occasion, desk.kept, desk.now)
    await offers.settle(desk.tx, desk.occasion, desk.world, desk.now, freed=desk.state in TAKEN)
    return desk.done("cancelled")


async def _give_back(tx: AsyncConnection, occasion: Occasion, kept: Kept, now: datetime) -> None:
    await bookings.become(tx, kept.id, "cancelled")
    await reminders.drop(tx, [kept.id], now, "cancelled")
    await offers.unsay(tx, occasion, (kept,), now, "answered")


async def _choose(desk: Desk, leads: Sequence[int]) -> BookingDone:
    if desk.kept is None or desk.state not in ("booked", "reminded"):
        return desk.done("not-booked")
    await bookings.choose_leads(desk.tx, desk.kept.id, leads)
    return desk.done("reminders-chosen", await _plan(desk, desk.kept.id))


async def _plan(desk: Desk, id: int) -> tuple[datetime, ...]:
    return await reminders.plan(desk.tx, id, desk.world, desk.now)


async def _planned(desk: Desk) -> tuple[datetime, ...]:
    """What is to come of the reminders, as they are planned already; planning again changes nothing."""
    return await _plan(desk, desk.kept.id) if desk.kept else ()


async def mine(
    tx: AsyncConnection, person: str, now: datetime, offers_only: bool = False
) -> MyBookings | None:
    """What somebody has booked that is still to come."""
    found = [one for one in await bookings.mine(tx, person, now) if not offers_only or one.state == "offered"]
    if offers_only and not found:
        return None
    times = await bookings.reminded(tx, person) if found else {}
    return MyBookings(
        tuple(
            Booking(
                SessionDate(one.session, one.listed),
                one.state,
                one.starts,
                times.get(f"occasion:{one.occasion}", ()),
                one.offered_until,
            )
            for one in found
        )
    )


async def give_back(
    tx: AsyncConnection, person: str, world: World, now: datetime, keep: Sequence[str] = ()
) -> GivenBack | None:
    """What this person has booked goes back, but for what is in a state to `keep`."""
    found = await mine(tx, person, now)
    # In one order everywhere, so that two who give back several never wait for each other.
    for id in sorted(one.occasion for one in await bookings.mine(tx, person, now)):
        occasion = await occasions.lock_id(tx, id)
        kept = await bookings.of(tx, id, person)
        if occasion is not None and kept is not None and kept.state in KEPT and kept.state not in keep:
            await _give_back(tx, occasion, kept, now)
            await offers.settle(tx, occasion, world, now, freed=kept.state in TAKEN)
    if not found or not found.bookings:
        return None
    gone = tuple(one for one in found.bookings if one.state not in keep)
    return GivenBack(gone, tuple(one for one in found.bookings if one.state in keep))
