"""How long the console's pages take: 100,000 people, 2,000 sessions, 1,000,000 counted events.

python -m benchmarks console [--database sqlite|postgresql] [--times 40]

The program runs as an operator starts it (`prehab run --role web`), in a process of its own. Every page that
links lead to from Today is asked for over real HTTP, one after the other. Ends with 1 if one is too slow.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import httpx

from benchmarks import console_filled as filled
from benchmarks.console_plans import plans
from bot.clock import now as wall
from bot.compose import load, navigator_of
from bot.settings import Settings
from bot.store.migrations import upgrade
from tests.browser.walking import every, walked
from tests.databases import started_postgresql
from tests.system.program import Running, free_port, surroundings
from tests.worlds import ROOT

LIMIT = 150.0
"""Milliseconds: 95 of 100 pages are there by then."""
FILE = 2000.0
"""The same for what is made to be kept: a leaflet, a table."""


async def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.console")
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--times", type=int, default=40)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="prehab-console-") as name:
        return await measure(Path(name), given.database, given.times)


async def measure(folder: Path, database: str, times: int) -> int:
    """The number of pages that miss the limit, 1 at most."""
    address = started_postgresql() if database == "postgresql" else f"sqlite:///{folder / 'console.sqlite3'}"
    upgrade(address)
    knowledge = filled.listings(ROOT / "knowledge", folder)
    settings = Settings(cache=folder / "cache", knowledge=knowledge, flows=ROOT / "flows", show_drafts=True)
    loaded = load(settings)
    assert loaded.content is not None, "\n".join(str(one) for one in loaded.problems[:20])
    world = navigator_of(loaded.content, settings).world
    filled.fill(address, world.directory, wall() - timedelta(seconds=1))
    rows = ", ".join(f"{count:,} {name}" for name, count in filled.counted(address).items())
    print(f"{database}: {len(world.directory.listings):,} sessions, {rows}; {os.cpu_count()} cores\n")
    port = free_port()
    environment = surroundings(
        folder,
        NAVIGATOR_DATABASE=address,
        NAVIGATOR_KNOWLEDGE=str(knowledge),
        NAVIGATOR_CACHE=str(folder / "cache"),
        NAVIGATOR_PUBLIC_URL=f"http://localhost:{port}",
        PORT=str(port),
    )
    program = await Running.start(environment, "--role", "web")
    try:
        missed = await _timed(f"http://localhost:{port}", times)
    finally:
        await program.stop()
    await plans(address, world)
    return 1 if missed else 0


async def _timed(url: str, times: int) -> int:
    missed = 0
    async with httpx.AsyncClient(base_url=url, cookies={"staff": filled.COOKIE}, timeout=60) as http:
        pages = await walked(http, files=True)
        print(f"{'page':<38} {'p50':>9} {'p95':>9} {'size':>9}   limit {LIMIT:.0f} ms, files {FILE:.0f} ms")
        for pattern, path in sorted(pages.items()):
            if not path.startswith("/"):
                print(f"{pattern:<38} {path}")
                continue
            taken, size = await _times(http, path, times)
            p95 = quantiles(taken, n=20)[-1]
            slow = p95 > (FILE if path.partition("?")[0].endswith((".csv", ".pdf", ".png")) else LIMIT)
            missed += slow
            word = "   TOO SLOW" if slow else ""
            print(
                f"{pattern:<38} {sorted(taken)[times // 2]:6.1f} ms {p95:6.1f} ms {size / 1024:6.0f} kB{word}"
            )
        print(f"\nnot reached: {', '.join(sorted(every() - pages.keys())) or 'none'}")
    return missed


async def _times(http: httpx.AsyncClient, path: str, times: int) -> tuple[list[float], int]:
    """Milliseconds of each, and bytes of the last. The first, which opens files and plans, is left out."""
    taken, size = [], 0
    for number in range(times + 1):
        begun = perf_counter()
        answer = await http.get(path)
        if number:
            taken.append((perf_counter() - begun) * 1000)
        size = len(answer.content)
    return taken, size


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
