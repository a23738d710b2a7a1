"""Fetches measures for the pages and exports: everything that is shown went through `publish`."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.insights.measured import MEASURES
from bot.insights.suppression import Published, publish
from bot.store import measures
from bot.store.measures import Total

Month: TypeAlias = str
"""2026-11"""
YEAR = 12
MOST_KEPT = 200
"""Months of a measure that are remembered: more than a year of all of them."""
STEP = timedelta(minutes=5)
"""What is not over is counted once in so long: of 2,000 sessions that takes a quarter of a second."""


Steps: TypeAlias = Mapping[tuple[str, str], int]
Found: TypeAlias = Published | Steps


@dataclass(frozen=True)
class Looked:
    """What was fetched: by measure and month what may be shown, and the raw numbers of flows, which only
    flow_picture.py and exports.py read, in fives."""

    found: Mapping[tuple[str, Month], Found] = field(default_factory=dict)
    counted: datetime | None = None
    """When what is not over was counted, or the first of it; None where all of it is over."""

    def of(self, name: str, month: Month) -> Published:
        found = self.found.get((name, month))
        return found if isinstance(found, Published) else Published()

    def counts(self, name: str, month: Month) -> Steps:
        """How often by what and outcome; not for showing as it is."""
        found = self.found.get((name, month))
        return {} if found is None or isinstance(found, Published) else found


class _Kept(NamedTuple):
    """What was found, and when it was counted; None: its month is over, so that is for good."""

    found: Found
    counted: datetime | None


async def look(tx: AsyncConnection, names: Sequence[str], months: Sequence[Month], now: datetime) -> Looked:
    """These measures in these months, at a local time. A month that is over is read once; one that is not is
    rounded, and up to 5 minutes old."""
    kept, wanted = _kept(tx.engine.sync_engine), [(name, month) for name in names for month in months]
    missing = [one for one in wanted if one not in kept or _is_old(kept[one], now)]
    new = await _fetched(tx, missing, now) if missing else {}
    found = {one: new[one] if one in new else kept[one] for one in wanted}
    if len(kept) > MOST_KEPT:
        kept.clear()
    kept.update(new)
    counted = min((one.counted for one in found.values() if one.counted), default=None)
    return Looked({one: value.found for one, value in found.items()}, counted)


def _is_old(kept: _Kept, now: datetime) -> bool:
    return kept.counted is not None and not timedelta() <= now - kept.counted < STEP


@lru_cache(maxsize=2)
def _kept(database: Engine) -> dict[tuple[str, Month], _Kept]:
    """What this process has counted already."""
    return {}


async def _fetched(
    tx: AsyncConnection, wanted: Sequence[tuple[str, Month]], now: datetime
) -> dict[tuple[str, Month], _Kept]:
    names, months = ({one[at] for one in wanted} for at in (0, 1))
    rows = await measures.totals(tx, sorted(names), sorted(months))
    by_month: dict[tuple[str, Month], list[Total]] = {one: [] for one in wanted}
    for row in rows:
        by_month.get((row.name, row.period), []).append(row)
    # Beside the loop, which has people to answer: a year of a large service takes a second.
    return await asyncio.to_thread(_told, by_month, now)


def _told(
    by_month: Mapping[tuple[str, Month], Sequence[Total]], now: datetime
) -> dict[tuple[str, Month], _Kept]:
    found = {}
    for (name, month), rows in by_month.items():
        chain, over = MEASURES[name].chain, is_over(month, now.date())
        told = publish(rows, chain, rounded=not over) if chain else _steps(rows)
        found[name, month] = _Kept(told, None if over else now)
    return found


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
