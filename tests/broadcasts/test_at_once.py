"""Two processes, one database: whatever two do at the same moment, nothing comes twice and it adds up."""

import asyncio
from itertools import product

import pytest
from sqlalchemy import text

from bot.messaging import broadcasts
from bot.messaging.broadcasts import By, Refusal
from bot.model import Person
from bot.store import consents, ledger, people
from bot.store.engine import Store
from bot.store.erase import erase
from bot.store.ledger import Urgency
from tests.broadcasts.crowd import ANNA, BEN, WORLD, crowd, drafted, hire, now_at, press
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
FOUR = ("ann", "bob", "cat", "dan")
ANY_TIME = {"stop": broadcasts.stop, "recall": broadcasts.recall}
BACKWARDS = {"take back": broadcasts.take_back, "cancel": broadcasts.cancel}
ONWARDS = {"approve": broadcasts.approve, "resume": broadcasts.resume}
DEEDS = (*ANY_TIME, *BACKWARDS, *ONWARDS, "correct")
OTHERS = ("tick", "deliver", "ann stops", "ann leaves", "ann moves")
"""Done by programs and by people who get it."""
STAGES: dict[str, tuple[str, ...]] = {
    "waits": (),
    "holding": ("approve",),
    "sending": ("approve", "wait", "tick"),
    "half way": ("approve", "wait", "tick", "deliver", "stop"),
    "corrected": ("approve", "wait", "tick", "deliver", "stop", "correct"),
    "done": ("approve", "wait", "tick", "deliver", "deliver", "deliver", "deliver", "tick", "tick"),
}
# All of them take minutes: these are the ones that staff may press there, with all else that may happen.
PRESSED: dict[str, tuple[str, ...]] = {
    "waits": ("approve", "take back", "cancel"),
    "holding": ("stop", "take back"),
    "sending": ("stop", "recall"),
    "half way": ("resume", "correct", "cancel"),
    "corrected": ("approve", "take back"),
    "done": ("correct", "recall"),
}
PAIRS = {stage: [*product(("stop", "recall", *OTHERS), pressed)] for stage, pressed in PRESSED.items()}


class Process:
    """One of two that work on the same broadcast."""

    def __init__(self, store: Store, clock: Clock, channel: FakeChannel, by: By) -> None:
        self.store, self.clock, self.by, self.id = store, clock, by, 1
        self.dispatcher = dispatcher_of(store, clock, channel)
        self.dispatcher.width = 1

    async def do(self, what: str, version: int = 0) -> None:
        try:
            await self._do(what, version)
        except Refusal as refusal:
            assert refusal.key in WORLD.content.texts["en"]

    async def _do(self, what: str, version: int) -> None:
        match what:
            case "wait":
                self.clock.forward(seconds=61)
            case "tick":
                await broadcasts.tick(self.store, WORLD, self.clock())
            case "deliver":
                await self.dispatcher.step()
            case "ann stops" | "ann leaves" | "ann moves":
                await self._ann(what)
            case _:
                await self._press(what, version or (await now_at(self.store, self.id)).version)

    async def _press(self, what: str, version: int) -> None:
        pressed = press(await now_at(self.store, self.id), self.by)._replace(version=version)
        now = self.clock()
        async with self.store.write() as tx:
            if what in ANY_TIME:
                await ANY_TIME[what](tx, self.id, self.by, now)
            elif what in BACKWARDS:
                await BACKWARDS[what](tx, pressed, now)
            elif what in ONWARDS:
                await ONWARDS[what](tx, pressed, WORLD, now)
            else:
                await broadcasts.correct(tx, pressed, {"en": f"Not so: {now}"}, WORLD, now)

    async def _ann(self, what: str) -> None:
        async with self.store.write() as tx:
            if what == "ann moves":
                await people.move(tx, "telegram", "ann", f"-{self.id}")
                await ledger.move(tx, "telegram", "ann", f"-{self.id}")
                return
            ann = await people.lock(tx, "telegram", "ann", self.clock())
            assert ann
            if what == "ann leaves":
                await erase(tx, ann.person.id)
                return
            await people.save(tx, ann, Person(stopped=True), self.clock())
            await consents.withdraw(tx, ann.person.id, "news", self.clock())
            await ledger.drop(tx, ann.person.id, (Urgency.BROADCAST,), self.clock())


@pytest.mark.parametrize("stage", STAGES)
async def test_whatever_two_do_at_the_same_moment_it_adds_up_and_nobody_gets_it_twice(
    store: Store, other_store: Store, clock: Clock, stage: str
) -> None:
    await hire(store, clock())
    await crowd(store, clock(), FOUR)
    channel = FakeChannel()
    for number, (here, there) in enumerate(PAIRS[stage], 1):
        channel.arrived.clear()
        row = await drafted(store, clock(), request=f"{here} and {there}")
        one, other = Process(store, clock, channel, ANNA), Process(other_store, clock, channel, BEN)
        one.id = other.id = row.id
        assert row.id == number
        async with store.write() as tx:
            await broadcasts.propose(tx, press(row), WORLD, clock())
        for what in STAGES[stage]:
            await other.do(what)
        seen = (await now_at(store, row.id)).version
        await asyncio.gather(one.do(here, seen), other.do(there, seen))
        await check(store, row.id, channel, f"{stage}: {here} and {there}")
        for what in ("deliver", "wait", "tick", *("deliver", "deliver", "tick") * 3):
            await asyncio.gather(one.do(what), other.do(what))
            await check(store, row.id, channel, f"{stage}: {here} and {there}, then {what}")
        assert (await now_at(store, row.id)).state not in ("holding", "sending", "recalling"), (here, there)
        await crowd(store, clock(), FOUR)


async def check(store: Store, id: int, channel: FakeChannel, when: str) -> None:
    async with store.read() as tx:
        report = await broadcasts.report(tx, id)
    assert report.total == report.frozen and report.erased in (0, 1), (when, report)
    got = [address for address, _ in channel.arrived]
    assert len(set(got)) == len(got), (when, got)


async def blocked(store: Store) -> bool:
    """Whether a process waits for another one at this moment."""
    async with store.read() as tx:
        return bool((await tx.execute(text(WAITING))).scalar_one())


async def test_who_is_erased_while_the_list_is_frozen_does_not_keep_the_others_from_it(
    store: Store, other_store: Store, clock: Clock
) -> None:
    await hire(store, clock())
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())

    async def send() -> int | None:
        async with store.write() as tx:
            return (await broadcasts.propose(tx, press(row), WORLD, clock())).frozen

    async with asyncio.timeout(20):
        async with other_store.write() as tx:
            ann = await people.lock(tx, "telegram", "ann", clock())
            assert ann
            await erase(tx, ann.person.id)
            sending = asyncio.create_task(send())
            while not store.single_writer and not await blocked(other_store):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert await sending == 3
