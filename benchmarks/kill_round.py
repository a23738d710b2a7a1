"""One round of the kill benchmark: a Telegram that counts, workers that send, and one of them killed."""

import asyncio
import contextlib
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from sqlalchemy import Row, insert, select

from benchmarks.crowded import LONG_AGO
from bot.model import Say
from bot.store import ledger, letters
from bot.store.engine import Store
from bot.store.ledger import Planned, To, Urgency
from bot.store.letters import Letter
from bot.store.tables import ledger as rows
from bot.store.tables import people as people_rows
from tests.telegram.emulator import Delivered, FakeTelegram

PEOPLE = 200
BROADCASTS = ("first", "second")
REPLY = "reply"
REPLIES_TO = 10
"""Every so many people wait for a reply as well: one that is in doubt is sent again, by rule."""
PACE = 150.0
DELAY = 0.12
"""Seconds an answer takes: at this pace about 18 messages are on their way at any moment."""
LATEST = 0.85
"""The share of the sending after which nobody is killed any more: something must be left to take over."""
PATIENCE = 60.0


class Counting(FakeTelegram):
    """Counts what arrives, and answers late: a message may be there although its sender has died."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice = dice
        self.listener = self.count
        self.arrived: list[tuple[int, str]] = []
        self.begun = asyncio.Event()

    def count(self, message: Delivered) -> None:
        self.arrived.append((message.chat, message.text))
        self.begun.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        before = self.dice.random() * DELAY
        await asyncio.sleep(before)
        response = await super().handle(request)
        await asyncio.sleep(DELAY - before)
        return response


@dataclass
class Outcome:
    """How a round went. `by_rule` are replies that were in doubt and sent again; `unlisted` are broadcasts
    that were on their way when the worker died and that staff are not told of."""

    lost: int = 0
    repeated: int = 0
    unsure: int = 0
    wrong_order: int = 0
    by_rule: int = 0
    in_flight: int = 0
    unlisted: int = 0
    taken_over: float = 0.0

    def line(self) -> str:
        return (
            f"lost {self.lost} repeated {self.repeated} unsure {self.unsure} wrong-order {self.wrong_order}"
        )


async def play(database: str, workers: int, seed: int) -> Outcome:
    """On an empty database: fill, send, kill one worker at a random moment, let the living finish, count."""
    dice = random.Random(seed)
    store, telegram = Store(database), Counting(dice)
    await telegram.start()
    await plan(store)
    round_ = Round(database, store, telegram, dice)
    try:
        for _ in range(workers):
            await round_.start()
        return await round_.run()
    finally:
        await round_.end()


async def plan(store: Store) -> None:
    """Two broadcasts for everybody, one after the other, and a reply for some."""
    async with store.write() as tx:
        await tx.execute(insert(people_rows), [_person(number) for number in range(1, PEOPLE + 1)])
        for text in BROADCASTS:
            letter = await letters.write(tx, Letter(text, Say(text)), LONG_AGO)
            everybody = [_broadcast(number, text, letter) for number in range(1, PEOPLE + 1)]
            await ledger.plan(tx, everybody, LONG_AGO)
        for number in range(1, PEOPLE + 1, REPLIES_TO):
            to = To(number, f"p{number}", "telegram", str(number))
            await ledger.reply(tx, to, [Say(REPLY)], LONG_AGO)


def _person(number: int) -> dict[str, object]:
    flags = {"answers": False, "remembers": False, "stopped": False, "reachable": True}
    who = {"id": f"p{number}", "channel": "telegram", "address": str(number), "state": "{}", "version": 1}
    return who | flags | {"seen": LONG_AGO}


def _broadcast(number: int, text: str, letter: int) -> Planned:
    key, whose = f"broadcast:{text}:p{number}", (f"p{number}", "telegram", str(number))
    return Planned(key, Urgency.BROADCAST, f"broadcast:{text}", *whose, LONG_AGO, letter)


@dataclass
class Round:
    """The workers by name, and what they work on."""

    database: str
    store: Store
    telegram: Counting
    dice: random.Random
    workers: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    started: int = 0

    async def start(self) -> None:
        """A worker in a process of its own; the pace is one for all, whatever their number."""
        self.started += 1
        name = f"worker {self.started}"
        command = ("-m", "benchmarks.kill_worker", self.database, self.telegram.url, str(PACE), name)
        self.workers[name] = await asyncio.create_subprocess_exec(sys.executable, *command)

    async def run(self) -> Outcome:
        async with asyncio.timeout(PATIENCE):
            await self.telegram.begun.wait()
        whole = (len(BROADCASTS) * PEOPLE + PEOPLE / REPLIES_TO) / PACE
        await asyncio.sleep(self.dice.random() * whole * LATEST)
        victim = await self._kill()
        killed = time.monotonic()
        in_flight = await self._leased_to(victim)
        if not self.workers:
            await self.start()
        outcome = Outcome(in_flight=len(in_flight))
        outcome.taken_over = await self._until(self._leased_to, victim) - killed
        await self._until(self._unfinished)
        return await self._count(outcome, in_flight)

    async def _kill(self) -> str:
        """`kill -9` of one that is at work; which one."""
        at_work: list[str] = []
        async with asyncio.timeout(PATIENCE):
            while not at_work:
                at_work = await self._at_work()
        victim = self.dice.choice(at_work)
        process = self.workers.pop(victim)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        return victim

    async def _at_work(self) -> list[str]:
        async with self.store.read() as tx:
            owners = select(rows.c.owner).where(rows.c.state == "sending").distinct()
            found = (await tx.execute(owners)).scalars()
            return sorted(owner for owner in found if owner in self.workers)

    async def _leased_to(self, owner: str) -> list[int]:
        async with self.store.read() as tx:
            theirs = select(rows.c.id).where(rows.c.state == "sending", rows.c.owner == owner)
            return list((await tx.execute(theirs)).scalars())

    async def _unfinished(self) -> list[int]:
        async with self.store.read() as tx:
            open_ = select(rows.c.id).where(rows.c.state.in_(("planned", "sending")))
            return list((await tx.execute(open_)).scalars())

    async def _until(self, left: Callable[..., Awaitable[list[int]]], *of: str) -> float:
        async with asyncio.timeout(PATIENCE):
            while await left(*of):  # noqa: ASYNC110  (another process writes what we wait for)
                await asyncio.sleep(0.1)
        return time.monotonic()

    async def _count(self, outcome: Outcome, in_flight: list[int]) -> Outcome:
        """What arrived, beside what the ledger says."""
        async with self.store.read() as tx:
            found = (await tx.execute(select(rows))).all()
        arrived = Counter(self.telegram.arrived)
        for row in found:
            times = arrived[int(row.address), _text(row)]
            outcome.unsure += row.state == "unsure"
            outcome.lost += times == 0 and row.state != "unsure"
            outcome.unlisted += row.id in in_flight and row.state != "unsure" and _text(row) != REPLY
            if times > 1:
                outcome.by_rule += times - 1 if _text(row) == REPLY else 0
                outcome.repeated += times - 1 if _text(row) != REPLY else 0
        outcome.wrong_order = _out_of_order(self.telegram.arrived)
        return outcome

    async def end(self) -> None:
        for process in self.workers.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        await self.telegram.stop()
        await self.store.close()


def _text(row: Row[Any]) -> str:
    return str(row.key).split(":")[1] if row.urgency == Urgency.BROADCAST else REPLY


def _out_of_order(arrived: list[tuple[int, str]]) -> int:
    """People who read the second broadcast before the first."""
    first, second = ({chat: n for n, (chat, text) in enumerate(arrived) if text == one} for one in BROADCASTS)
    return sum(chat in first and first[chat] > place for chat, place in second.items())
