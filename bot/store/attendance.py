"""How full the dates of sessions are, in one look at all of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.bookings import TAKEN
from bot.store.tables import bookings, occasions


class Full(NamedTuple):
    """How many places are taken, and how many people wait for one."""

    taken: int = 0
    waiting: int = 0


async def between(
    tx: AsyncConnection, first: datetime, last: datetime
) -> Mapping[tuple[str, datetime], Full]:
    """By session and start, as it is now; a date that nobody has to do with is not there."""
    counted = select(occasions.c.session, occasions.c.starts, bookings.c.state, func.count().label("many"))
    counted = counted.join(occasions, bookings.c.occasion == occasions.c.id)
    counted = counted.where(occasions.c.starts.between(first, last))
    found: dict[tuple[str, datetime], Full] = {}
    grouped = counted.group_by(occasions.c.session, occasions.c.starts, bookings.c.state)
    for row in await tx.execute(grouped):
        full = found.get((row.session, row.starts), Full())
        taken, waiting = row.many * (row.state in TAKEN), row.many * (row.state == "waiting")
        found[row.session, row.starts] = Full(full.taken + taken, full.waiting + waiting)
    return found
