"""Fetches measures for the pages and exports: everything that is shown went through `publish`."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.insights.measured import MEASURES
from bot.insights.suppression import Chain, Published, publish
from bot.store import measures
from bot.store.measures import Total

Month: TypeAlias = str
"""2026-11"""
YEAR = 12
MOST_KEPT = 200
"""Months of a measure that are remembered: more than a year of all of them."""


Steps: TypeAlias = Mapping[tuple[str, str], int]
Found: TypeAlias = Published | Steps


@dataclass(frozen=True)
class Looked:
    """What was fetched: by measure and month what may be shown, and the raw numbers of flows, which only
    flow_picture.py and exports.py read, in fives."""

    found: Mapping[tuple[str, Month], Found] = field(default_factory=dict)

    def of(self, name: str, month: Month) -> Published:
        found = self.found.get((name, month))
        return found if isinstance(found, Published) else Published()

    def counts(self, name: str, month: Month) -> Steps:
        """How often by what and outcome; not for showing as it is."""
        found = self.found.get((name, month))
        return {} if found is None or isinstance(found, Published) else found


async def look(tx: AsyncConnection, names: Sequence[str], months: Sequence[Month], today: date) -> Looked:
    """These measures in these months; a month that is not over is rounded, one that is, is read once."""
    kept = _kept(tx.engine.sync_engine)
    wanted = [(name, month) for name in names for month in months]
    missing = [one for one in wanted if one not in kept]
    new = await _fetched(tx, missing, today) if missing else {}
    found = {one: new[one] if one in new else kept[one] for one in wanted}
    if len(kept) > MOST_KEPT:
        kept.clear()
    kept.update((one, value) for one, value in new.items() if is_over(one[1], today))
    return Looked(found)


@lru_cache(maxsize=2)
def _kept(database: Engine) -> dict[tuple[str, Month], Found]:
    """What is known of the months that are over."""
    return {}


async def _fetched(
    tx: AsyncConnection, wanted: Sequence[tuple[str, Month]], today: date
) -> dict[tuple[str, Month], Found]:
    names, months = ({one[at] for one in wanted} for at in (0, 1))
    rows = await measures.totals(tx, sorted(names), sorted(months))
    by_month: dict[tuple[str, Month], list[Total]] = {one: [] for one in wanted}
    for row in rows:
        by_month.get((row.name, row.period), []).append(row)
    # Beside the loop, which has people to answer: a year of a large service takes a second.
    return await asyncio.to_thread(_told, by_month, today)


def _told(
    by_month: Mapping[tuple[str, Month], Sequence[Total]], today: date
) -> dict[tuple[str, Month], Found]:
    found: dict[tuple[str, Month], Found] = {}
    for (name, month), rows in by_month.items():
        chain = MEASURES[name].chain
        found[name, month] = _published(tuple(rows), chain, is_over(month, today)) if chain else _steps(rows)
    return found


@lru_cache(maxsize=32)
def _published(rows: tuple[Total, ...], chain: Chain, over: bool) -> Published:
    """Also of a month that is not over: nothing may have happened since the last look."""
    return publish(rows, chain, rounded=not over)


def _steps(rows: Iterable[Total]) -> Steps:
    counted: Counter[tuple[str, str]] = Counter()
    for one in rows:
        counted[one.what, one.outcome] += one.times
    return counted


# ---- months ---------------------------------------------------------------------------------------------


def month_of(day: date) -> Month:
    return f"{day:%Y-%m}"


def is_over(month: Month, today: date) -> bool:
    """From the second day of the next month on: the last turns of a month may be written just after it."""
    return month < month_of(today - timedelta(days=1))


def months_to(last: Month, number: int = YEAR) -> tuple[Month, ...]:
    """So many months, oldest first, this one last."""
    year, month = int(last[:4]), int(last[5:])
    count = year * YEAR + month - 1
    return tuple(f"{at // YEAR:04}-{at % YEAR + 1:02}" for at in range(count - number + 1, count + 1))


def read_month(written: str, today: date) -> Month:
    """The month somebody chose; this month for anything else."""
    known = months_to(month_of(today), 5 * YEAR)
    return written if written in known else known[-1]
