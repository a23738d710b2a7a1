"""The service: every channel's way to the navigator, and the only one who saves a person."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.bookings import SessionDate
from bot.clock import Clock
from bot.conversation.calendars import Changed
from bot.leaflet_links import Leaflet, Wish
from bot.model import Arrival, Measure, Person, Say
from bot.service.inbox import Inbox, Translate
from bot.service.mistakes import OUTAGE, note
from bot.service.turns import Navigator, Turns, unless_stale
from bot.staff import room
from bot.staff.room import GroupHeard
from bot.store import arrivals, leaflets, ledger, measures, occasions, people
from bot.store.arrivals import Raw
from bot.store.engine import Store
from bot.store.ledger import Pushed

POLL_SECONDS = 0.2
SCREEN = "screen"
"""Who made the leaflets of screens."""
TRIES = 2


class Service:
    """One for a process; any number of processes on one database."""

    def __init__(
        self,
        store: Store,
        navigator: Callable[[], Navigator],
        clock: Clock,
        translate: Mapping[str, Translate] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._turns = Turns(navigator)
        self._inbox = Inbox(store, self._turns, clock, translate or {})

    async def handle(self, arrival: Arrival) -> tuple[Say, ...]:
        """Decide an arrival now; its answers are the caller's to show. A repeat gets the same answers."""
        for _ in range(TRIES):
            try:
                return await unless_stale(lambda: self._handle(arrival))
            except Exception as error:
                note(error, channel=arrival.channel, update=arrival.update)
        return (self._turns.mistake(Person(channel=arrival.channel), arrival.event),)

    async def _handle(self, arrival: Arrival) -> tuple[Say, ...]:
        now = self._clock()
        async with self._store.write() as tx:
            number = await arrivals.first_time(tx, arrival.channel, arrival.update, now)
            if number is None:
                seen = await arrivals.seen(tx, arrival.channel, arrival.update)
                return () if seen is None else await ledger.said(tx, seen)
            known = await people.lock(tx, arrival.channel, arrival.address, now)
            if known is None:
                raise people.Stale(arrival.channel)
            return await self._turns.take(tx, known, number, arrival.event, now)

    async def accept(self, raws: Sequence[Raw]) -> None:
        """Raw updates into the inbox, in one commit: acknowledge them after this, never before."""
        await self._inbox.accept(raws)

    async def work(self, limit: int = 100) -> int:
        """Decide what waits, one update of each of up to `limit` people; how many were decided."""
        return await self._inbox.work(limit)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`: at once when updates come in here, within 200 ms when in another process."""
        while not stop.is_set():
            self._store.arrived.clear()
            if not await self._work():
                await self._wait(stop)

    async def recent(self, channel: str, address: str, limit: int) -> tuple[Say, ...]:
        """Our own last messages to an address, oldest first; never the person's words."""
        async with self._store.read() as tx:
            return await ledger.recent(tx, channel, address, limit)

    async def pushed(self, channel: str, address: str, after: int | None) -> Pushed:
        """What came to an address unasked since `after`: the team's answers, an offer, a reminder."""
        async with self._store.read() as tx:
            return await ledger.pushed(tx, channel, address, after)

    async def person(self, channel: str, address: str) -> Person:
        """Whoever writes from this address, only looked at; a stranger is a fresh Person without an id."""
        async with self._store.read() as tx:
            return await people.find(tx, channel, address) or Person(channel=channel)

    async def person_of(self, id: str) -> Person | None:
        """The person of that id, only looked at."""
        async with self._store.read() as tx:
            return await people.of_id(tx, id)

    async def last_page(self, person: str) -> Say | None:
        """The page to print that this person was shown last, as long as we keep our messages."""
        async with self._store.read() as tx:
            return await ledger.last_page(tx, person)

    async def changed(self, date: SessionDate) -> Changed | None:
        """What staff did to a date of a session."""
        async with self._store.read() as tx:
            change = await occasions.change_of(tx, date)
        return Changed(change.listed, change.moved_to, change.made) if change else None

    async def leaflet(self, id: int) -> Leaflet | None:
        """What the leaflet of this number says. Who scans one finds the way in even when we cannot look."""
        try:
            async with self._store.read() as tx:
                made = await leaflets.of_id(tx, id)
        except Exception as error:
            note(error, leaflet=id)
            return None
        return made.leaflet if made else None

    async def screen_leaflet(self, wish: Wish) -> Leaflet:
        """What a waiting-room screen shows a code for; made when it is shown first."""
        async with self._store.write() as tx:
            return (await leaflets.make(tx, wish, SCREEN, self._clock())).leaflet

    async def scanned(self, leaflet: Leaflet, day: date) -> None:
        """Count a scan on this local day, without anybody in it."""
        scan = Measure("leaflet", str(leaflet.id), "scan", leaflet.area, leaflet.language)
        try:
            async with self._store.write() as tx:
                await measures.add(tx, [scan], day)
        except Exception as error:
            note(error, leaflet=leaflet.id)

    async def room(self, heard: GroupHeard) -> None:
        """Something in a group on Telegram. A bug of ours must not hold up everybody's updates behind it."""
        try:
            await self._room(heard)
        except OUTAGE:
            raise
        except Exception as error:
            note(error, channel="telegram", update=heard.update)

    async def _room(self, heard: GroupHeard) -> None:
        async with self._store.read() as tx:
            if not await room.concerns_us(tx, heard):
                return
        async with self._store.write() as tx:
            await room.hear(tx, heard, self._turns.world, self._clock())
        self._store.planned.set()

    async def standing(self, channel: str, address: str, reachable: bool) -> None:
        """The channel says that somebody shut us out, or let us in again."""
        async with self._store.write() as tx:
            await (people.returned if reachable else people.unreachable)(tx, channel, address)

    async def _work(self) -> int:
        try:
            return await self.work()
        except Exception as error:
            note(error)
            return 0

    async def _wait(self, stop: asyncio.Event) -> None:
        waits = [asyncio.create_task(event.wait()) for event in (stop, self._store.arrived)]
        await asyncio.wait(waits, timeout=POLL_SECONDS, return_when="FIRST_COMPLETED")
        for wait in waits:
            wait.cancel()
