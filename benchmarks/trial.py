"""The whole program as staff would use it: a broadcast to 2,000 people, stopped half way, corrected, gone on
with, while it is killed twice; and a report that must add up.

    python -m benchmarks.trial [--database sqlite|postgresql] [--people 2000] [--pace 29.5]

SQLite: one process, killed and started again. PostgreSQL: a web process, to which Telegram brings its
updates, and 2 workers; one is killed, later the other. Mary and Joe write, approve, stop, correct and read
the report in their chats. The people and their Telegram are a server on loopback that keeps Telegram's pace.
"""

import argparse
import asyncio
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from bot import clock
from bot.store.engine import Store
from bot.store.migrations import upgrade
from bot.store.tables import ledger
from tests.broadcasts.crowd import crowd
from tests.system.program import Running, free_port, prehab, surroundings
from tests.telegram.builders import message, tap
from tests.telegram.emulator import TOKEN, Delivered, FakeTelegram, Limits

MARY, JOE, FIRST = 11, 12, 1001
WRONG, RIGHT = "The walk is on Tusday.", "The walk is on Tuesday."
PATIENCE = 300.0


class Chats(FakeTelegram):
    """What the phones show, and what came how often."""

    def __init__(self, allowed: int) -> None:
        super().__init__(limits=Limits(allowed))
        self.listener = self.hear
        self.changed = asyncio.Event()
        self.queries = count(1)
        self.came: Counter[int] = Counter()
        self.last = 0.0
        self.edits = 0
        self.seen: set[tuple[int, int]] = set()

    def hear(self, message: Delivered) -> None:
        self.changed.set()
        if message.chat >= FIRST:
            new = (message.chat, message.message_id) not in self.seen
            self.seen.add((message.chat, message.message_id))
            self.came[message.chat] += new
            self.edits += not new
            self.last = time.monotonic() if new else self.last

    async def until(self, shown: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not shown():
                self.changed.clear()
                await self.changed.wait()

    def texts(self, number: int) -> str:
        return "\n".join(one.text for (chat, _), one in sorted(self.standing.items()) if chat == number)

    async def say(self, number: int, text: str, answer: str) -> None:
        await self.write("message", message(number, text=text))
        await self.until(lambda: answer in self.texts(number))

    async def tap(self, number: int, label: str, answer: str = "") -> None:
        await self.until(lambda: label in self._codes(number))
        await self.write("callback_query", tap(self._codes(number)[label], number, f"q{next(self.queries)}"))
        await self.until(lambda: answer in self.texts(number))

    def _codes(self, number: int) -> dict[str, str]:
        shown = [one for (chat, _), one in sorted(self.standing.items()) if chat == number]
        keyboards = [one.markup.get("inline_keyboard", []) for one in shown]
        buttons = [button for keyboard in keyboards for row in keyboard for button in row]  # type: ignore[attr-defined]
        return {button["text"]: button.get("callback_data", "") for button in buttons}


@dataclass
class Trial:
    """The processes, in the order in which they are killed, and what happens around them."""

    chats: Chats
    environment: Mapping[str, str]
    people: int
    roles: tuple[str, ...]
    running: dict[str, Running] = field(default_factory=dict)
    kills: int = 0

    async def start(self, name: str) -> None:
        """A process with its own door; "worker 1" is a worker."""
        own = dict(self.environment)
        if name != "web":
            own["PORT"] = str(free_port())
        self.running[name] = await Running.start(own, "--role", name.split()[0])

    async def kill(self) -> None:
        """`kill -9` of one that sends. With one process it starts again; with several, the living go on."""
        victims = [name for name in self.roles if name != "web"]
        victim = victims[self.kills % len(victims)]
        self.kills += 1
        print(f"  {sum(self.chats.came.values())} messages came; {victim} is killed", flush=True)
        await self.running.pop(victim).kill()
        if len(victims) == 1:
            await self.start(victim)

    async def play(self) -> None:
        mary, joe = [await hired(name, self.environment) for name in ("Mary", "Joe")]
        for name in self.roles:
            await self.start(name)
        await self.chats.say(MARY, mary, "Hello Mary.")
        await self.chats.say(JOE, joe, "Hello Joe.")
        await self._send()
        await self._stop_and_correct()
        await self._finish()

    async def _send(self) -> None:
        chats = self.chats
        await chats.say(MARY, "/broadcast", f"It reaches {self.people:,} people.")
        await chats.tap(MARY, "Write the words", "Type the words")
        await chats.say(MARY, WRONG, "Is it right?")
        await chats.tap(MARY, "Send", "I have asked 1 person")
        await chats.tap(JOE, "Approve", "You said yes")
        await chats.until(lambda: len(chats.came) >= self.people // 5)
        await self.kill()
        await chats.until(lambda: len(chats.came) >= self.people // 2)

    async def _stop_and_correct(self) -> None:
        chats, pressed = self.chats, time.monotonic()
        await chats.tap(MARY, "Stop", "Broadcast 1 is stopped. What is on its way")
        await chats.until(lambda: "Broadcast 1 is stopped.\n" in chats.texts(MARY))
        print(
            f"  Stop at {len(chats.came)}: the last message came {max(0.0, chats.last - pressed):.2f} s after"
        )
        await chats.tap(MARY, "Correct", "How do you want to put it right?")
        await chats.tap(MARY, "Change the words people have", "Type the new words")
        await chats.say(MARY, RIGHT, "Broadcast 1 waits for a second yes.")
        await chats.until(lambda: chats.texts(JOE).count("asks for your yes") == 2)
        await chats.tap(JOE, "Approve")
        if len(self.roles) > 1:
            await self.start("worker 1")
        await chats.until(lambda: len(chats.came) >= self.people * 3 // 4)
        await self.kill()

    async def _finish(self) -> None:
        await self.chats.until(lambda: "Broadcast 1 is done." in self.chats.texts(MARY))
        code, report = await prehab("broadcast", "report", "1", environment=self.environment)
        print(report if code == 0 else f"the report failed: {code}")

    async def end(self) -> None:
        for process in self.running.values():
            await process.kill()


async def hired(name: str, environment: Mapping[str, str]) -> str:
    _, printed = await prehab("staff", "add", name, "--role", "editor", environment=environment)
    found = re.search(r"/link (\S+)", printed)
    assert found, printed
    return found[0]


async def count_up(database: str, chats: Chats, people: int) -> str:
    """The receiver's count beside the ledger's."""
    store = Store(database)
    mine = (ledger.c.about == "broadcast:1", ledger.c.act == "send")
    async with store.read() as tx:
        counted = select(ledger.c.state, func.count()).where(*mine).group_by(ledger.c.state)
        states: dict[str, int] = {state: many for state, many in await tx.execute(counted)}
        unsure = select(ledger.c.address).where(*mine, ledger.c.state == "unsure")
        doubtful = {int(address) for address in (await tx.execute(unsure)).scalars()}
    await store.close()
    everybody = set(range(FIRST, FIRST + people))
    lost = len(everybody - chats.came.keys() - doubtful)
    repeated = sum(times - 1 for times in chats.came.values() if times > 1)
    wrong = [one for (chat, _), one in chats.standing.items() if chat >= FIRST and RIGHT not in one.text]
    stale = len({one.chat for one in wrong} - doubtful)
    total = sum(states.values())
    print(f"  ledger {states}, in all {total} of {people}; phones that still show the wrong day: {stale}")
    print(f"  {len(doubtful)} unsure, of whom {len(doubtful & chats.came.keys())} have got it")
    adds_up = total == people and not states.keys() - {"sent", "unsure"}
    return f"lost {lost} repeated {repeated} unsure {len(doubtful)} adds-up {'yes' if adds_up else 'no'}"


async def measure(database: str, folder: Path, people: int, pace: float, roles: tuple[str, ...]) -> None:
    chats = Chats(30)
    await chats.start()
    store = Store(database)
    await crowd(store, clock.now(), [str(FIRST + number) for number in range(people)])
    await store.close()
    environment = surroundings(
        folder,
        NAVIGATOR_DATABASE=database,
        TELEGRAM_BOT_TOKEN=TOKEN,
        NAVIGATOR_TELEGRAM_API=chats.url,
        NAVIGATOR_TELEGRAM_PACE=str(pace),
        NAVIGATOR_BROADCAST_HOLD_SECONDS="3",
        NAVIGATOR_QUIET_FROM="00:00",
        NAVIGATOR_QUIET_UNTIL="00:00",
        PORT=str(free_port()),
    )
    if "web" in roles:
        environment["NAVIGATOR_PUBLIC_URL"] = f"http://127.0.0.1:{environment['PORT']}"
    trial, started = Trial(chats, environment, people, roles), time.monotonic()
    try:
        await trial.play()
        sent = chats.counted("sendMessage")
        print(f"  {time.monotonic() - started:.0f} s, {sent} messages sent, {chats.edits} edits")
        print(await count_up(database, chats, people))
    finally:
        await trial.end()
        await chats.stop()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    arguments.add_argument("--people", type=int, default=2000)
    arguments.add_argument("--pace", type=float, default=29.5)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, database = Path(name), f"sqlite:///{name}/trial.sqlite3"
        roles: tuple[str, ...] = ("all",)
        if given.database == "postgresql":
            # Only here: the server of the tests may not exist for every machine.
            from tests.databases import started_postgresql

            database, roles = started_postgresql(), ("web", "worker 1", "worker 2")
        upgrade(database)
        print(f"{given.database}, {given.people} people, {given.pace:g} messages a second", flush=True)
        asyncio.run(measure(database, folder, given.people, given.pace, roles))


if __name__ == "__main__":
    main()
