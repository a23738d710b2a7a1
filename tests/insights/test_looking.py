"""Measures in the database: they add up, are read by their key, and a month is read when it is over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Select, delete, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.insights.ahead import count_year
from bot.insights.looking import is_over, look, months_to, read_month
from bot.insights.measured import MEASURES
from bot.insights.unmet import Unmet, unmet
from bot.model import Measure
from bot.store import measures, tables
from bot.store.engine import Store

DAY = date(2026, 10, 12)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEARCH = Measure("search", "online/group", "none", "scotland/Highland")
MANY = 6


async def kept(store: Store, *found: Measure, day: date = DAY) -> None:
    async with store.write() as tx:
        await measures.add(tx, found, day)


async def test_each_adds_to_its_day_and_its_month(store: Store) -> None:
    await kept(store, *[SEARCH] * 3)
    await kept(store, SEARCH, day=date(2026, 10, 30))
    async with store.read() as tx:
        (month,) = await measures.totals(tx, ["search"], ["2026-10"])
        days = await measures.days(tx, "search", "2026-10")
    assert month.times == 4
    assert [(one.period, one.times) for one in days] == [("2026-10-12", 3), ("2026-10-30", 1)]


async def test_a_month_that_is_not_over_moves_in_fives(store: Store) -> None:
    await kept(store, *[SEARCH] * 13)
    await kept(store, *[SEARCH] * 13, day=NOW.date())
    async with store.read() as tx:
        looked = await look(tx, ["search"], ["2026-10", "2026-11"], NOW)
    assert [looked.of("search", month).total for month in ("2026-10", "2026-11")] == [13, 15]


async def test_a_month_that_is_not_over_is_counted_every_5_minutes(store: Store) -> None:
    told = []
    for minutes in (0, 4, 5):
        await kept(store, *[SEARCH] * 10, day=NOW.date())
        async with store.read() as tx:
            looked = await look(tx, ["search"], ["2026-11"], NOW + timedelta(minutes=minutes))
        assert looked.counted
        told.append((looked.of("search", "2026-11").total, (looked.counted - NOW).seconds // 60))
    assert told == [(10, 0), (10, 0), (30, 5)]


async def test_a_year_is_counted_before_somebody_asks(store: Store) -> None:
    await kept(store, *[SEARCH] * 13)
    await count_year(store, ZoneInfo("Europe/London"), lambda: NOW)
    async with store.write() as tx:
        await tx.execute(delete(tables.measures))
    async with store.read() as tx:
        assert (await look(tx, ["search"], ["2026-10"], NOW)).of("search", "2026-10").total == 13


async def test_a_month_that_is_over_does_not_say_when_it_was_counted(store: Store) -> None:
    async with store.read() as tx:
        assert (await look(tx, ["search"], ["2026-10"], NOW)).counted is None


async def test_unmet_searches_add_up_over_months_without_the_small_ones(store: Store) -> None:
    await kept(store, *[SEARCH] * 7)
    await kept(store, *[SEARCH] * 3, day=date(2026, 9, 3))
    async with store.read() as tx:
        found = await unmet(tx, ["2026-09", "2026-10"], NOW)
    assert found == [Unmet("online/group", "scotland/Highland", 7)]


def test_a_month_is_over_on_the_second_day_of_the_next() -> None:
    assert not is_over("2026-10", date(2026, 11, 1))
    assert is_over("2026-10", date(2026, 11, 2))


def test_a_year_goes_over_new_year() -> None:
    assert months_to("2026-02", 3) == ("2025-12", "2026-01", "2026-02")


@pytest.mark.parametrize("written", ["", "2026-12", "1066-10", "2026-1", "x"])
def test_no_month_is_this_month(written: str) -> None:
    assert read_month(written, NOW.date()) == "2026-11"


# ---- plans ----------------------------------------------------------------------------------------------


def rows() -> Iterator[dict[str, object]]:
    """Enough that a database has a choice."""
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 8)]
    for period in [*months_to("2026-12"), *days]:
        for name in MEASURES:
            for number in range(MANY):
                key = {"name": name, "period": period, "what": f"w{number}", "outcome": "", "area": ""}
                yield {**key, "language": "en", "count": 7}


@pytest.mark.parametrize("several", [["question"], list(MEASURES)])
async def test_months_are_read_by_an_index(store: Store, several: list[str]) -> None:
    months = list(months_to("2026-12", 2))
    async with store.write() as tx:
        await tx.execute(insert(tables.measures), list(rows()))
        await tx.execute(text("ANALYZE measures"))
        plans = await plan(tx, measures.totals_of(several, months)) + await plan(
            tx, measures.days_of("question", "2026-12")
        )
    assert "SCAN measures" not in plans and "Seq Scan" not in plans
    assert "SEARCH measures USING INDEX" in plans or "Index Scan" in plans


async def plan(tx: AsyncConnection, statement: Select[Any]) -> str:
    """What the database says it will do."""
    written = statement.compile(tx.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in await tx.execute(text(f"{explain} {written}".replace(":", "\\:"))))
