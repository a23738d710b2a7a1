"""Doing what a turn decided, inside its transaction: each kind of action has its one place here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, assert_never

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.authoring.scrub import scrub
from bot.bookings import Done, Request
from bot.conversation.engine import joined
from bot.conversation.measuring import booked
from bot.conversation.world import World
from bot.handover import talk
from bot.handover.talk import Wish
from bot.handover.words import Kind
from bot.messaging import requests
from bot.messaging.whose import Whose
from bot.model import (
    Action,
    AskHandover,
    CancelHandover,
    Count,
    EndRelay,
    EraseMe,
    GiveConsent,
    Measure,
    Person,
    RelayMessage,
    Say,
    ShareQuestion,
    ShowMyData,
    StopMessages,
    Turn,
    WithdrawConsent,
)
from bot.store import consents, counters, enrolments, handovers, ledger, measures, people, questions
from bot.store.erase import erase
from bot.store.held import held
from bot.store.ledger import To, Urgency
from bot.store.people import Known

log = structlog.get_logger(__name__)


class Wording(Protocol):
    """The part of the navigator that puts into words what came of an action."""

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say: ...

    def told(self, person: Person, done: Done, now: datetime) -> tuple[Say, ...]: ...

    @property
    def world(self) -> World: ...


# What was planned under a switch ends with it.
PLANNED_UNDER = {"reminders": (Urgency.REMINDER,), "news": (Urgency.BROADCAST,)}
ASKED_UNDER: dict[str, Kind] = {"callback": "call", "relay": "relay"}
REMINDERS = "reminders"


@dataclass
class Performance:
    """One turn being done. `says`, `counts` and `measures` are gathered and written once, at the end."""

    tx: AsyncConnection
    known: Known
    now: datetime
    navigator: Wording
    says: list[Say] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    erased: bool = False

    async def perform(self, turn: Turn, arrival: int, shown: bool) -> tuple[Say, ...]:
        """Save the person and do everything, in order; what is to be said."""
        person = await self.silently(turn)
        # What came of a request joins the words around it: one ping, not two.
        self.says = list(joined(self.says))
        # What was shown and is to be forgotten need not be written at all.
        if not (shown and self.erased):
            to = To(arrival, "" if self.erased else person.id, self.known.channel, self.known.address)
            await ledger.reply(self.tx, to, self.says, self.now, shown)
        return tuple(self.says)

    async def silently(self, turn: Turn) -> Person:
        """The same, and nothing goes out: staff stop messages to a phone that may be in other hands."""
        await people.save(self.tx, self.known, turn.person, self.now)
        person = replace(turn.person, id=self.known.person.id, channel=self.known.channel)
        for action in turn.actions:
            await self._do(person, action)
        await counters.add(self.tx, self.counts, self.now)
        if self.measures:
            here = self.now.astimezone(self.navigator.world.directory.zone)
            await measures.add(self.tx, self.measures, here.date())
        return person

    async def _do(self, person: Person, action: Action) -> None:
        match action:
            case Say():
                self.says.append(action)
            case Count():
                self._count(action)
            case Measure():
                self.measures.append(action)
            case ShowMyData():
                self.says.append(self.navigator.data_report(person, await held(self.tx, person.id)))
            case EraseMe():
                self.erased = True
                await erase(self.tx, person.id)
            case GiveConsent() | WithdrawConsent() | ShareQuestion() | StopMessages():
                await self._keep(person.id, action)
            case AskHandover() | CancelHandover() | RelayMessage() | EndRelay():
                await self._hand_over(person, action)
            case _:
                await self._request(person, action)

    def _count(self, count: Count) -> None:
        self.counts.append(count)
        if count.name == "red-flag" and ("flag", "failed") in count.labels:
            # The person saw the static card; whoever runs this must hear that the matcher is down.
            log.critical("the red flags do not work")

    async def _hand_over(self, person: Person, wish: Wish) -> None:
        if not self.erased:
            await talk.do(self.tx, person, wish, self.now)

    async def _request(self, person: Person, request: Request) -> None:
        """A booking or the like: what came of it is only known here, and the navigator has words for it."""
        if self.erased:
            return
        whose = Whose(person.id, self.known.channel, self.known.address, person.language)
        done = await requests.do(self.tx, whose, request, self.navigator.world, self.now)
        if done is not None:
            self.says += self.navigator.told(person, done, self.now)
            self.measures += booked(person, done)

    async def _keep(
        self,
        person: str,
        action: GiveConsent | WithdrawConsent | ShareQuestion | StopMessages,
    ) -> None:
        if self.erased:
            return
        match action:
            case GiveConsent():
                await consents.give(self.tx, person, action.switch, action.version, self.now)
            case WithdrawConsent():
                await self._withdraw(person, action.switch)
            case ShareQuestion():
                await questions.share(self.tx, person, scrub(action.text).text, self.now)
            case StopMessages():
                await ledger.drop(self.tx, person, (Urgency.REMINDER, Urgency.BROADCAST), self.now)
                await enrolments.end_all(self.tx, person, self.now)
            case _:
                assert_never(action)

    async def _withdraw(self, person: str, switch: str) -> None:
        await consents.withdraw(self.tx, person, switch, self.now)
        await ledger.drop(self.tx, person, PLANNED_UNDER.get(switch, ()), self.now)
        if switch == REMINDERS:
            await enrolments.end_all(self.tx, person, self.now)
        if switch in ASKED_UNDER:
            await handovers.forget(self.tx, person, ASKED_UNDER[switch])
