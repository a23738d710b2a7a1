"""The sender: claims messages from the ledger, puts them before people, and writes down how it went."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.clock import Clock
from bot.messaging import pace as paces_of
from bot.messaging.outcomes import Delivered, Outcome
from bot.messaging.pace import Pace
from bot.messaging.results import Result, record
from bot.model import Gone, Moved, Refused, Say, TryLater, Unsure
from bot.store import outgoing, paces
from bot.store.engine import Store, moment
from bot.store.outgoing import Leased

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.2
BATCH_SECONDS = 0.02
# Less than outgoing.LEASE, so that nobody takes over a message that we still send.
SEND_SECONDS = 20.0
IN_FLIGHT = 32
LONGEST_HINT = timedelta(minutes=1)


class Channel(Protocol):
    """Where messages go. `key` names the message for good: the same key is the same message."""

    async def send(self, address: str, say: Say, key: str) -> str:
        """Put it before the person and return the channel's own id of it.

        Raises TryLater, Gone, Moved, Refused or Unsure (bot/model.py), and nothing else.
        """
        ...


@dataclass
class Dispatcher:
    """One of any number of senders on one database."""

    store: Store
    channels: Mapping[str, Channel]
    pace: Pace
    clock: Clock
    owner: str = field(default_factory=lambda: uuid4().hex)
    _results: list[Result] = field(default_factory=list)
    _sending: set[asyncio.Task[None]] = field(default_factory=set)
    _pauses: dict[str, datetime] = field(default_factory=dict)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then let what is in flight arrive, and write it down."""
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            await self._round()
            await self._wait(stopped)
        if self._sending:
            await asyncio.wait(self._sending, timeout=SEND_SECONDS + 1)
        await self._round(claim=False)

    async def step(self) -> int:
        """One round to its end, for tests: claim, send, write down. How many were tried."""
        claimed = await self._exchange(claim=True)
        await asyncio.gather(*(self._deliver(message) for message in claimed))
        await self._exchange(claim=False)
        return len(claimed)

    async def _round(self, claim: bool = True) -> None:
        self.store.planned.clear()
        try:
            for message in await self._exchange(claim):
                task = asyncio.create_task(self._deliver(message))
                # The loop itself holds tasks weakly: one that nobody keeps may vanish in mid-flight.
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
        except Exception as error:
            log.error("a round of the sender failed", error=type(error).__name__)

    async def _wait(self, stopped: asyncio.Task[bool]) -> None:
        """Until there may be something to do; busy rounds are 20 ms apart, so that commits are shared."""
        woken = asyncio.create_task(self.store.planned.wait())
        await asyncio.wait((woken, stopped), timeout=self._longest_wait(), return_when="FIRST_COMPLETED")
        woken.cancel()
        if self._sending and not stopped.done():
            await asyncio.wait((stopped,), timeout=BATCH_SECONDS)

    def _longest_wait(self) -> float:
        now = self.clock()
        pauses = [(until - now).total_seconds() for until in self._pauses.values()]
        return min([POLL_SECONDS, *(max(BATCH_SECONDS, pause) for pause in pauses)])

    async def _exchange(self, claim: bool) -> list[Leased]:
        """Write results down and claim the next messages, in one transaction."""
        results = list(self._results)
        room = IN_FLIGHT - len(self._sending) if claim else 0
        if not results and not (room > 0 and await self._anything()):
            return []
        async with self.store.write() as tx:
            now = await moment(tx, self.clock)
            claimed: list[Leased] = []
            for channel in self.channels:
                claimed += await self._channel(tx, channel, results, room - len(claimed), now)
        # Only now: had the commit failed, the results would be needed again.
        del self._results[: len(results)]
        return claimed

    async def _anything(self) -> bool:
        async with self.store.read() as tx:
            now = await moment(tx, self.clock)
            awake = [name for name in self.channels if not self._pausing(name, now)]
            return bool(awake) and await outgoing.anything(tx, awake, now)

    def _pausing(self, channel: str, now: datetime) -> bool:
        """A hint that spares the database. A far one is from before the clock was set back."""
        return timedelta() < self._pauses.get(channel, now) - now < LONGEST_HINT

    async def _channel(
        self, tx: AsyncConnection, channel: str, results: list[Result], room: int, now: datetime
    ) -> list[Leased]:
        turnstile = await paces.lock(tx, channel)
        dead = [(message, Unsure()) for message in await outgoing.expired(tx, channel, now)]
        ours = [result for result in results if result[0].channel == channel]
        self._pauses[channel] = max(
            await record(tx, channel, [*ours, *dead], now), turnstile.frozen_until or now
        )
        if self._pauses[channel] > now or room <= 0:
            return []
        return await self._claim(tx, channel, turnstile.next_microsecond, room, now)

    async def _claim(
        self, tx: AsyncConnection, channel: str, next_microsecond: int, room: int, now: datetime
    ) -> list[Leased]:
        allowed = paces_of.granted(self.pace, next_microsecond, now)
        if not allowed:
            self._pauses[channel] = now + paces_of.wait(self.pace, next_microsecond, now)
            return []
        limit = min(allowed, room)
        claimed = await outgoing.claim(tx, channel, self.owner, limit, self.pace.chat, now)
        if claimed:
            later = paces_of.after(self.pace, next_microsecond, now, len(claimed))
            await paces.move(tx, channel, later)
            if len(claimed) == allowed:
                self._pauses[channel] = now + paces_of.wait(self.pace, later, now)
        return claimed

    async def _deliver(self, message: Leased) -> None:
        outcome = await self._send(message)
        self._results.append((message, outcome))
        self.store.planned.set()

    async def _send(self, message: Leased) -> Outcome:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                channel = self.channels[message.channel]
                return Delivered(
                    await channel.send(message.address, forms.read_say(message.body), message.key)
                )
        except (TryLater, Gone, Moved, Refused, Unsure) as outcome:
            return outcome
        except TimeoutError:
            return Unsure()
        except Exception as error:
            # A bug of ours in drawing this one message: park it, so that it never blocks those behind it.
            log.error("a message could not be sent", ledger=message.id, error=type(error).__name__)
            return Refused(type(error).__name__)
