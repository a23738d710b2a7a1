"""What the insights pages ask the database, and how it goes about it: the plan of every query."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import event
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from benchmarks.console_filled import COOKIE
from bot.clock import now
from bot.console.app import PAGES, routes
from bot.console.office import Office
from bot.conversation.navigator import Navigator
from bot.conversation.world import World
from bot.settings import Settings
from bot.store.engine import Store

Query = tuple[str, Any, float]
"""The statement, its parameters, and milliseconds."""


async def plans(database: str, world: World) -> None:
    """Ask for each page of insights once, in this process, and explain what it asked."""
    store = Store(database)
    settings = Settings(cache=None, secret=SecretStr("benchmark"), public_url="http://localhost")
    office = Office(store, lambda: Navigator(world), settings, now)
    paths = [f"/staff{page.path}" for page in PAGES if page.right == "figures" and page.method == "GET"]
    transport = httpx.ASGITransport(Starlette(routes=list(routes(office))))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", cookies={"staff": COOKIE}
    ) as http:
        for path in (path for path in paths if "{" not in path):
            with listening() as asked:
                answer = await http.get(path)
            print(f"\n{path} ({answer.status_code})")
            await _explain(store, asked)
    await store.close()


@contextmanager
def listening() -> Iterator[list[Query]]:
    """Every SELECT of figures that is asked meanwhile."""
    asked: list[Query] = []
    begun: list[float] = []

    def before(*_: object) -> None:
        begun.append(perf_counter())

    def after(_c: object, _k: object, statement: str, parameters: object, *_: object) -> None:
        taken = (perf_counter() - begun.pop()) * 1000
        if "measures" in statement and statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters, taken))

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", before)
        event.remove(Engine, "after_cursor_execute", after)


async def _explain(store: Store, asked: list[Query]) -> None:
    word = "EXPLAIN QUERY PLAN" if store.single_writer else "EXPLAIN"
    for statement, parameters, taken in {one[0]: one for one in asked}.values():
        print(f"  {' '.join(statement.split())[:300]}\n    {taken:.1f} ms")
        async with store.read() as tx:
            found = await tx.exec_driver_sql(f"{word} {statement}", parameters)
            for row in found:
                print(f"      {row[-1]}")
