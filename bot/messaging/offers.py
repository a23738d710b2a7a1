"""Free places and the waiting list: each free place is offered to the next in line, for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import booked
from bot.conversation.world import World
from bot.model import Person
from bot.quiet import Quiet
from bot.store import bookings, ledger, letters, notices, occasions
from bot.store.bookings import TAKEN, Kept, Line, Next
from bot.store.columns import EPOCH, MILLISECOND
from bot.store.engine import Store
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter
from bot.store.occasions import Occasion

LASTS = timedelta(hours=24)
LAST = timedelta(hours=2)
"""So long before the start every offer has ended: people need time to set out."""
SHORTEST = timedelta(minutes=30)
"""An offer that nobody could read in time is not made."""


def offer_ends(starts: datetime, now: datetime, quiet: Quiet) -> datetime | None:
    """Until when an offer made now holds, counted from when it can be read; None when it is too late."""
    read_at = quiet.after(now)
    ends = min(read_at + LASTS, starts - LAST)
    return ends if ends - read_at >= SHORTEST else None


def capacity_of(world: World, session: str) -> int | None:
    """How many may come; None when the listing states no limit."""
    listing = world.directory.listings.get(session)
    return listing.series.capacity if listing else 0


async def settle(
    tx: AsyncConnection, occasion: Occasion, world: World, now: datetime, freed: bool = False
) -> None:
    """Offers whose time is up lapse, and free places are offered on. The date is locked by the caller.

    `freed`: a place has just been given back; when it is too late to offer it, staff are told.
    """
    over = occasion.starts - LAST <= now
    lapsed = await bookings.run_out(tx, occasion.id, occasion.starts if over else now)
    for one in lapsed:
        await bookings.become(tx, one.id, "lapsed")
    await unsay(tx, occasion, lapsed, now, "lapsed")
    counts = await bookings.counts(tx, occasion.id)
    capacity, taken = capacity_of(world, occasion.session), sum(counts.get(state, 0) for state in TAKEN)
    free = None if capacity is None else capacity - taken
    if (free is not None and free <= 0) or occasion.starts <= now:
        return
    if (until := offer_ends(occasion.starts, now, world.local.quiet)) is not None:
        await _offer(tx, occasion, free, until, world, now)
    elif (freed or lapsed) and free is not None:
        await notices.add(tx, "free-place", f"occasion:{occasion.id}", now)


async def _offer(
    tx: AsyncConnection, occasion: Occasion, free: int | None, until: datetime, world: World, now: datetime
) -> None:
    """The next in line are told, once each."""
    read_at = world.local.quiet.after(now)
    planned = []
    for one in await bookings.in_line(tx, occasion.id, free, read_at):
        await bookings.become(tx, one.id, "offered", until)
        letter = await _letter(tx, occasion, one, until, world, now)
        planned.append(
            Planned(
                key=_key(occasion, one.person, one.asked),
                urgency=Urgency.REMINDER,
                about=f"offer:{occasion.id}",
                person=one.person,
                channel=one.channel,
                address=one.address,
                due=read_at,
                letter=letter,
            )
        )
    await ledger.plan(tx, planned, now)


async def _letter(
    tx: AsyncConnection, occasion: Occasion, one: Next, until: datetime, world: World, now: datetime
) -> int:
    texts = world.texts_for(Person(language=one.language, area=one.area))
    say = booked.offer(texts, world, occasion.date, (occasion.starts, until), now)
    key = f"offer:{occasion.id}:{one.language}:{_number(occasion.starts)}:{_number(until)}"
    return await letters.write(tx, Letter(key, say, late="send", useless_from=until), now)


async def unsay(
    tx: AsyncConnection,
    occasion: Occasion,
    ended: Sequence[Kept],
    now: datetime,
    reason: str,
) -> None:
    """The offers' messages that have not gone out do not go out any more."""
    keys = [_key(occasion, one.person, one.asked) for one in ended]
    if keys:
        await ledger.call_off_keys(tx, keys, now, reason)


def _key(occasion: Occasion, person: str, asked: datetime) -> str:
    """Nobody has the same place in the same line twice, so nobody is offered it twice."""
    return f"offer:{occasion.id}:{person}:{_number(asked)}"


def _number(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND


async def lapse(store: Store, world: World, now: datetime) -> None:
    """Every 30 seconds: offers that ran out, places of people who are gone, dates that got more room."""
    async with store.read() as tx:
        lines = await bookings.lines(tx, now)
    for line in lines:
        if _stirs(line, capacity_of(world, line.session)):
            async with store.write() as tx:
                occasion = await occasions.lock_id(tx, line.occasion)
                if occasion is not None and occasion.state == "on":
                    await settle(tx, occasion, world, now)
            store.planned.set()
    await _off(store, now)


def _stirs(line: Line, capacity: int | None) -> bool:
    """Whether something is to be done about a date."""
    room = capacity is None or capacity > line.taken - line.run_out
    return line.run_out > 0 or (room and line.waiting > 0)


async def _off(store: Store, now: datetime) -> None:
    """Offers of a date that was called off end with it."""
    async with store.read() as tx:
        found = await bookings.called_off(tx)
    for id in found:
        async with store.write() as tx:
            occasion = await occasions.lock_id(tx, id)
            if occasion is not None and occasion.state != "on":
                await ledger.call_off(tx, f"offer:{id}", now, "called off")
                await bookings.end_offers(tx, id)
