"""The ledger and its sender: how fast, how evenly, how soon, and how much memory.

    python -m benchmarks.sending [--messages 100000] [--seconds 20]

Each measurement runs in a process of its own: `--only <name>` is that process.
"""

import argparse
import asyncio
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.engine import make_url

from benchmarks.bare import aiosqlite_rate, psycopg_rate
from benchmarks.crowded import fill
from bot import clock
from bot.channels.telegram.connection import connect, width_at
from bot.channels.telegram.redact import hush
from bot.channels.telegram.sender import TelegramChannel
from bot.conversation.texts import Texts
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.model import Say
from bot.quiet import NEVER_QUIET
from bot.store import recipients
from bot.store.engine import Store
from bot.store.migrations import upgrade
from tests.telegram.emulator import TOKEN

WIDE = 512
SQLITE_RATE, POSTGRES_RATE = 15_000, 8_000
USUAL, PAID = 29.5, 1000.0
MEGABYTES = 150.0


class NoOp:
    """Takes every message at once."""

    def __init__(self, total: int) -> None:
        self.left = total
        self.done = asyncio.Event()

    async def send(self, address: str, say: Say, key: str) -> str:
        self.left -= 1
        if not self.left:
            self.done.set()
        return address

    async def edit(self, address: str, message: str, say: Say) -> None:
        """Nothing is edited here."""

    async def delete(self, address: str, message: str) -> None:
        """Nothing is deleted here."""


def database(kind: str, folder: Path) -> str:
    """An empty one with every table."""
    if kind == "sqlite":
        address = f"sqlite:///{folder / 'sending.sqlite3'}"
    else:
        # Only here: the server of the tests may not exist for every machine.
        from tests.databases import started_postgresql

        address = started_postgresql()
    upgrade(address)
    return address


def resident() -> float:
    """Megabytes now, and not the most there ever were."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def no_op(address: str, messages: int) -> None:
    store, channel = Store(address), NoOp(messages)
    await fill(store, messages)
    await store.close()
    store = Store(address)
    sender = Dispatcher(store, {"telegram": channel}, Pace(per_second=1e6), clock.now, NEVER_QUIET, WIDE)
    stop, idle = asyncio.Event(), resident()
    started, cpu = time.perf_counter(), time.process_time()
    running = asyncio.create_task(sender.run(stop))
    await channel.done.wait()
    stop.set()
    await running
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    await store.close()
    found = {"rate": messages / seconds, "cpu": cpu / messages * 1e6, "idle": idle, "most": most}
    print(json.dumps(found))


async def bare(kind: str, address: str, messages: int) -> None:
    store = Store(address)
    await fill(store, messages)
    await store.close()
    if kind == "sqlite":
        rate = await aiosqlite_rate(str(make_url(address).database))
    else:
        rate = await psycopg_rate(address)
    print(json.dumps({"rate": rate}))


class Receiver:
    """The Telegram-like server, in its own process."""

    def __init__(self, allowed: int) -> None:
        self.allowed = allowed

    async def __aenter__(self) -> "Receiver":
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "benchmarks.receiver", str(self.allowed))
        self.process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        self.url = await self._line()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.process.kill()
        await self.process.wait()

    async def _line(self) -> str:
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().strip()

    async def report(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        await self.process.stdin.drain()
        report: dict[str, Any] = json.loads(await self._line())
        return report


async def through_telegram(address: str, pace: float, allowed: int, seconds: float) -> None:
    """Through python-telegram-bot to the server, at a pace; then *Stop*, and how long until it is silent."""
    store = Store(address)
    await fill(store, int(pace * (seconds + 5)) + 100)
    async with Receiver(allowed) as receiver:
        line = connect(TOKEN, receiver.url, pace)
        channel = TelegramChannel(line, Texts({"en": {}}), print)
        own, width = Pace(per_second=pace), width_at(pace)
        sender = Dispatcher(store, {"telegram": channel}, own, clock.now, NEVER_QUIET, width)
        stop = asyncio.Event()
        running = asyncio.create_task(sender.run(stop))
        await asyncio.sleep(seconds)
        stopped = time.monotonic()
        async with store.write() as tx:
            await recipients.hold(tx, "broadcast:1", clock.now())
        await asyncio.sleep(3.0)
        report = await receiver.report()
        silence = time.monotonic() - stopped - report["silent"]
        stop.set()
        await running
        await line.hang_up()
    await store.close()
    print(json.dumps(report | {"stop": max(0.0, silence)}))


async def first_send(address: str) -> None:
    """Seconds from the start of a worker to its first message."""
    store = Store(address)
    await fill(store, 10)
    async with Receiver(0) as receiver:
        started = time.perf_counter()
        command = ("-m", "benchmarks.kill_worker", address, receiver.url, str(USUAL), "first")
        worker = await asyncio.create_subprocess_exec(sys.executable, *command)
        while not (await receiver.report())["came"]:  # noqa: ASYNC110  (another process tells)
            await asyncio.sleep(0.02)
        seconds = time.perf_counter() - started
        worker.kill()
        await worker.wait()
    await store.close()
    print(json.dumps({"seconds": seconds}))


# ---- each in its own process, and the report ---------------------------------------------------------------


def apart(name: str, kind: str, **given: float) -> Mapping[str, Any]:
    """Run one measurement in a fresh process."""
    options = [f"--{option}={value}" for option, value in given.items()]
    command = [sys.executable, "-m", "benchmarks.sending", "--only", name, "--database", kind, *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def report_rate(kind: str, driver: str, messages: int, target: int) -> Mapping[str, Any]:
    ours = apart("no-op", kind, messages=messages)
    print(
        f"{kind}: {messages} recipients through the ledger to a no-op send: {ours['rate']:8.0f}/s "
        f"(to reach: {target}/s), {ours['cpu']:.0f} microseconds of CPU a message"
    )
    bare_rate = apart("bare", kind, messages=messages)["rate"]
    print(f"{kind}: bare {driver}, the same writes and nothing else:  {bare_rate:8.0f}/s")
    return ours


def report_pace(kind: str, pace: float, allowed: int, seconds: float, target: str) -> None:
    found = apart("telegram", kind, pace=pace, allowed=allowed, seconds=seconds)
    rate = found["came"] / found["seconds"] if found["seconds"] else 0.0
    share = f"{100 * rate / allowed:.1f} % of {allowed}/s" if allowed else "no limit"
    print(
        f"{kind}: through python-telegram-bot at {pace:g}/s: {rate:7.1f}/s, {share}, "
        f"{found['refused']} refused, at most {found['most']} in a second ({target}); "
        f"silent {found['stop']:.2f} s after Stop (to reach: 2 s)",
        flush=True,
    )


def report(messages: int, seconds: float) -> None:
    found = report_rate("sqlite", "aiosqlite", messages, SQLITE_RATE)
    above = found["most"] - found["idle"]
    print(
        f"sqlite: memory with {messages} queued: {above:.0f} MB above idle (to reach: < {MEGABYTES:.0f} MB)"
    )
    report_rate("postgresql", "psycopg", messages, POSTGRES_RATE)
    for kind in ("sqlite", "postgresql"):
        report_pace(kind, USUAL, 30, seconds, "to reach: 98 %, 0 refused")
        report_pace(kind, PAID, 0, min(seconds, 10.0), "to reach: 1,000/s")
        report_pace(kind, 940.0, 1000, min(seconds, 10.0), "0 refused")
        report_pace(kind, 5000.0, 0, min(seconds, 10.0), "as fast as it goes")
        first = apart("first", kind)["seconds"]
        print(f"{kind}: from the start of a sender to its first message: {first:.2f} s")


def measurements(given: argparse.Namespace, address: str) -> Mapping[str, Callable[[], Awaitable[None]]]:
    return {
        "no-op": lambda: no_op(address, int(given.messages)),
        "bare": lambda: bare(given.database, address, int(given.messages)),
        "telegram": lambda: through_telegram(address, given.pace, int(given.allowed), given.seconds),
        "first": lambda: first_send(address),
    }


async def only(given: argparse.Namespace, folder: Path) -> None:
    address = await asyncio.to_thread(database, given.database, folder)
    await measurements(given, address)[given.only]()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for option, usual in (("messages", 100_000.0), ("seconds", 20.0), ("pace", USUAL), ("allowed", 30.0)):
        arguments.add_argument(f"--{option}", type=float, default=usual)
    arguments.add_argument("--only")
    arguments.add_argument("--database", default="sqlite")
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    hush()
    if given.only is None:
        report(int(given.messages), given.seconds)
        return
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(only(given, Path(name)))


if __name__ == "__main__":
    main()
