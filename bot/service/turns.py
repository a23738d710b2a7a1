"""One turn: ask the navigator, then do what it decided, in the transaction of the caller."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import Done
from bot.conversation.world import World
from bot.model import Event, Person, Say, Turn
from bot.service.perform import Performance
from bot.staff.desk import Heard, hear
from bot.store import ledger, people
from bot.store.ledger import To
from bot.store.people import Known, Stale

Result = TypeVar("Result")
TRIES = 8


class Navigator(Protocol):
    """What decides; bot/conversation/navigator.py is the real one. Pure."""

    def respond(self, person: Person, event: Event, now: datetime) -> Turn: ...

    def our_mistake(self, person: Person, event: Event | None = None) -> Say: ...

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say: ...

    def told(self, person: Person, done: Done, now: datetime) -> tuple[Say, ...]: ...

    @property
    def world(self) -> World: ...


class Turns:
    """The navigator of this moment: content may be reloaded between two turns, never within one."""

    def __init__(self, navigator: Callable[[], Navigator]) -> None:
        self._navigator = navigator

    @property
    def world(self) -> World:
        return self._navigator().world

    async def take(
        self, tx: AsyncConnection, known: Known, arrival: int, event: Event, now: datetime, shown: bool = True
    ) -> tuple[Say, ...]:
        """Decide and do; `shown` when the caller puts the answers before the person itself."""
        navigator = self._navigator()
        heard = Heard(arrival, event, now)
        if (says := await hear(tx, known, heard, lambda: navigator.world)) is not None:
            return await self._from_the_desk(tx, known, heard, says, shown)
        turn = navigator.respond(known.person, event, now)
        performance = Performance(tx, known, now, navigator)
        return await performance.perform(turn, arrival, shown)

    @staticmethod
    async def _from_the_desk(
        tx: AsyncConnection, known: Known, heard: Heard, says: tuple[Say, ...], shown: bool
    ) -> tuple[Say, ...]:
        """What the staff desk said is about no patient: nothing is counted, and nothing of it is kept."""
        await people.save(tx, known, known.person, heard.now)
        to = To(heard.arrival, "", known.channel, known.address)
        await ledger.reply(tx, to, says, heard.now, shown)
        return says

    def mistake(self, person: Person, event: Event | None) -> Say:
        """What we say when a bug of ours stands in the way: the card their words call for, or numbers."""
        return self._navigator().our_mistake(person, event)


async def unless_stale(decide: Callable[[], Awaitable[Result]]) -> Result:
    """Decide again when somebody saved the person meanwhile; safe, because deciding is pure."""
    for _ in range(TRIES):
        try:
            return await decide()
        except Stale:
            continue
    return await decide()
