"""The one way in, for the poller and the webhook: stored first, then acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.payload import pack
from bot.channels.telegram.translate import Update, translate
from bot.service import Raw
from bot.staff.room import GroupHeard

CHANNEL = "telegram"
NODS = 200
"""Taps that are being nodded at; beyond them the button's spinner ends by itself."""

log = structlog.get_logger()

Accept = Callable[[Sequence[Raw]], Awaitable[None]]
Standing = Callable[[str, bool], Awaitable[None]]
"""Told (address, reachable) when somebody blocks the bot or lets it in again."""


Room = Callable[[GroupHeard], Awaitable[None]]
"""Told what is said in groups. Returns once it is done and stored, or raises."""


async def _no_room(heard: GroupHeard) -> None:
    """For those without a staff group."""


async def _nobody(address: str, reachable: bool) -> None:
    """For those who do not need to know."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where arrivals go. `accept` returns once they are safely stored, or raises."""

    accept: Accept
    standing: Standing = _nobody
    room: Room = _no_room


class Intake:
    """Takes raw updates; when `take` has returned they can be lost no more."""

    def __init__(self, doors: Doors, bot: Bot) -> None:
        self._doors = doors
        self._bot = bot
        self._nods: set[asyncio.Task[None]] = set()

    async def take(self, written: Iterable[object]) -> None:
        """Raises what `accept` raises: then nothing may be acknowledged, and all of it comes again."""
        updates = [update for one in written if (update := translate(one)) is not None]
        raws = [raw for update in updates if (raw := _raw(update)) is not None]
        if raws:
            await self._doors.accept(raws)
        for update in updates:
            if update.room:
                await self._doors.room(update.room)
        for update in updates:
            if update.standing and update.address:
                await self._doors.standing(update.address, update.standing == "returned")
        for update in updates:
            self._nod(update.query)

    def _nod(self, query: str) -> None:
        """Stops the button's spinner; nobody waits for it, and its failure is no harm."""
        if query and len(self._nods) < NODS:
            task = asyncio.create_task(self._answer(query))
            self._nods.add(task)
            task.add_done_callback(self._nods.discard)

    async def _answer(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("telegram.nod_failed", why=type(error).__name__)

    async def close(self) -> None:
        """Waits for the last nods."""
        await asyncio.gather(*self._nods, return_exceptions=True)


def _raw(update: Update) -> Raw | None:
    """The photos of an album share one key, so that the inbox keeps the first and answers once."""
    if update.event is None:
        return None
    key = f"album-{update.album}" if update.album else str(update.number)
    return Raw(CHANNEL, key, update.address, pack(update.event))
