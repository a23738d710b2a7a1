"""How often things happened, by day, without anybody in it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import UpdateBase
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Count
from bot.store.engine import upsert
from bot.store.tables import counters


async def add(tx: AsyncConnection, counts: Iterable[Count], now: datetime) -> None:
    """Add one for each. Rows are taken in one order, so that two transactions never wait for each other."""
    day = now.date().isoformat()
    for (name, labels), times in sorted(Counter((one.name, _written(one)) for one in counts).items()):
        row = {"day": day, "name": name, "labels": labels, "count": times}
        await tx.execute(_more(tx.dialect.name), row)


@cache
def _more(dialect: str) -> UpdateBase:
    added = upsert(dialect, counters)
    total = {"count": counters.c.count + added.excluded.count}
    return added.on_conflict_do_update(index_elements=["day", "name", "labels"], set_=total)


def _written(count: Count) -> str:
    return " ".join(f"{name}={value}" for name, value in sorted(count.labels))[:200]
