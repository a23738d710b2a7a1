"""Requests to the team that nobody may be looking at: where no group of the staff shows them, notices do."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.store import handovers, notices, rooms
from bot.store.handovers import Asked

NEW = "asked"
STILL = "still-waits"
KINDS = (NEW, STILL)
"""Kinds of notices for those who may answer; the words of the person are in none of them."""
PATIENCE = timedelta(hours=1)
"""Of the team's own hours, until it is told again."""
AT_A_TIME = 50


async def note(tx: AsyncConnection, world: World, now: datetime) -> None:
    """One notice for each request that is open, and one more when nobody has taken it in time."""
    if await rooms.find_room(tx):
        return
    known = {(one.kind, one.about.split(":")[1]) for one in await notices.every(tx) if one.kind in KINDS}
    for asked in await handovers.listed(tx, None, ("open",), AT_A_TIME):
        overdue = world.local.hours.open_between(asked.asked, now) >= PATIENCE
        kind = STILL if overdue else NEW
        if (kind, str(asked.id)) not in known:
            await notices.add(tx, kind, _about(asked), now)


def _about(asked: Asked) -> str:
    """Its number, its team and its kind: bot/staff/lists.py says them in words."""
    return f"handover:{asked.id}:{asked.team}:{asked.kind}"
