"""Whatever staff press, in whatever order: each person gets it once, and the report always adds up."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.failures import Gone, TryLater
from bot.messaging import broadcasts
from bot.messaging.broadcasts import By, Refusal
from bot.messaging.pace import Pace
from bot.model import Person, Say
from bot.store import ledger, people
from bot.store.engine import Store
from bot.store.ledger import Urgency
from tests.broadcasts.crowd import ANNA, BEN, VIEWER, WORLD, crowd, drafted, hire, now_at, press
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of

PEOPLE = [f"person {number}" for number in range(6)]
ONWARDS = {"send": broadcasts.propose, "approve": broadcasts.approve, "resume": broadcasts.resume}
BACKWARDS = {"take back": broadcasts.take_back, "cancel": broadcasts.cancel}
DONE_BY_ITSELF = ("tick", "deliver", "wait", "ann stops")
STEPS = st.tuples(
    st.sampled_from((*ONWARDS, *BACKWARDS, "stop", "correct", "recall", *DONE_BY_ITSELF, *DONE_BY_ITSELF)),
    st.sampled_from((ANNA, BEN, VIEWER)),
)


class Flaky(FakeChannel):
    """Every third message fails, in turn for good and for now."""

    tried = 0

    async def send(self, address: str, say: Say, key: str) -> str:
        self.tried += 1
        if self.tried % 3 == 0:
            raise Gone() if self.tried % 2 else TryLater(1)
        return await super().send(address, say, key)


class Desk:
    """One broadcast, and everybody who does something to it."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.channel, self.id = store, Clock(), Flaky(), 0
        self.dispatcher = dispatcher_of(store, self.clock, self.channel, Pace(per_second=1.0))
        self.corrections = 0

    async def open(self) -> None:
        await hire(self.store, self.clock())
        await crowd(self.store, self.clock(), PEOPLE)
        self.id = (await drafted(self.store, self.clock())).id

    async def do(self, what: str, by: By) -> None:
        """The step, or its refusal; a refusal is one of the sentences."""
        doing: dict[str, Callable[[], Awaitable[object]]] = {
            "tick": lambda: broadcasts.tick(self.store, WORLD, self.clock()),
            "deliver": self.dispatcher.step,
            "wait": self.wait,
            "ann stops": self.stops,
        }
        try:
            await (doing[what]() if what in doing else self.press(what, by))
        except Refusal as refusal:
            assert refusal.key in WORLD.content.texts["en"]

    async def press(self, what: str, by: By) -> None:
        row = await now_at(self.store, self.id)
        async with self.store.write() as tx:
            if what == "stop":
                await broadcasts.stop(tx, self.id, by, self.clock())
            elif what == "recall":
                await broadcasts.recall(tx, self.id, by, self.clock())
            elif what == "correct":
                self.corrections += 1
                words = {"en": f"Corrected {self.corrections}"}
                await broadcasts.correct(tx, press(row, by), words, WORLD, self.clock())
            elif what in BACKWARDS:
                await BACKWARDS[what](tx, press(row, by), self.clock())
            else:
                await ONWARDS[what](tx, press(row, by), WORLD, self.clock())

    async def wait(self) -> None:
        self.clock.forward(seconds=61)

    async def stops(self) -> None:
        async with self.store.write() as tx:
            ann = await people.lock(tx, "telegram", PEOPLE[0], self.clock())
            assert ann
            await people.save(tx, ann, Person(stopped=True), self.clock())
            await ledger.drop(tx, ann.person.id, (Urgency.BROADCAST,), self.clock())

    async def stopped(self) -> bool:
        async with self.store.read() as tx:
            ann = await people.find(tx, "telegram", PEOPLE[0])
        return ann is not None and ann.stopped


async def play(database: str, steps: list[tuple[str, By]]) -> None:
    store = Store(database)
    desk = Desk(store)
    await desk.open()
    for what, by in steps:
        before = [*desk.channel.arrived, *desk.channel.edited]
        quiet = (await now_at(store, desk.id)).state not in ("sending", "recalling")
        ann_stopped = await desk.stopped()
        await desk.do(what, by)
        new = [*desk.channel.arrived, *desk.channel.edited][len(before) :]
        assert not (quiet and desk.channel.arrived[len(before) :])
        assert not (ann_stopped and PEOPLE[0] in {one[0] for one in new})
        async with store.read() as tx:
            report = await broadcasts.report(tx, desk.id)
        assert report.total == report.frozen and report.erased == 0
        got = [address for address, _ in desk.channel.arrived]
        assert len(set(got)) == len(got)
    await store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=25))
def test_each_person_gets_it_once_and_every_report_adds_up(
    migrated_sqlite: Path, steps: list[tuple[str, By]]
) -> None:
    sent_off = [("send", ANNA), ("approve", BEN), ("wait", ANNA), ("tick", ANNA), ("deliver", ANNA)]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(migrated_sqlite, f"{folder}/db.sqlite3")
        asyncio.run(play(f"sqlite:///{folder}/db.sqlite3", [*sent_off, *steps]))
