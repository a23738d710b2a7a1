"""What the service does, in numbers without anybody in them: by day and by month, area and language."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, UpdateBase, select
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
    rows = [dict(zip(KEY, key, strict=True)) | {"count": times} for key, times in sorted(counted.items())]
    if rows:
        await tx.execute(_more(tx.dialect.name), rows)


@cache
def _more(dialect: str) -> UpdateBase:
    added = upsert(dialect, measures)
    total = {"count": measures.c.count + added.excluded.count}
    return added.on_conflict_do_update(index_elements=KEY, set_=total)


class Total(NamedTuple):
    """How often one thing happened in a period: a month "2026-11" or a day "2026-11-22"."""

    name: str
    period: str
    what: str
    outcome: str
    area: str
    language: str
    times: int


async def totals(tx: AsyncConnection, names: Sequence[str], months: Sequence[str]) -> Sequence[Total]:
    """Of these measures in these months ("2026-11"). Both stand first in the key: only they are read."""
    return [Total(*row) for row in await tx.execute(totals_of(names, months))]


async def days(tx: AsyncConnection, name: str, month: str) -> Sequence[Total]:
    """Day by day, for whoever runs this. Never shown beside the month: a day is its difference."""
    return [Total(*row) for row in await tx.execute(days_of(name, month))]


def totals_of(names: Sequence[str], months: Sequence[str]) -> Select[Any]:
    return _TOTALS.where(measures.c.name.in_(list(names)), measures.c.period.in_(list(months)))


def days_of(name: str, month: str) -> Select[Any]:
    here = (measures.c.name == name, measures.c.period.between(f"{month}-01", f"{month}-31"))
    return _TOTALS.where(*here).order_by(measures.c.period)


_TOTALS = select(*(measures.c[column] for column in Total._fields[:-1]), measures.c.count)
