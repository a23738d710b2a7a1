"""The staff's group on a channel, and the topic of each request in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.handovers import WAITING, Asked, find
from bot.store.tables import handovers, rooms

TELEGRAM = "telegram"
GIVEN_UP = timedelta(minutes=10)
"""After that a topic that was being made is made again: the process died, or Telegram never answered."""


async def put(tx: AsyncConnection, chat: str, by: str, now: datetime) -> None:
    """This chat is the team's now; one that was before is not."""
    row = {"channel": TELEGRAM, "chat": chat, "by": by, "made": now}
    new = upsert(tx.dialect.name, rooms).values(row)
    await tx.execute(new.on_conflict_do_update(index_elements=["channel"], set_=row))


async def find_room(tx: AsyncConnection) -> str:
    """The chat of the team's group; "" when there is none."""
    return (await tx.execute(select(rooms.c.chat).where(rooms.c.channel == TELEGRAM))).scalar() or ""


async def of_thread(tx: AsyncConnection, thread: str) -> Asked | None:
    """The request whose topic this is."""
    id = (await tx.execute(select(handovers.c.id).where(handovers.c.thread == thread))).scalar()
    return None if id is None else await find(tx, id)


async def without(tx: AsyncConnection, now: datetime, limit: int) -> Sequence[Asked]:
    """Requests that wait and have no topic, or whose topic was begun too long ago to be still made."""
    stale = and_(handovers.c.thread.like("making %"), handovers.c.thread < making(now - GIVEN_UP))
    none = or_(handovers.c.thread.is_(None), stale)
    waits = (handovers.c.state.in_(WAITING), none)
    found = await tx.execute(select(handovers.c.id).where(*waits).order_by(handovers.c.id).limit(limit))
    asked = [await find(tx, id) for id in found.scalars().all()]
    return [one for one in asked if one]


async def take(tx: AsyncConnection, seen: Asked, thread: str | None) -> bool:
    """Note how far its topic is, unless another worker was quicker. No step of staff, so no new version."""
    same = handovers.c.thread == seen.thread if seen.thread else handovers.c.thread.is_(None)
    changed = update(handovers).where(handovers.c.id == seen.id, same).values(thread=thread)
    return (await tx.execute(changed)).rowcount == 1


def making(now: datetime) -> str:
    """The mark of a topic that is being made since `now`; later ones are greater."""
    return f"making {int(now.timestamp()):012d}"
