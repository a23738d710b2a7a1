"""Whatever people do, in any order: nothing twice, on a silent day, at night, or after they stopped."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.bookings import (
    JoinProgramme,
    LeaveProgramme,
    PauseForGrief,
    PauseProgrammes,
    Request,
    ResumeProgrammes,
    ShowProgrammes,
)
from bot.conversation.timetable import Taken, silent_days
from bot.messaging import requests
from bot.messaging.whose import Whose
from bot.store.engine import Store
from bot.store.tables import enrolments, ledger, letters
from bot.store.tables import people as people_table
from tests.databases import START
from tests.programmes.people import deliver, known, planned, programme
from tests.worlds import real

NAMES = ("getting-ready", "hna-prompts", "after-treatment")


class Step(NamedTuple):
    """What happens: a tap, or days that pass, with a sender (it looks every hour) or in an outage."""

    what: str
    name: str = ""
    number: int = 0


JOIN = st.builds(Step, st.just("join"), st.sampled_from(NAMES), st.integers(-40, 60))
TAP = st.builds(
    Step, st.sampled_from(["leave", "pause", "resume", "show", "grief"]), st.sampled_from(NAMES), st.just(0)
)
WAIT = st.builds(Step, st.sampled_from(["wait", "wait", "outage"]), st.just(""), st.integers(1, 20))
STEPS = st.lists(st.one_of(JOIN, TAP, WAIT, WAIT), max_size=14)


@dataclass
class Life:
    """One person, their programmes, and everything that ever reached them."""

    store: Store
    whose: Whose
    now: datetime = START
    reached: list[str] = field(default_factory=list)

    async def step(self, step: Step) -> None:
        if step.what in ("wait", "outage"):
            await self._pass(step)
        else:
            await self._ask(step)
        await self.nothing_is_planned_that_must_not_be()

    async def _ask(self, step: Step) -> None:
        asked: dict[str, Request] = {
            "join": JoinProgramme(step.name, self.now.date() + timedelta(days=step.number)),
            "leave": LeaveProgramme(step.name),
            "pause": PauseProgrammes(),
            "resume": ResumeProgrammes(),
            "show": ShowProgrammes(),
            "grief": PauseForGrief(),
        }
        async with self.store.write() as tx:
            await requests.do(tx, self.whose, asked[step.what], real().world, self.now)

    async def _pass(self, step: Step) -> None:
        days = timedelta(days=step.number)
        if step.what == "outage":
            self.now += days
            await self._deliver(1)
            return
        until = self.now + days
        for _, due in await planned(self.store):
            if due <= until:
                self.now = max(self.now, due)
                await self._deliver(1)
        self.now = until

    async def _deliver(self, most: int) -> None:
        sent = await deliver(self.store, self.now)
        assert len(sent) <= most, f"{sent} in a heap"
        self.reached += sent
        assert len(self.reached) == len(set(self.reached)), f"{self.reached}: twice"

    async def nothing_is_planned_that_must_not_be(self) -> None:
        quiet, running = real().world.local.quiet, await self._running()
        silent = silent_days(running)
        coming = await planned(self.store)
        names = {message.id for taken in running for message in taken.programme.messages}
        for name, due in coming:
            assert due > self.now and not quiet.at(due), name
            assert due.astimezone(quiet.zone).date() not in silent, name
            assert name in names and name not in self.reached, name
        assert len({name for name, _ in coming}) == len(coming)
        assert len({due.astimezone(quiet.zone).date() for _, due in coming}) == len(coming)

    async def _running(self) -> list[Taken]:
        async with self.store.read() as tx:
            found = select(enrolments.c.programme, enrolments.c.day).where(enrolments.c.state == "on")
            rows = (await tx.execute(found)).all()
        return [Taken(programme(row.programme), date.fromisoformat(row.day)) for row in rows]


async def live(database: str, steps: list[Step]) -> None:
    store = Store(database)
    async with store.write() as tx:
        for table in (ledger, letters, enrolments, people_table):
            await tx.execute(delete(table))
    life = Life(store, await known(store, START))
    for step in steps:
        await life.step(step)
    await store.close()


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_they_do_nothing_reaches_them_that_must_not(database: str, steps: list[Step]) -> None:
    asyncio.run(live(database, steps))
