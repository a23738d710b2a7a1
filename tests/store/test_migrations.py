"""The steps of the migrations and the tables of the code are the same."""

import asyncio
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.store.engine import address_of
from bot.store.migrations import NEWEST, migrate
from bot.store.migrations.steps import configuration
from bot.store.tables import metadata


def test_the_migrated_database_has_the_tables_of_the_code(database: str) -> None:
    engine = create_engine(address_of(database, "pysqlite"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


async def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'navigator.sqlite3'}"
    await asyncio.gather(migrate(database), migrate(database), migrate(database))
    await migrate(database)


def test_the_newest_step_is_the_one_that_a_start_looks_for() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == NEWEST
