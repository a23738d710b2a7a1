"""Whatever people do, in any order: never a place too many, always in line, no offer twice."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.bookings import Book, CancelBooking, RemindMe
from bot.conversation.world import World
from bot.messaging import booking
from bot.messaging.offers import lapse, offer_ends
from bot.messaging.whose import Whose
from bot.store import people
from bot.store.engine import Store
from bot.store.erase import erase
from bot.store.tables import bookings, ledger, letters, notices, occasions
from bot.store.tables import people as people_table
from tests.bookings.people import DATE, LISTED, with_capacity
from tests.databases import START, rows

TAPS: dict[str, Book | CancelBooking | RemindMe] = {
    "book": Book(DATE),
    "cancel": CancelBooking(DATE),
    "remind": RemindMe(DATE),
}
NAMES = st.sampled_from(["ann", "bob", "cem", "dot", "eve"])
CAPACITIES: tuple[int | None, ...] = (1, 2, 3, None)


class Step(NamedTuple):
    """What happens: a tap, an erasure, a stop, hours that pass, another capacity, the tick."""

    what: str
    name: str = ""
    number: int = 0


TAP = st.builds(Step, st.sampled_from(["book", "book", "book", "cancel", "remind", "erase", "stop"]), NAMES)
WAIT = st.builds(Step, st.just("wait"), st.just(""), st.integers(1, 30))
ROOM = st.builds(Step, st.just("capacity"), st.just(""), st.integers(0, 3))
STEPS = st.lists(st.one_of(TAP, TAP, TAP, WAIT, ROOM, st.just(Step("lapse"))), max_size=25)


class Seen(NamedTuple):
    """Somebody in the line or in the room."""

    state: str
    asked: datetime


@dataclass
class Hall:
    """The real tables, looked at after every step."""

    store: Store
    capacity: int | None = 1
    now: datetime = START

    @property
    def world(self) -> World:
        return with_capacity(self.capacity).world

    async def step(self, step: Step) -> None:
        before = await self.seen()
        await self._do(step)
        after = await self.seen()
        self.never_a_place_too_many(before, after)
        self.always_in_line(before, after)
        await self.no_offer_twice()
        if step.what == "lapse":
            self.no_place_stays_free(after)

    async def _do(self, step: Step) -> None:
        match step.what:
            case "wait":
                self.now += timedelta(hours=step.number)
            case "capacity":
                self.capacity = CAPACITIES[step.number]
            case "lapse":
                await lapse(self.store, self.world, self.now)
            case _:
                await self._act(step)

    async def _act(self, step: Step) -> None:
        async with self.store.write() as tx:
            known = await people.lock(tx, "web", step.name, self.now)
            assert known is not None
            whose = Whose(known.person.id, "web", step.name, "en")
            if step.what == "erase":
                await erase(tx, whose.person)
            elif step.what == "stop":
                await booking.give_back(tx, whose.person, self.world, self.now)
            else:
                await booking.do(tx, whose, TAPS[step.what], self.world, self.now)

    async def seen(self) -> dict[str, Seen]:
        return {row["person"]: Seen(row["state"], row["asked"]) for row in await rows(self.store, bookings)}

    def never_a_place_too_many(self, before: dict[str, Seen], after: dict[str, Seen]) -> None:
        """More than the capacity only where authors made it smaller: then it never grows."""
        if self.capacity is not None:
            assert taken(after) <= max(self.capacity, taken(before))

    def always_in_line(self, before: dict[str, Seen], after: dict[str, Seen]) -> None:
        """Whoever comes forward, nobody who asked earlier is left behind; and nobody new passes them."""
        waiting = [seen.asked for seen in after.values() if seen.state == "waiting"]
        for person, seen in after.items():
            was = before.get(person, Seen("", seen.asked)).state
            if seen.state == "offered" and was != "offered":
                assert not [asked for asked in waiting if asked < seen.asked]
            if seen.state == "booked" and was not in ("booked", "offered") and self.offers_are_made():
                assert not waiting

    async def no_offer_twice(self) -> None:
        """One message for each time that somebody stood in the line."""
        keys = [row["key"] for row in await rows(self.store, ledger) if row["key"].startswith("offer:")]
        assert max(Counter(keys).values(), default=1) == 1

    def no_place_stays_free(self, after: dict[str, Seen]) -> None:
        if self.offers_are_made() and any(seen.state == "waiting" for seen in after.values()):
            assert self.capacity is not None
            assert taken(after) >= self.capacity

    def offers_are_made(self) -> bool:
        return offer_ends(LISTED, self.now, self.world.local.quiet) is not None


def taken(line: dict[str, Seen]) -> int:
    return sum(seen.state in ("booked", "offered") for seen in line.values())


@given(STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_place_too_many_and_always_in_line(database: str, steps: list[Step]) -> None:
    asyncio.run(_play(database, steps))


async def _play(database: str, steps: list[Step]) -> None:
    store = Store(database)
    try:
        async with store.write() as tx:
            for table in (ledger, letters, bookings, occasions, notices, people_table):
                await tx.execute(delete(table))
        hall = Hall(store)
        for step in steps:
            await hall.step(step)
    finally:
        await store.close()
