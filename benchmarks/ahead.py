"""Messages planned ahead: 100,000 reminders planned, a session with 500 bookings moved, 500 cancelled.

    python -m benchmarks.ahead [--bookings 50000] [--database sqlite|postgresql]

The real functions on the real content: each booking has 2 reminders and a question afterwards. People,
dates and bookings are put into the database beforehand and not counted.
"""

import argparse
import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import event, insert, text

from bot.bookings import Book, CancelBooking, SessionDate
from bot.compose import Current
from bot.conversation.world import World
from bot.directory.occurrences import place_of
from bot.messaging import booking, changing, reminders
from bot.messaging.whose import Whose
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrations import upgrade
from bot.store.tables import bookings, occasions, people
from tests.databases import started_postgresql

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
AT_ONE_DATE = 500
BATCH = 5000
Job = Callable[[], Awaitable[object]]


@dataclass
class Written:
    """Counts the rows that statements change."""

    rows: int = 0

    def hear(self, _connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self.rows += max(0, cursor.rowcount)


@dataclass(frozen=True)
class Bench:
    """A database with people and their bookings, and the world that plans for them."""

    store: Store
    world: World
    written: Written

    async def timed(self, what: str, job: Job) -> None:
        before, start = self.written.rows, time.perf_counter()
        await job()
        seconds = time.perf_counter() - start
        print(f"  {what:<58} {seconds:8.2f} s   {self.written.rows - before:8} rows", flush=True)


def dates_of(world: World, wanted: int) -> list[SessionDate]:
    """So many dates to come, more than two days ahead, of as many sessions as there are."""
    found: list[SessionDate] = []
    after = NOW + timedelta(days=2)
    while len(found) < wanted:
        later = [(id, world.directory.next_date(id, after)) for id in sorted(world.directory.listings)]
        known = set(found)
        new = [SessionDate(id, starts.astimezone(UTC)) for id, starts in later if starts is not None]
        found += [date for date in dict.fromkeys(new) if date not in known]
        after += timedelta(days=7)
    return found[:wanted]


async def fill(bench: Bench, dates: Sequence[SessionDate], count: int) -> None:
    """People, the dates, and a booking of each person: as if all of it had been there for long."""
    async with bench.store.write() as tx:
        await tx.execute(insert(occasions), [_date(bench.world, n, date) for n, date in enumerate(dates, 1)])
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        async with bench.store.write() as tx:
            await tx.execute(insert(people), [_person(number) for number in numbers])
            await tx.execute(insert(bookings), [_booking(number) for number in numbers])
    if not bench.store.single_writer:
        async with bench.store.write() as tx:
            # The rows were numbered by us.
            await tx.execute(text("SELECT setval('occasions_id_seq', (SELECT max(id) FROM occasions))"))
            await tx.execute(text("SELECT setval('bookings_id_seq', (SELECT max(id) FROM bookings))"))
    await know_sizes(bench.store)


async def know_sizes(store: Store) -> None:
    """What autovacuum does within a minute; without it the first minute measures wrong plans."""
    if not store.single_writer:
        async with store.write() as tx:
            await tx.execute(text("ANALYZE people, bookings, occasions, letters, ledger"))


def _date(world: World, number: int, date: SessionDate) -> dict[str, object]:
    series = world.directory.session(date.session)
    ends = date.listed + timedelta(minutes=series.minutes)
    row = {"id": number, "session": date.session, "listed": date.listed, "starts": date.listed, "ends": ends}
    return row | {"place": place_of(series), "state": "on", "changed": NOW}


def _person(number: int) -> dict[str, object]:
    flags = {"answers": False, "remembers": False, "stopped": False, "reachable": True}
    row = {"id": f"p{number}", "channel": "telegram", "address": str(number + 1), "state": "{}", "version": 1}
    return row | flags | {"seen": NOW}


def _booking(number: int) -> dict[str, object]:
    row = {"id": number + 1, "person": f"p{number}", "occasion": number // AT_ONE_DATE + 1}
    return row | {"state": "booked", "asked": NOW, "version": 1}


# ---- what is measured ----------------------------------------------------------------------------------


async def plan_all(bench: Bench, count: int) -> None:
    """All bookings, one date in a transaction."""
    for start in range(0, count, AT_ONE_DATE):
        ids = range(start + 1, min(start + AT_ONE_DATE, count) + 1)
        async with bench.store.write() as tx:
            await reminders.plan_all(tx, ids, bench.world, NOW)


async def move(bench: Bench, date: SessionDate) -> None:
    """Staff move a date by an hour: all its messages are planned anew, and everybody is told."""
    async with bench.store.write() as tx:
        told = await changing.move(tx, date, date.listed + timedelta(hours=1), bench.world, "Jo", NOW)
    assert told == AT_ONE_DATE


async def call_off(bench: Bench, date: SessionDate) -> None:
    async with bench.store.write() as tx:
        told = await changing.cancel(tx, date, bench.world, "Jo", NOW)
    assert told == AT_ONE_DATE


async def each(bench: Bench, asked: type[Book] | type[CancelBooking], date: SessionDate, first: int) -> None:
    """500 people, each in a transaction of their own, as their taps would."""
    for number in range(first, first + AT_ONE_DATE):
        whose = Whose(f"p{number}", "telegram", str(number + 1), "en")
        async with bench.store.write() as tx:
            await booking.do(tx, whose, asked(date), bench.world, NOW)


async def measure(bench: Bench, count: int) -> None:
    *dates, fresh = dates_of(bench.world, count // AT_ONE_DATE + 1)
    await fill(bench, dates, count)
    await bench.timed(f"planning {2 * count:,} reminders", lambda: plan_all(bench, count))
    await know_sizes(bench.store)
    await bench.timed("moving 1 session with 500 bookings, all told", lambda: move(bench, dates[0]))
    await bench.timed("calling off 1 session with 500 bookings, all told", lambda: call_off(bench, dates[1]))
    await bench.timed(
        "500 people cancel, a transaction each", lambda: each(bench, CancelBooking, dates[2], 2 * AT_ONE_DATE)
    )
    await bench.timed("500 people book, a transaction each", lambda: each(bench, Book, fresh, 0))


# ---- where -----------------------------------------------------------------------------------------------


@asynccontextmanager
async def opened(database: str, world: World) -> AsyncIterator[Bench]:
    store, written = Store(database), Written()
    event.listen(store._engine.sync_engine, "after_cursor_execute", written.hear)
    try:
        yield Bench(store, world, written)
    finally:
        await store.close()


async def run(name: str, world: World, count: int, folder: Path) -> None:
    database = f"sqlite:///{folder / 'ahead.sqlite3'}" if name == "sqlite" else started_postgresql()
    upgrade(database)
    print(f"{name}: {count} bookings of {count // AT_ONE_DATE} dates", flush=True)
    async with opened(database, world) as bench:
        await measure(bench, count)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--bookings", type=int, default=50_000)
    arguments.add_argument("--database", choices=("sqlite", "postgresql"))
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    world = Current(Settings(show_drafts=True))().world
    with tempfile.TemporaryDirectory() as folder:
        for name in [given.database] if given.database else ("sqlite", "postgresql"):
            asyncio.run(run(name, world, given.bookings, Path(folder)))


if __name__ == "__main__":
    main()
