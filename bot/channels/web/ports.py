"""What the web chat asks of the rest: someone who answers, and someone who knows the words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from bot.bookings import SessionDate
from bot.content.shapes import Language
from bot.conversation.calendars import Changed
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.ics import CalendarEvent
from bot.leaflet_links import Leaflet, Wish
from bot.model import Arrival, Event, Person, Say
from bot.store.ledger import Pushed


class HasLanguages(Protocol):
    """The part of the content that a page needs: which language runs from right to left."""

    @property
    def languages(self) -> Mapping[str, Language]: ...


class Navigating(Protocol):
    """The part of the navigator that a page needs; all of it pure."""

    @property
    def content(self) -> HasLanguages: ...

    @property
    def world(self) -> World: ...

    def texts_for(self, person: Person) -> Texts: ...

    def our_mistake(self, person: Person, event: Event | None = None) -> Say: ...

    def flagged_card(self, person: Person, text: str, now: datetime) -> Say | None: ...

    def plan_page(self, person: Person) -> Say | None: ...

    def page_of_link(self, token: str, now: datetime) -> tuple[str, str] | None: ...

    def calendar(
        self, person: Person, date: SessionDate, changed: Changed | None, now: datetime
    ) -> CalendarEvent | None: ...


class Answering(Protocol):
    """The service: one transaction for each arrival, and our own latest messages."""

    async def handle(self, arrival: Arrival) -> tuple[Say, ...]: ...

    async def recent(self, channel: str, address: str, limit: int) -> tuple[Say, ...]: ...

    async def pushed(self, channel: str, address: str, after: int | None) -> Pushed: ...

    async def person(self, channel: str, address: str) -> Person: ...

    async def person_of(self, id: str) -> Person | None: ...

    async def last_page(self, person: str) -> Say | None: ...

    async def changed(self, date: SessionDate) -> Changed | None: ...

    async def leaflet(self, id: int) -> Leaflet | None: ...

    async def screen_leaflet(self, wish: Wish) -> Leaflet: ...

    async def scanned(self, leaflet: Leaflet, day: date) -> None: ...
