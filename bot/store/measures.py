"""What the service does, in numbers without anybody in them: by day and by month, area and language."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

from sqlalchemy import UpdateBase
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Measure
from bot.store.engine import upsert
from bot.store.tables import measures

KEY = ("name", "period", "what", "outcome", "area", "language")


async def add(tx: AsyncConnection, found: Iterable[Measure], day: date) -> None:
    """Add each to its day and its month. In one order, so that two transactions never wait for each other."""
    counted = Counter(
        (one.name, period, one.what[:100], one.outcome[:20], one.area[:60], one.language[:10])
        for one in found
        for period in (f"{day:%Y-%m}", day.isoformat())
    )
    for key, times in sorted(counted.items()):
        await tx.execute(_more(tx.dialect.name), dict(zip(KEY, key, strict=True)) | {"count": times})


@cache
def _more(dialect: str) -> UpdateBase:
    added = upsert(dialect, measures)
    total = {"count": measures.c.count + added.excluded.count}
    return added.on_conflict_do_update(index_elements=KEY, set_=total)
