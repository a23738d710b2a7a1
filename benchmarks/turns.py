"""How fast a turn is: durable commits through the service, beside a bare python-telegram-bot echo."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from telegram import Message, Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest

from bot import clock
from bot.compose import Current
from bot.model import Arrival, Count, Event, Person, Said, Say, Turn
from bot.service import Navigator, Service
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrations import upgrade
from tests.speechless import Speechless

TURNS = 2000
PEOPLE = 200
QUESTIONS = (
    "can I go swimming with a stoma",
    "hello",
    "what do i eat befor my operation",
    "exercise class near EH6 5NA",
    "menu",
    "I feel low and I cannot sleep",
    "is it ok to walk during chemo",
)
P99_MILLISECONDS = 25.0
START_SECONDS = 2.0
MEGABYTES = 200.0


@dataclass(frozen=True)
class Measured:
    """Milliseconds of every turn, and seconds for all of them."""

    name: str
    turns: Sequence[float]
    seconds: float

    def line(self) -> str:
        cuts = statistics.quantiles(self.turns, n=100)
        return (
            f"{self.name:<42} {len(self.turns) / self.seconds:9.0f} turns/s"
            f"   p50 {cuts[49]:7.2f} ms   p99 {cuts[98]:7.2f} ms"
        )


class Echo(Speechless):
    """The cheapest navigator that there can be: what is measured is the service and the disk."""

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        text = event.text if isinstance(event, Said) else ""
        return Turn(replace(person, turns=person.turns + 1), (Say(text), Count("turn")))

    def our_mistake(self, person: Person, event: Event | None = None) -> Say:
        raise AssertionError("the benchmark itself is broken")

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        return Say(str(held))


async def measure(name: str, turn: Callable[[int], Awaitable[object]], times: int = TURNS) -> Measured:
    """One turn after the other, after some to warm up."""
    for number in range(-50, 0):
        await turn(number)
    taken, start = [], time.perf_counter()
    for number in range(times):
        before = time.perf_counter()
        await turn(number)
        taken.append((time.perf_counter() - before) * 1000)
    return Measured(name, taken, time.perf_counter() - start)


async def measure_service(name: str, folder: Path, navigator: Navigator) -> Measured:
    """Turns through service.handle on a fresh SQLite file, each committed to disk."""
    database = f"sqlite:///{folder / 'turns.sqlite3'}"
    upgrade(database)
    store = Store(database)
    service = Service(store, lambda: navigator, clock.now)
    measured = await measure(name, lambda n: service.handle(_arrival(n)))
    await store.close()
    return measured


def _arrival(number: int) -> Arrival:
    said = Said(QUESTIONS[number % len(QUESTIONS)])
    return Arrival("web", f"person {number % PEOPLE}", str(number), said)


class Offline(BaseRequest):
    """Telegram as python-telegram-bot sees it, without any network."""

    ANSWER = (
        b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"bot","username":"bot","message_id":1,'
        b'"date":1,"chat":{"id":1,"type":"private"},"text":"hi"}}'
    )

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float | None:
        return None

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        return 200, self.ANSWER


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if isinstance(update.message, Message) and update.message.text:
        await update.message.reply_text(update.message.text)


async def measure_telegram() -> Measured:
    """A bot that only echoes, keeps nothing, and promises nothing after a crash."""
    application = ApplicationBuilder().token("1:offline").request(Offline()).updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    await application.initialize()
    measured = await measure(
        "bare python-telegram-bot echo, nothing kept",
        lambda n: application.process_update(Update.de_json(_update(n), application.bot)),
    )
    await application.shutdown()
    return measured


def _update(number: int) -> dict[str, object]:
    who = {"id": number % PEOPLE + 1, "is_bot": False, "first_name": "x", "type": "private"}
    return {
        "update_id": number + 100,
        "message": {"message_id": 1, "date": 1, "chat": who, "from": who, "text": "can I go swimming"},
    }


async def fsync_milliseconds(folder: Path) -> float:
    """What this disk takes to promise 4 KB, for comparison: the floor of any durable turn."""
    times = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(100):
            before = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times)


@dataclass(frozen=True)
class Started:
    """A fresh `prehab chat`: seconds to its first answer, and megabytes resident then."""

    seconds: float
    megabytes: float


def start_chat(folder: Path) -> Started | None:
    """Start the terminal chat, ask something, and wait for the first line of an answer."""
    settings = {"NAVIGATOR_DATABASE": f"sqlite:///{folder / 'chat.sqlite3'}", "NAVIGATOR_SHOW_DRAFTS": "1"}
    before = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | settings,
    ) as chat:
        assert chat.stdin and chat.stdout
        chat.stdin.write(b"can I exercise during chemo\n")
        chat.stdin.flush()
        answered = chat.stdout.readline()
        seconds = time.perf_counter() - before
        megabytes = _resident(chat.pid)
        chat.kill()
    return Started(seconds, megabytes) if answered.strip() else None


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def report_chat(folder: Path) -> None:
    # The second start is the usual one: the first compiles content and index into the cache.
    first, second = start_chat(folder), start_chat(folder)
    if first is None or second is None:
        print("prehab chat: no answer (is the content complete? `prehab check` says)")
        return
    print(f"start to first answer, cold cache {first.seconds:6.2f} s")
    print(f"start to first answer             {second.seconds:6.2f} s    (to reach: < {START_SECONDS:.0f} s)")
    print(f"resident memory after it          {second.megabytes:6.0f} MB   (to reach: < {MEGABYTES:.0f} MB)")


async def report_turns(folder: Path) -> None:
    target = f"   (to reach: p99 < {P99_MILLISECONDS:.0f} ms)"
    navigator = Current(Settings(show_drafts=True, cache=folder / "cache"))
    measured = await measure_service("service.handle, the real navigator", folder / "real", navigator())
    print(measured.line() + target)
    measured = await measure_service("service.handle, echo: store alone", folder / "echo", Echo())
    print(measured.line() + target)
    print((await measure_telegram()).line())
    print(f"one fdatasync of this disk: {await fsync_milliseconds(folder):.2f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(report_turns(Path(name)))
        report_chat(Path(name))


if __name__ == "__main__":
    main()
