"""The database behind everything: one SQLite file, or PostgreSQL, from the same address line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, UpdateBase, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import clock as wall
from bot.clock import Clock
from bot.store.sqlite import BEGIN, connector

BUSY_SECONDS = 30
READ = {"navigator_read": True}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}")


def address_of(database: str, sqlite_driver: str = "aiosqlite") -> URL:
    """The driver's address: `sqlite:///…` and `postgresql://…` are what an operator writes."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        return url.set(drivername=f"sqlite+{sqlite_driver}")
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise ValueError("the database must be sqlite:///<file> or postgresql://<where>")


def make_room(url: URL) -> None:
    """The folder of a SQLite file, where it is missing."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        # As the driver would say it, had it come so far.
        raise OperationalError("", {}, failure) from failure


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Write transactions take the lock at once, so that none fails half way at its first write."""
    reads = connection.get_execution_options().get("navigator_read", False)
    connection.exec_driver_sql("BEGIN" if reads else BEGIN)


def _sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(url, async_creator=connector(url, BUSY_SECONDS), hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


class Store:
    """The open database. `planned` is set when messages were planned, `arrived` when updates came in."""

    def __init__(self, database: str) -> None:
        url = address_of(database)
        make_room(url)
        self.single_writer = url.get_backend_name() == "sqlite"
        # hide_parameters: what a person wrote must not reach an error message, and so a log.
        self._engine = _sqlite(url) if self.single_writer else create_async_engine(url, hide_parameters=True)
        self._writing = asyncio.Lock()
        self.planned = asyncio.Event()
        self.arrived = asyncio.Event()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back by any exception."""
        if not self.single_writer:
            async with self._engine.begin() as tx:
                yield tx
            return
        # SQLite has one writer; queueing here is fair and quick, its own busy loop is neither.
        async with self._writing, self._engine.begin() as tx:
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent look that blocks nobody."""
        async with self._engine.connect() as tx:
            await tx.execution_options(**READ)
            yield tx

    async def close(self) -> None:
        await self._engine.dispose()


def upsert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the words of this database."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def insert_new(dialect: str, table: Table, *unique: str) -> UpdateBase:
    """An INSERT that leaves a row alone where one with the same unique columns is there already.

    Statements of every turn are built once: building them anew took a third of a turn.
    """
    return upsert(dialect, table).on_conflict_do_nothing(index_elements=unique)


async def moment(tx: AsyncConnection, clock: Clock) -> datetime:
    """Now, by the database's clock where many machines share one, so that theirs need not agree."""
    if tx.dialect.name == "sqlite" or clock is not wall.now:
        return clock()
    now: datetime = (await tx.execute(select(func.clock_timestamp()))).scalar_one()
    return now
