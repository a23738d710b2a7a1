"""How long the console's pages take: 100,000 people, 2,000 sessions, 1,000,000 counted events.

python -m benchmarks console [--database sqlite|postgresql] [--times 40]

The program runs as an operator starts it (`prehab run --role web`), in a process of its own. Every page that
links lead to from Today is asked for over real HTTP, one after the other, while events go on. Ends with 1 if
one is too slow.
"""

import argparse
import asyncio
import os
import re
import sys
import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import httpx

from benchmarks import console_filled as filled
from benchmarks.console_plans import plans
from bot.clock import now as wall
from bot.compose import load, navigator_of
from bot.model import Measure
from bot.settings import Settings
from bot.store import measures
from bot.store.engine import Store
from bot.store.migrations import upgrade
from tests.browser.walking import every, pattern_of, walked
from tests.databases import started_postgresql
from tests.system.program import Running, free_port, surroundings
from tests.worlds import ROOT

LIMIT = 150.0
"""Milliseconds: 95 of 100 pages are there by then."""
FILE = 2000.0
"""The same for what is made to be kept: a leaflet, a table."""
FILES = (".csv", ".pdf", ".png")
DATE = re.compile(r'href="(/staff/sessions/[^/"]+/\d+)"')


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
    life = asyncio.create_task(_life(address))
    try:
        missed = await _timed(f"http://localhost:{port}", times, program.process.pid)
    finally:
        life.cancel()
        await program.stop()
    await plans(address, world)
    return 1 if missed else 0


class Browser(httpx.AsyncClient):
    """Remembers how long the first look at each page took, in milliseconds by its pattern."""

    def __init__(self, url: str) -> None:
        super().__init__(base_url=url, cookies={"staff": filled.COOKIE}, timeout=60)
        self.first: dict[str, float] = {}

    async def get(self, url: httpx.URL | str, **given: Any) -> httpx.Response:
        begun = perf_counter()
        answer = await super().get(url, **given)
        self.first.setdefault(pattern_of(urlsplit(str(url)).path), (perf_counter() - begun) * 1000)
        return answer


async def _timed(url: str, times: int, program: int) -> int:
    """The number of pages that are too slow, or are not there at all. `program` is its process."""
    missed = 0
    async with Browser(url) as http:
        pages = {**await walked(http, files=True), **await _of_a_date(http)}
        print(f"limit {LIMIT:.0f} ms, files {FILE:.0f} ms; load {os.getloadavg()[0]:.1f}")
        print(f"{'page, ms':<40} {'first':>8} {'p50':>8} {'p95':>8} {'CPU':>6} {'size':>7}")
        for pattern, path in sorted(pages.items()):
            if not path.startswith("/"):
                missed += 1
                print(f"{pattern:<40} {path}")
                continue
            begun = _spent(program)
            taken, size = await _times(http, path, times)
            cpu, p95 = (_spent(program) - begun) / times, quantiles(taken, n=20)[-1]
            slow = p95 > (FILE if path.partition("?")[0].endswith(FILES) else LIMIT)
            missed += slow
            figures = f"{http.first[pattern]:8.1f} {median(taken):8.1f} {p95:8.1f} {cpu:6.1f}"
            word = "   TOO SLOW" if slow else ""
            print(f"{pattern:<40} {figures} {size / 1024:4.0f} kB{word}", flush=True)
        print("\nfirst: since the program was started; CPU: of the program, beside what else it does.")
        print(
            f"load {os.getloadavg()[0]:.1f};"
            f" not reached: {', '.join(sorted(every() - pages.keys())) or 'none'}"
        )
    return missed


async def _of_a_date(http: httpx.AsyncClient) -> dict[str, str]:
    """Today leads to dates that are over; what can be done to one that is to come, from the list of them."""
    date = DATE.findall((await http.get("/staff/sessions")).text)[-1]
    paths = [f"{date}/{deed}" for deed in ("cancel", "move")]
    return {pattern_of(path): path for path in paths if (await http.get(path)).status_code == 200}


def _spent(process: int) -> float:
    """Milliseconds of CPU that a process has had; 0 where the system does not say it like Linux."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(") ")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


async def _times(http: httpx.AsyncClient, path: str, times: int) -> tuple[list[float], int]:
    """Milliseconds of each, and bytes of the last."""
    taken, size = [], 0
    for _ in range(times):
        begun = perf_counter()
        answer = await http.get(path)
        taken.append((perf_counter() - begun) * 1000)
        size = len(answer.content)
    return taken, size


async def _life(address: str) -> None:
    """People go on using the service: 10 events a second, so that no figure stands still."""
    store = Store(address)
    try:
        for number in count():
            name, what, outcome = filled.happening(number)
            async with store.write() as tx:
                await measures.add(tx, [Measure(name, what, outcome, "scotland", "en")], wall().date())
            await asyncio.sleep(0.1)
    finally:
        await store.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
