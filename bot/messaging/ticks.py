"""What a worker looks after from time to time. Every worker does, so each job must bear being done twice."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import structlog

from bot.clock import Clock
from bot.conversation.world import World
from bot.store.engine import Store, moment

log = structlog.get_logger(__name__)

Tick: TypeAlias = Callable[[Store, World, datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Jobs, each with the seconds between two rounds of it."""

    store: Store
    world: Callable[[], World]
    clock: Clock
    jobs: tuple[tuple[Tick, float], ...]

    async def run(self, stop: asyncio.Event) -> None:
        """All jobs, each at its own beat, until `stop`."""
        async with asyncio.TaskGroup() as group:
            for job, seconds in self.jobs:
                group.create_task(self._again_and_again(job, seconds, stop))

    async def _again_and_again(self, job: Tick, seconds: float, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.once(job)
            try:
                async with asyncio.timeout(seconds):
                    await stop.wait()
            except TimeoutError:
                continue

    async def once(self, job: Tick) -> None:
        """One round. One that fails is logged, and the next one tries again."""
        try:
            await job(self.store, self.world(), await self._now())
        except Exception as error:
            log.error("a job failed", job=job.__qualname__, error=type(error).__name__)

    async def _now(self) -> datetime:
        async with self.store.read() as tx:
            return await moment(tx, self.clock)
