"""The bare drivers doing what the ledger does for each message: lease it, then write that it was sent."""

import time
from collections.abc import Iterator, Sequence

import aiosqlite
import psycopg

BATCH = 512
LEASE = "UPDATE ledger SET state = 'sending', owner = 'bare', lease = 1, attempts = 1 WHERE id = {}"
DONE = "UPDATE ledger SET state = 'sent', message = {0}, owner = NULL, lease = NULL WHERE id = {0}"


def batches(ids: Sequence[int]) -> Iterator[list[tuple[int]]]:
    for start in range(0, len(ids), BATCH):
        yield [(id,) for id in ids[start : start + BATCH]]


async def aiosqlite_rate(path: str) -> float:
    """Messages a second, on a database that `crowded.fill` has filled; durable as ours is."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            await connection.execute(f"PRAGMA {pragma}")
        rows = await connection.execute_fetchall("SELECT id FROM ledger WHERE state = 'planned' ORDER BY id")
        ids, started = [id for (id,) in rows], time.perf_counter()
        for batch in batches(ids):
            for statement in (LEASE.format("?"), DONE.format("?1")):
                await connection.execute("BEGIN IMMEDIATE")
                await connection.executemany(statement, batch)
                await connection.execute("COMMIT")
    return len(ids) / (time.perf_counter() - started)


async def psycopg_rate(address: str) -> float:
    """The same on PostgreSQL, its executemany in pipeline mode."""
    done = DONE.replace("{0}", "%(id)s", 1).replace("{0}", "%(id)s")
    async with await psycopg.AsyncConnection.connect(address) as connection:
        found = await connection.execute("SELECT id FROM ledger WHERE state = 'planned' ORDER BY id")
        ids = [id for (id,) in await found.fetchall()]
        await connection.commit()
        started = time.perf_counter()
        for batch in batches(ids):
            named = [{"id": id} for (id,) in batch]
            for statement in (LEASE.format("%(id)s"), done):
                async with connection.cursor() as cursor:
                    await cursor.executemany(statement, named)
                await connection.commit()
    return len(ids) / (time.perf_counter() - started)
