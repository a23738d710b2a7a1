"""Two colleagues at work at once never wait for each other in a circle: the audit log is written last."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.handover import queue
from bot.handover.words import Press
from bot.model import AskHandover
from bot.store.engine import Store
from tests.databases import Clock
from tests.handover.people import WORLD, glance, hired, press, waiting

CALL = AskHandover("How I feel", "0131 496 0000", "", kind="call", team="nurse")
WRITES = ("INSERT", "UPDATE", "DELETE")


def written_in(tx: AsyncConnection) -> list[str]:
    """The tables that this transaction writes to from now on, in order."""
    tables: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        words = statement.replace("INTO ", "").replace("FROM ", "").split()
        if words[0] in WRITES:
            tables.append(words[1].strip('"'))

    event.listen(tx.sync_connection, "before_cursor_execute", note)
    return tables


async def _claim(tx: AsyncConnection, one: Press, clock: Clock) -> object:
    return await queue.claim(tx, one, WORLD, clock())


async def _answer(tx: AsyncConnection, one: Press, clock: Clock) -> object:
    return await queue.answer(tx, one, "Thank you.", WORLD, clock())


async def _called(tx: AsyncConnection, one: Press, clock: Clock) -> object:
    return await queue.called(tx, one, WORLD, clock())


async def _done(tx: AsyncConnection, one: Press, clock: Clock) -> object:
    return await queue.done(tx, one, WORLD, clock())


@pytest.mark.parametrize("deed", [_claim, _answer, _called, _done])
@pytest.mark.parametrize("wish", [None, CALL], ids=["in-writing", "call-back"])
async def test_every_step_counts_first_and_writes_into_the_log_last(
    store: Store,
    clock: Clock,
    deed: Callable[[AsyncConnection, Press, Clock], Awaitable[object]],
    wish: AskHandover | None,
) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock, "a", wish)
    async with store.write() as tx:
        tables = written_in(tx)
        await deed(tx, press(asked, ann), clock)
    log = tables.index("audit_ends")
    assert "measures" in tables[:log]
    assert set(tables[log:]) <= {"audit", "audit_ends", "handovers"}
    assert (await glance(store, asked.id)).version > asked.version
