"""The sender: claims messages from the ledger, puts them before people, and writes down how it went."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.failures import Unsure
from bot.messaging import pace as paces_of
from bot.messaging.mailbag import Mailbag
from bot.messaging.outcomes import Outcome, TooLate
from bot.messaging.pace import FAST, Pace
from bot.messaging.results import Result, record
from bot.messaging.sending import Channel, Parcel, deliver
from bot.messaging.window import Window
from bot.quiet import USUAL, Quiet
from bot.store import outgoing, paces
from bot.store.engine import Store, moment
from bot.store.ledger import Urgency
from bot.store.outgoing import Leased, Wish
from bot.store.paces import Turnstile

log = structlog.get_logger(__name__)

# Less than outgoing.LEASE, so that nobody takes over a message that we still send.
SEND_SECONDS = 20.0
POLL_SECONDS = 0.2
BATCH_SECONDS = 0.02
IN_FLIGHT = 32
LONGEST_HINT = timedelta(minutes=1)


@dataclass
class Dispatcher:
    """One of any number of senders on one database. `width` is how many messages are on their way at once:
    no more than these are in doubt when the machine dies."""

    store: Store
    channels: Mapping[str, Channel]
    pace: Pace
    clock: Clock
    quiet: Quiet = USUAL
    width: int = IN_FLIGHT
    owner: str = field(default_factory=lambda: uuid4().hex)
    _mailbag: Mailbag = field(default_factory=Mailbag)
    _results: list[Result] = field(default_factory=list)
    _held: set[int] = field(default_factory=set)
    _sending: dict[asyncio.Task[None], float] = field(default_factory=dict)
    _home: asyncio.Event = field(default_factory=asyncio.Event)
    _pauses: dict[str, datetime] = field(default_factory=dict)
    # Only the pace held the last claim back: there is more to send as soon as it allows.
    _more: bool = False

    def __post_init__(self) -> None:
        self._window = Window(ceil(self.pace.per_second))

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then let what is in flight arrive, and write it down."""
        while not stop.is_set():
            await self._round()
            await self._wait()
        if self._sending:
            await asyncio.wait(self._sending, timeout=SEND_SECONDS + 1)
        await self._round(claim=False)

    async def step(self) -> int:
        """One round to its end, for tests: claim, send, write down. How many were tried."""
        parcels = await self._exchange(claim=True)
        await asyncio.gather(*(self._deliver(parcel) for parcel in parcels))
        await self._exchange(claim=False)
        return len(parcels)

    async def _round(self, claim: bool = True) -> None:
        self.store.planned.clear()
        try:
            parcels = await self._exchange(claim)
            until = asyncio.get_running_loop().time() + SEND_SECONDS
            for parcel in parcels:
                # The loop itself holds tasks weakly: one that nobody keeps may vanish in mid-flight.
                self._sending[asyncio.create_task(self._deliver(parcel))] = until
            self._cut_short()
        except Exception as error:
            log.error("a round of the sender failed", error=type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    def _cut_short(self) -> None:
        """What is on its way for too long ends; a timer for each message took a tenth of the time of all."""
        now = asyncio.get_running_loop().time()
        for task, until in self._sending.items():
            if until > now:
                return
            task.cancel()

    async def _wait(self) -> None:
        """Until there may be something to do; while messages are on their way, rounds are shared."""
        if self._more:
            # The pace alone holds us back: what comes home meanwhile is written down with the next claim.
            least = BATCH_SECONDS if self.pace.per_second > FAST else 0.0
            await asyncio.sleep(max(self._until_claim(), self._too_many(), least))
            return
        await _set_within(self.store.planned, self._until_claim() or POLL_SECONDS)
        if self._sending:
            self._home.clear()
            await _set_within(self._home, BATCH_SECONDS)

    def _until_claim(self) -> float:
        """Seconds until a channel's pace allows the next message, as far as we know; 0 when it does now."""
        now = self.clock()
        pauses = [(self._pauses.get(channel, now) - now).total_seconds() for channel in self.channels]
        return min([POLL_SECONDS, *(max(0.0, pause) for pause in pauses)])

    def _too_many(self) -> float:
        """Seconds until the last second has room again. At paid paces the bucket alone must do: there the
        answers come too late to count by."""
        if self.pace.per_second > FAST:
            return 0.0
        return self._window.wait(len(self._sending), self.clock().timestamp())

    async def _exchange(self, claim: bool) -> list[Parcel]:
        """Write results down and claim the next messages, in one transaction."""
        # While the last second is full nobody looks whether there is more: it is looked at right after.
        self._more = claim and self._too_many() > 0
        results = list(self._results)
        room = self.width - len(self._sending) if claim and not self._more else 0
        if not results and not (room > 0 and await self._anything()):
            return []
        async with self.store.write() as tx:
            now = await moment(tx, self.clock)
            claimed: list[Leased] = []
            for channel in self.channels:
                claimed += await self._channel(tx, channel, results, room - len(claimed), now)
            parcels = await self._mailbag.pack(tx, claimed, now)
        # Only now: had the commit failed, the results would be needed again.
        del self._results[: len(results)]
        self._held -= {message.id for message, _ in results}
        self._held |= {parcel.message.id for parcel in parcels}
        return parcels

    async def _anything(self) -> bool:
        async with self.store.read() as tx:
            now = await moment(tx, self.clock)
            awake = [name for name in self.channels if not self._pausing(name, now)]
            return bool(awake) and await outgoing.anything(tx, awake, self._most(now), now)

    def _most(self, now: datetime) -> Urgency:
        """In quiet hours nothing but answers goes out."""
        return Urgency.REPLY if self.quiet.at(now) else Urgency.BROADCAST

    def _pausing(self, channel: str, now: datetime) -> bool:
        """A hint that spares the database. A far one is from before the clock was set back."""
        return timedelta() < self._pauses.get(channel, now) - now < LONGEST_HINT

    async def _channel(
        self, tx: AsyncConnection, channel: str, results: list[Result], room: int, now: datetime
    ) -> list[Leased]:
        turnstile = await self._turnstile(tx, channel, now)
        # What we hold ourselves is known, however long the disk was full and wherever the clock was set.
        expired = [one for one in await outgoing.expired(tx, channel, now) if one.id not in self._held]
        dead = [(message, Unsure()) for message in expired]
        ours = [result for result in results if result[0].channel == channel]
        self._pauses[channel] = max(
            await record(tx, channel, [*ours, *dead], now), turnstile.frozen_until or now
        )
        if self._pauses[channel] > now or room <= 0:
            return []
        return await self._claim(tx, channel, turnstile.next_microsecond, room, now)

    async def _turnstile(self, tx: AsyncConnection, channel: str, now: datetime) -> Turnstile:
        turnstile = await paces.lock(tx, channel)
        back = paces_of.set_back(self.pace, turnstile.next_microsecond, now)
        if turnstile.frozen_until is None or not back:
            return turnstile
        await paces.thaw(tx, channel)
        return turnstile._replace(frozen_until=None)

    async def _claim(
        self, tx: AsyncConnection, channel: str, next_microsecond: int, room: int, now: datetime
    ) -> list[Leased]:
        allowed = paces_of.granted(self.pace, next_microsecond, now)
        if not allowed:
            self._pauses[channel] = now + paces_of.wait(self.pace, next_microsecond, now)
            return []
        wish = Wish(self.owner, min(allowed, room), self._most(now))
        claimed = await outgoing.claim(tx, channel, wish, self.pace.chat, now)
        if claimed:
            later = paces_of.after(self.pace, next_microsecond, now, len(claimed))
            await paces.move(tx, channel, later)
            if len(claimed) == allowed:
                self._more = True
                self._pauses[channel] = now + paces_of.wait(self.pace, later, now)
        return claimed

    async def _deliver(self, parcel: Parcel) -> None:
        self._results.append((parcel.message, await self._outcome(parcel)))
        self.store.planned.set()
        self._window.answered(self.clock().timestamp())
        if (task := asyncio.current_task()) is not None:
            self._sending.pop(task, None)
        if not self._sending:
            self._home.set()

    async def _outcome(self, parcel: Parcel) -> Outcome:
        if parcel.say is None and parcel.message.act != "delete":
            return TooLate()
        try:
            return await deliver(self.channels, parcel)
        except asyncio.CancelledError:
            return Unsure()


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
