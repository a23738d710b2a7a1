"""Counts the year before somebody asks: of 2,000 sessions, the first who looks would wait for seconds."""

import asyncio
import contextlib
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.insights.looking import look, month_of, months_to
from bot.insights.measured import MEASURES
from bot.store.engine import Store

log = structlog.get_logger(__name__)
AGAIN_SECONDS = 3600.0


async def keep_counted(store: Store, zone: ZoneInfo, clock: Clock, stop: asyncio.Event) -> None:
    """Until `stop`: after the start, and every hour, so that a month is counted in the night it ends in."""
    while not stop.is_set():
        try:
            await count_year(store, zone, clock)
        except Exception as error:
            log.error("insights could not be counted ahead", error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), AGAIN_SECONDS)


async def count_year(store: Store, zone: ZoneInfo, clock: Clock) -> None:
    """The last first, as it is the one that is looked at; what is known already costs nothing."""
    for month in reversed(months_to(month_of(clock().astimezone(zone).date()))):
        async with store.read() as tx:
            await look(tx, tuple(MEASURES), (month,), clock().astimezone(zone))
