"""Every process follows what staff change about dates of sessions, within 2 seconds."""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.conversation.navigator import Navigator
from bot.directory.changes import Change
from bot.messaging import changing
from bot.store import changes
from bot.store.engine import Store

log = structlog.get_logger(__name__)
LOOK_SECONDS = 1.0


class Shown(Protocol):
    """The navigator of this moment: bot.compose.Current."""

    def __call__(self) -> Navigator: ...

    def use(self, staffs: tuple[Change, ...]) -> None: ...


@dataclass
class Following:
    """`works`: this process also brings what is booked in line, at once after a change or new content."""

    store: Store
    current: Shown
    clock: Clock
    works: bool
    _seen: changes.Mark | None = None
    _known: Navigator | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look again and again until `stop`."""
        while not stop.is_set():
            try:
                await self.look()
            except Exception as error:
                log.error("changes of dates could not be followed", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def look(self) -> None:
        """One look."""
        async with self.store.read() as tx:
            mark = await changes.mark(tx)
            known = await changes.every(tx, self.clock()) if mark != self._seen else None
        if known is not None:
            self.current.use(known)
            self._seen = mark
        navigator = self.current()
        if self.works and navigator is not self._known:
            await changing.tick(self.store, navigator.world, self.clock())
            self._known = navigator
