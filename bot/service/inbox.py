"""The inbox at work: any number of processes decide what waits, each person's updates in their order."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.model import Event, Say
from bot.service.mistakes import OUTAGE, note
from bot.service.turns import Turns, unless_stale
from bot.store import arrivals, ledger, people
from bot.store.arrivals import Raw, Waiting, Whose
from bot.store.engine import Store
from bot.store.ledger import To
from bot.store.people import Known, Stale

Translate: TypeAlias = Callable[[str], Event | None]

# After so many attempts that a bug of ours broke, the update is set aside and the person told so.
ATTEMPTS = 3
# PostgreSQL decides for several people at once; SQLite has one writer anyway.
SIDE_BY_SIDE = 8


class Nothing(Exception):
    """This person is being served by another process, or has nothing waiting any more."""


class Broken(Exception):
    """A bug of ours stopped the turn of this arrival; the bug itself is the cause."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.id)
        self.arrival = waiting.id
        self.payload = waiting.payload


class Inbox:
    def __init__(self, store: Store, turns: Turns, clock: Clock, translate: Mapping[str, Translate]) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock
        self._translate = translate

    async def accept(self, raws: Sequence[Raw]) -> None:
        async with self._store.write() as tx:
            await arrivals.accept(tx, raws, self._clock())
        self._store.arrived.set()

    async def work(self, limit: int) -> int:
        async with self._store.read() as tx:
            waiting = await arrivals.waiting(tx, limit)
        side_by_side = 1 if self._store.single_writer else SIDE_BY_SIDE
        decided = 0
        for start in range(0, len(waiting), side_by_side):
            batch = waiting[start : start + side_by_side]
            decided += sum(await asyncio.gather(*(self._serve(whose) for whose in batch)))
        return decided

    async def _serve(self, whose: Whose) -> int:
        """Decide the oldest update of one person; 1 if it is off the list now."""
        try:
            await unless_stale(lambda: self._decide(whose))
        except Nothing:
            return 0
        except Broken as broken:
            return await self._failed(whose, broken)
        self._store.planned.set()
        return 1

    async def _decide(self, whose: Whose) -> None:
        now = self._clock()
        async with self._store.write() as tx:
            known = await people.lock(tx, whose.channel, whose.address, now, wait=False)
            waiting = await arrivals.oldest(tx, whose) if known else None
            if known is None or waiting is None:
                raise Nothing
            try:
                await self._turn(tx, known, waiting, now)
            except (Stale, *OUTAGE):
                raise
            except Exception as error:
                raise Broken(waiting) from error

    async def _turn(self, tx: AsyncConnection, known: Known, waiting: Waiting, now: datetime) -> None:
        """The turn, and the end of the update that asked for it: both or neither."""
        await arrivals.decided(tx, waiting.id)
        event = self._translate[known.channel](waiting.payload)
        if event is not None:
            await self._turns.take(tx, known, waiting.id, event, now, shown=False)

    async def _failed(self, whose: Whose, broken: Broken) -> int:
        """Count the attempt; after the last one set the update aside and say it was our mistake."""
        if isinstance(broken.__cause__, Exception):
            note(broken.__cause__, channel=whose.channel, arrival=broken.arrival)
        now = self._clock()
        async with self._store.write() as tx:
            if await arrivals.failed(tx, broken.arrival) < ATTEMPTS:
                return 0
            await arrivals.decided(tx, broken.arrival, state="parked")
            if (known := await people.lock(tx, whose.channel, whose.address, now)) is not None:
                to = To(broken.arrival, known.person.id, whose.channel, whose.address)
                await ledger.reply(tx, to, self._excuse(known, broken.payload), now)
        self._store.planned.set()
        return 1

    def _excuse(self, known: Known, payload: str) -> list[Say]:
        # Were this to fail as well, the update must still be set aside, or it would block the person.
        with contextlib.suppress(Exception):
            return [self._turns.mistake(known.person, self._translate[known.channel](payload))]
        return []
