"""How the tables came to be, step by step, run by `release` and at every start."""

import asyncio

from sqlalchemy import Connection, create_engine, inspect, text

from bot.store.engine import address_of, make_room

NEWEST = "0003"
# Any number: all processes that migrate one PostgreSQL wait for each other at it.
ADVISORY_LOCK = 7_736_242


async def migrate(database: str) -> None:
    """Bring the database of this address to the newest tables. Safe to call from several processes."""
    await asyncio.to_thread(upgrade, database)


def upgrade(database: str) -> None:
    """The same, waiting."""
    url = address_of(database, sqlite_driver="pysqlite")
    make_room(url)
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            _one_at_a_time(connection)
            bring_up(connection)
    finally:
        engine.dispose()


def bring_up(connection: Connection) -> None:
    """Take the steps that are missing, in the caller's transaction."""
    if not _is_newest(connection):
        # Imported only when there is a step to go: it takes longer than everything else here.
        from bot.store.migrations.steps import go

        go(connection)


def _is_newest(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEWEST


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA busy_timeout=30000")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ADVISORY_LOCK})
