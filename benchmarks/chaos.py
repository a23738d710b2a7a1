"""The sender in trouble, counted at the receiver: nothing lost, nothing repeated but by rule.

    python -m benchmarks.chaos [--only telegram|disk|clock|backup] [--seconds 32]

400 people with 2 answers, a reminder and 2 broadcasts each; a quarter of them is out when it happens:
telegram: 1 request in 10 fails (429, 403, 5xx, late answers, cut connections), from the first on
disk:     the disk is full, for longer than a lease, and has room again
clock:    the machine's clock is set back an hour, while messages wait to be tried again
backup:   another process locks the database, for longer than a lease and than SQLite waits
"""

import argparse
import asyncio
import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, insert, select
from structlog.typing import EventDict, Processor

from benchmarks.crowded import LONG_AGO
from bot import clock
from bot.channels.telegram.connection import Patience, connect
from bot.channels.telegram.redact import hush
from bot.channels.telegram.sender import TelegramChannel
from bot.conversation.texts import Texts
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.model import Say
from bot.quiet import NEVER_QUIET
from bot.store import ledger, letters
from bot.store.engine import Store
from bot.store.ledger import Planned, To, Urgency
from bot.store.letters import Letter
from bot.store.migrations import upgrade
from bot.store.tables import ledger as rows
from bot.store.tables import people
from tests.telegram.emulator import TOKEN

PEOPLE = 400
ANSWERS = ("answer 1", "answer 2")
PLANNED = (("reminder", Urgency.REMINDER), ("news 1", Urgency.BROADCAST), ("news 2", Urgency.BROADCAST))
KINDS = (ANSWERS, ("news 1", "news 2"))
"""What must arrive in this order."""
PACE = 150.0
HURRIED = Patience(answer=1.0, connect=1.0, pool=1.0)
WHEN = PEOPLE * (len(ANSWERS) + len(PLANNED)) // 4
LONGEST = 180.0
MEGABYTES = 12
FILLER = "filler"


# ---- the stage ------------------------------------------------------------------------------------------


@dataclass
class Stage:
    """A database full of messages, the receiver, and a clock that can be set."""

    folder: Path
    store: Store
    receiver: asyncio.subprocess.Process
    url: str
    seconds: float
    set_back: timedelta = timedelta()
    failed: Counter[str] = field(default_factory=Counter)

    def now(self) -> datetime:
        return clock.now() - self.set_back

    @property
    def file(self) -> Path:
        return self.folder / "chaos.sqlite3"

    async def ask(self, line: str) -> str:
        assert self.receiver.stdin and self.receiver.stdout
        self.receiver.stdin.write(f"{line}\n".encode())
        return (await self.receiver.stdout.readline()).decode().strip()

    async def until_arrived(self, wanted: int) -> None:
        # The receiver is a process of its own: it can only be asked.
        while True:
            if int(await self.ask("count")) >= wanted:
                return
            await asyncio.sleep(0.05)


Trouble = Callable[[Stage], Awaitable[None]]


async def fill(store: Store) -> None:
    async with store.write() as tx:
        await tx.execute(insert(people), [_person(number) for number in range(1, PEOPLE + 1)])
        for number in range(1, PEOPLE + 1):
            to = To(number, f"p{number}", "telegram", str(number))
            await ledger.reply(tx, to, [Say(text) for text in ANSWERS], LONG_AGO)
        for text, urgency in PLANNED:
            letter = await letters.write(tx, Letter(text, Say(text)), LONG_AGO)
            planned = [_message(number, text, urgency, letter) for number in range(1, PEOPLE + 1)]
            await ledger.plan(tx, planned, LONG_AGO)


def _person(number: int) -> dict[str, object]:
    flags = {"answers": False, "remembers": False, "stopped": False, "reachable": True}
    who = {"id": f"p{number}", "channel": "telegram", "address": str(number), "state": "{}", "version": 1}
    return who | flags | {"seen": LONG_AGO}


def _message(number: int, text: str, urgency: Urgency, letter: int) -> Planned:
    whose = (f"p{number}", "telegram", str(number))
    return Planned(f"{text}:p{number}", urgency, text, *whose, LONG_AGO, letter)


# ---- the troubles ---------------------------------------------------------------------------------------


async def failing_telegram(stage: Stage) -> None:
    """From the start: see `FROM_THE_START`."""


async def full_disk(stage: Stage) -> None:
    """Nothing can be written for a while, then there is room again."""
    with filled(stage.folder):
        before = int(await stage.ask("count"))
        await asyncio.sleep(stage.seconds)
        sent = int(await stage.ask("count")) - before
    print(f"  {sent} messages arrived while the disk was full for {stage.seconds:.0f} s")


async def clock_set_back(stage: Stage) -> None:
    stage.set_back = timedelta(hours=1)


async def locked_by_backup(stage: Stage) -> None:
    """A backup that holds the write lock, then one that copies the file while we write."""
    holds = f"c.execute('BEGIN IMMEDIATE'); time.sleep({stage.seconds}); c.rollback()"
    copies = f"c.execute('VACUUM INTO ?', ({str(stage.folder / 'copy.sqlite3')!r},))"
    for what in (holds, copies):
        code = f"import sqlite3, time; c = sqlite3.connect({str(stage.file)!r}, timeout=60); {what}"
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
        await other.wait()


TROUBLES: Mapping[str, Trouble] = {
    "telegram": failing_telegram,
    "disk": full_disk,
    "clock": clock_set_back,
    "backup": locked_by_backup,
}
FROM_THE_START = {"telegram": 0.1, "clock": 0.1}
"""The share of requests that fail. When the clock is set, some messages must be waiting for another try."""


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """The disk has no byte left; where it is not a small one of our own, no file may grow instead."""
    if not folder.is_mount():
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        return
    with (folder / FILLER).open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    yield
    (folder / FILLER).unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of a few megabytes in memory, where we may mount one."""
    mount = ("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder))
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    print("  on a small disk" if mounted else "  no small disk here: no file may grow instead")
    try:
        yield
    finally:
        if mounted:
            subprocess.run(("umount", str(folder)), check=True)


# ---- the play -------------------------------------------------------------------------------------------


async def play(name: str, folder: Path, seconds: float) -> bool:
    """Send everything through this trouble; whether all is well."""
    async with staged(folder, seconds) as stage:
        await stage.ask(f"faults {FROM_THE_START.get(name, 0.0)}")
        begun, stop = time.perf_counter(), asyncio.Event()
        sending = asyncio.create_task(send(stage, stop))
        await stage.until_arrived(WHEN)
        await TROUBLES[name](stage)
        await finished(stage)
        stop.set()
        await sending
        print(f"  {time.perf_counter() - begun:.1f} s, {stage.failed.total()} rounds of the sender failed")
        return await show(stage)


@asynccontextmanager
async def staged(folder: Path, seconds: float) -> AsyncIterator[Stage]:
    address = f"sqlite:///{folder / 'chaos.sqlite3'}"
    upgrade(address)
    store = Store(address)
    await fill(store)
    pipe, command = asyncio.subprocess.PIPE, ("-m", "benchmarks.chaos_receiver")
    receiver = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdin=pipe, stdout=pipe, limit=2**24
    )
    assert receiver.stdin and receiver.stdout
    url = (await receiver.stdout.readline()).decode().strip()
    stage = Stage(folder, store, receiver, url, seconds)
    structlog.configure(processors=[_counting(stage.failed)], cache_logger_on_first_use=False)
    try:
        yield stage
    finally:
        await store.close()
        receiver.stdin.close()
        await receiver.wait()


def _counting(failed: Counter[str]) -> Processor:
    def count(_logger: Any, method: str, event: EventDict) -> EventDict:
        if method == "error":
            failed[str(event["event"])] += 1
        raise structlog.DropEvent

    return count


async def send(stage: Stage, stop: asyncio.Event) -> None:
    line = connect(TOKEN, stage.url, PACE, HURRIED)
    channel = TelegramChannel(line, Texts({"en": {}}), print)
    try:
        await Dispatcher(stage.store, {"telegram": channel}, Pace(PACE), stage.now, NEVER_QUIET).run(stop)
    finally:
        await line.hang_up()


async def finished(stage: Stage) -> None:
    """Until nothing is planned and nothing on its way."""
    until = time.monotonic() + LONGEST
    open_ = select(func.count()).where(rows.c.state.in_(("planned", "sending")))
    while time.monotonic() < until:
        async with stage.store.read() as tx:
            if not (await tx.execute(open_)).scalar_one():
                return
        await asyncio.sleep(0.5)
    print("  not all was done in time")


# ---- the count ------------------------------------------------------------------------------------------


async def show(stage: Stage) -> bool:
    report = json.loads(await stage.ask("report"))
    arrived = Counter((chat, text) for chat, text in report["arrived"])
    in_doubt = Counter((chat, text) for chat, text in report["in-doubt"])
    states = await states_of(stage.store)
    gone = {which for which, state in states.items() if state == "failed gone"}
    unsure = {which for which, state in states.items() if state == "unsure"}
    again = arrived - Counter(set(arrived))
    lost = states.keys() - arrived.keys() - gone - unsure
    wrong = len(out_of_order(report["arrived"]))
    for fault, times in sorted(report["faults"].items()):
        print(f"  {times:5} {fault}")
    print(f"  {len(unsure - arrived.keys())} of the unsure did not arrive; {len(gone)} blocked, not sent")
    print(f"  repeated by rule (it was done, its answer never came): {(again & in_doubt).total()}")
    repeated = (again - in_doubt).total()
    print(f"lost {len(lost)} repeated {repeated} unsure {len(unsure)} wrong-order {wrong}", flush=True)
    return not (lost or repeated or wrong)


async def states_of(store: Store) -> dict[tuple[str, str], str]:
    """The state of each message, by address and words."""
    said = select(rows.c.address, rows.c.key, rows.c.about, rows.c.state, rows.c.reason)
    async with store.read() as tx:
        found = (await tx.execute(said)).all()
    return {
        (row.address, row.about or ANSWERS[int(row.key[-1])]): " ".join(
            filter(None, (row.state, row.reason if row.state == "failed" else ""))
        )
        for row in found
    }


def out_of_order(arrived: list[tuple[str, str]]) -> set[str]:
    """Who got a later message of a kind before an earlier one."""
    first: dict[tuple[str, str], int] = {}
    for place, (chat, text) in enumerate(arrived):
        first.setdefault((chat, text), place)
    return {
        chat
        for chat in {chat for chat, _ in first}
        for earlier, later in KINDS
        if first.get((chat, earlier), 0) > first.get((chat, later), len(arrived))
    }


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--only", choices=tuple(TROUBLES))
    arguments.add_argument("--seconds", type=float, default=32.0)
    given = arguments.parse_args()
    hush()
    well = True
    for name in [given.only] if given.only else TROUBLES:
        print(f"{name}:")
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            if name == "disk":
                stack.enter_context(small_disk(Path(folder)))
            well &= asyncio.run(play(name, Path(folder), given.seconds))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
