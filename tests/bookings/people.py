"""People who tap buttons of session cards, over the whole service and a real database."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from sqlalchemy import insert

from bot.bookings import SessionDate
from bot.content.listings import Series
from bot.conversation import session_buttons
from bot.conversation.navigator import Navigator
from bot.model import Arrival, Event, Person, Said, Say, Tapped
from bot.service import Service
from bot.store import people
from bot.store.engine import Store
from bot.store.tables import changes
from tests.databases import Clock
from tests.worlds import real, shown

SESSION = "lon-get-active"
"""Thursdays at 10.30am from 26 November 2026."""
LISTED = datetime.fromisoformat("2026-11-26T10:30+00:00")
DATE = SessionDate(SESSION, LISTED)


def with_capacity(
    capacity: int | None, session: str = SESSION, navigator: Navigator | None = None
) -> Navigator:
    """The real navigator with another limit for a session."""
    chosen = navigator or real()
    directory = chosen.world.directory
    listing = directory.listings[session]
    series: Series = listing.series.model_copy(update={"capacity": capacity})
    listings = {**directory.listings, session: replace(listing, series=series)}
    return Navigator(replace(chosen.world, directory=replace(directory, listings=listings)))


async def insert_change(store: Store, kind: str, to: datetime | None, now: datetime) -> None:
    """Staff cancelled or moved the date, before anybody had booked it."""
    row = {"session": SESSION, "listed": LISTED, "kind": kind, "moved_to": to, "by": "staff", "made": now}
    async with store.write() as tx:
        await tx.execute(insert(changes).values(row))


@dataclass
class Door:
    """The service as people meet it, with a clock that stands still."""

    nobody: ClassVar = Person()
    store: Store
    clock: Clock
    navigator: Navigator = field(default_factory=real)
    channel: str = "web"
    turns: int = 0

    async def send(self, who: str, event: Event) -> str:
        """What comes back, as one text with the buttons in square brackets."""
        self.turns += 1
        service = Service(self.store, lambda: self.navigator, self.clock, {})
        says = await service.handle(Arrival(self.channel, who, f"{who}:{self.turns}", event))
        self.says: tuple[Say, ...] = says
        return "\n".join(shown(say) for say in says)

    async def say(self, who: str, text: str) -> str:
        return await self.send(who, Said(text))

    async def tap(self, who: str, verb: str, date: SessionDate = DATE) -> str:
        """One of the buttons about this date, by its verb or the letter of its leads."""
        letter = session_buttons.VERBS.get(verb, verb)
        return await self.send(who, Tapped(session_buttons.labelled("", letter, date).code))

    async def person(self, who: str) -> Person:
        async with self.store.read() as tx:
            found = await people.find(tx, self.channel, who)
        assert found is not None
        return found
