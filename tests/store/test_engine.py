"""What the database itself is trusted with."""

from pathlib import Path

import pytest
from sqlalchemy import insert, text

from bot.store.engine import Store, address_of
from bot.store.tables import counters
from tests.databases import rows

ROW = {"day": "2026-11-23", "name": "question", "labels": "", "count": 1}


class Stop(Exception):
    """Ends a transaction."""


async def test_a_released_savepoint_is_undone_with_its_transaction(store: Store) -> None:
    with pytest.raises(Stop):
        async with store.write() as tx:
            async with tx.begin_nested():
                await tx.execute(insert(counters).values(ROW))
            raise Stop
    assert await rows(store, counters) == []


async def test_a_rolled_back_savepoint_leaves_the_transaction_alive(store: Store) -> None:
    async with store.write() as tx:
        savepoint = await tx.begin_nested()
        await tx.execute(insert(counters).values(ROW))
        await savepoint.rollback()
        await tx.execute(insert(counters).values(ROW | {"name": "kept"}))
    assert [row["name"] for row in await rows(store, counters)] == ["kept"]


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(Stop):
        async with store.write() as tx:
            await tx.execute(insert(counters).values(ROW))
            raise Stop
    assert await rows(store, counters) == []


async def test_sqlite_is_durable_and_keeps_links_whole(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new folder' / 'navigator.sqlite3'}")
    async with store.read() as tx:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [(await tx.execute(text(f"PRAGMA {name}"))).scalar_one() for name in pragmas]
    await store.close()
    assert found == ["wal", 2, 1, 30000]


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("sqlite:///var/navigator.sqlite3", "sqlite+aiosqlite"),
        ("postgresql://navigator@db/navigator", "postgresql+psycopg"),
        ("postgres://navigator@db/navigator", "postgresql+psycopg"),
    ],
)
def test_an_operator_writes_the_usual_address(written: str, driver: str) -> None:
    assert address_of(written).drivername == driver


def test_another_database_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(ValueError, match="must be sqlite"):
        address_of("mysql://db/navigator")
