"""The weekly digest for staff: the coming sessions and their free places, every Monday morning, once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import digest as wording
from bot.conversation.digest import Places
from bot.conversation.world import World
from bot.model import Say
from bot.store import attendance, recipients, staff
from bot.store.engine import Store

MONDAY = 0
FROM, UNTIL = time(8, 30), time(20)
"""A machine that was off in the morning sends it later the same day, or not at all."""


async def digest(tx: AsyncConnection, world: World, area: str, now: datetime) -> tuple[str, ...]:
    """The coming 7 days in one area, or with "" in all: plain text to pass on, each part one message."""
    full = await attendance.between(tx, now, now + wording.WEEK + timedelta(hours=1))
    places = {date: Places(*one) for date, one in full.items()}
    return wording.digest(world, area, places, now)


async def weekly(store: Store, world: World, now: datetime) -> None:
    """On Mondays plan it for every linked member of staff; whoever has it does not get it again."""
    local = now.astimezone(ZoneInfo(world.local.timezone))
    if local.weekday() != MONDAY or not FROM <= local.time() < UNTIL:
        return
    mark = f"digest:{local.date().isoformat()}"
    async with store.read() as tx:
        missing = [
            one for one in await staff.linked(tx) if not await recipients.known(tx, f"{mark}:{one.id}:0")
        ]
    if not missing:
        return
    async with store.write() as tx:
        parts = await digest(tx, world, "", now)
        for one in missing:
            says = {f"{mark}:{one.id}:{number}": Say(part) for number, part in enumerate(parts)}
            await recipients.to_staff(tx, says, one.channel, one.address, now)
    store.planned.set()
