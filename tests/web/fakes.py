"""A small navigator and service for the web chat's tests: varied answers, kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.bookings import SessionDate
from bot.channels.web import Answering, app
from bot.content.shapes import Language
from bot.conversation.calendars import Changed
from bot.conversation.texts import Sentences, Texts
from bot.directory.ics import CalendarEvent
from bot.leaflet_links import Leaflet, Wish
from bot.model import Arrival, Button, EraseMe, Event, Located, Opened, Person, Said, Say, Tapped, Turn
from bot.settings import Settings
from bot.store.ledger import Pushed
from tests.speechless import Speechless

TEXTS = Path(__file__).parents[2] / "knowledge/texts/en"
DRAWN = ("web.yaml", "professionals.yaml", "leaflets.yaml")
"""The files whose sentences stand on public pages."""
START = datetime(2026, 11, 23, 10, tzinfo=UTC)

WELCOME = Say(
    "Hello. I can help you get ready for cancer treatment.\n\nWhat would you like to do?",
    (
        (Button("Ask a question", "c:ask"), Button("Find a session near me", "w:find-session")),
        (Button("Talk to a person", "w:talk-to-person"),),
    ),
    look="question",
)
EMERGENCY = Say(
    "EMERGENCY: Call 999 or go to A&E now.\n\nDo this now if you have:\n- chest pain\n- trouble breathing\n"
    '- lips that look blue or grey\n\nSay: "I have cancer and I need help now."\n\n'
    "No one reads this chat live.",
    (
        (Button("Call 999", url="tel:999"),),
        (Button("I am not in danger", "c:not-in-danger"), Button("Help for a carer", "c:carer-help")),
    ),
    look="emergency",
)
URGENT = Say(
    "URGENT: Call your 24-hour cancer line now.\nUse the number on your alert card.\n"
    "- No card or no answer: call 111.\n- If you get worse: call 999.",
    ((Button("Call 111", url="tel:111"),), (Button("Show the menu", "c:menu"),)),
    look="urgent",
)
CRISIS = Say(
    "CRISIS: You deserve help right now.\nThank you for telling us.\n"
    "- Call 111 and choose the mental health option.\n"
    "- Call Samaritans on 116 123, day or night.\n\nIf you cannot keep safe, call 999.",
    ((Button("Call Samaritans", url="tel:116123"),), (Button("Show the menu", "c:menu"),)),
    look="crisis",
)
CONCERN = Say(
    "NOT URGENT: Talk to your nurse or a GP.\nTell them about the new lump this week.",
    ((Button("Show the menu", "c:menu"),),),
    look="concern",
)
TYPE = Say(
    "What kind of session would you like?",
    (
        (Button("Walking", "r:1:1:walk"), Button("Yoga", "r:1:1:yoga"), Button("Strength", "r:1:1:strength")),
        (Button("I do not mind", "r:1:1:any"),),
        (Button("Back", "c:back"),),
    ),
    look="question",
)
NEAR = Say(
    "Where are you? Write a town or a postcode.",
    ((Button("Skip", "c:skip"),),),
    look="question",
    ask_location=True,
)
LONG = Say(
    "Being active before treatment helps most people.\n\nStart with what you can do today:\n"
    "- walk for 10 minutes, 2 or 3 times a day\n- stand up from a chair 5 times\n"
    "- climb one flight of stairs\n\n"
    "You should still be able to talk. Stop if you feel dizzy, or have chest pain.\n\n"
    "Read more at https://www.macmillan.org.uk/cancer-information-and-support/treatment/preparing-for-treatment/"
    "prehabilitation or call Macmillan on 0808 808 00 00.\n\n"
    "Last checked: 22 November 2026. Source: Macmillan.",
    ((Button("Find a walking group", "s:walk"), Button("Was this what you meant?", "c:none-of-these")),),
    look="answer",
)
HOSTILE = Say(
    '<script>alert(1)</script> & "quotes" <b>bold</b>',
    ((Button("<img src=x onerror=alert(1)>", '"><script>'), Button("Bad link", url="javascript:alert(1)")),),
)
ARABIC = Say(
    "مرحبا. كيف يمكنني مساعدتك اليوم؟",
    ((Button("القائمة", "c:menu"), Button("رجوع", "c:back")),),
    look="question",
)
MISTAKE = Say(
    "Something went wrong on our side. If you feel very unwell, call 999. For urgent advice, call 111."
)
UNKNOWN = Say("I do not have an answer to that.", ((Button("Show the menu", "c:menu"),),))
ARTICLE = Say("Walking is a good way to start.", ((Button("Show the menu", "c:menu"),),), look="answer")

PAGE = Say("My list\n\n• Sleep <b>\n• Pain\n\nTake it along.", ((Button("Print it", url="/print"),),), "page")
PLAN = Say("My prehab plan\n\nWhat I want to do:\n• Walk", look="page")

ANSWERS: Mapping[str, Say] = {
    "session": TYPE,
    "near": NEAR,
    "walk": LONG,
    "html": HOSTILE,
    "arabic": ARABIC,
    "sad": CRISIS,
    "fever": URGENT,
    "lump": CONCERN,
    "menu": WELCOME,
    "make a list": PAGE,
}
TAPS: Mapping[str, Say] = {
    "w:find-session": TYPE,
    "r:1:1:yoga": NEAR,
    "r:1:1:walk": LONG,
    "c:menu": WELCOME,
    "c:delete-yes": Say("All gone."),
    "c:delete": Say("Delete everything? This cannot be undone.", ((Button("Yes, delete", "c:delete-yes"),),)),
}
LANGUAGES = {
    "en": Language(id="en", name="English", english="English", enabled=True),
    "ar": Language(id="ar", name="العربية", english="Arabic", right_to_left=True),
}


def sentences() -> Mapping[str, Sentences]:
    files = [yaml.safe_load((TEXTS / name).read_text(encoding="utf-8")) for name in DRAWN]
    return {"en": {key: (text,) for written in files for key, text in written.items()}}


@dataclass(frozen=True)
class FakeContent:
    languages: Mapping[str, Language] = field(default_factory=lambda: LANGUAGES)


@dataclass(frozen=True)
class FakeNavigator(Speechless):
    """Knows the page's real sentences, and one red flag."""

    content: FakeContent = FakeContent()
    written: Mapping[str, Sentences] = field(default_factory=sentences)

    def texts_for(self, person: Person) -> Texts:
        return Texts(self.written, person.language)

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        return Turn(person, (*erasing(event), answer(event)))

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        return UNKNOWN

    def our_mistake(self, person: Person, event: Event | None = None) -> Say:
        return MISTAKE

    def flagged_card(self, person: Person, text: str, now: datetime) -> Say | None:
        return EMERGENCY if "chest pain" in text.lower() else None

    def plan_page(self, person: Person) -> Say | None:
        return PLAN if person.id in ("planner", "linked") else None

    def page_of_link(self, token: str, now: datetime) -> tuple[str, str] | None:
        return {"a-plan": ("/plan", "linked"), "a-page": ("/print", "linked"), "gone": ("/plan", "gone")}.get(
            token
        )

    def calendar(
        self, person: Person, date: SessionDate, changed: Changed | None, now: datetime
    ) -> CalendarEvent | None:
        return None


class FakeService:
    """Answers by the first word it knows; remembers our own messages and which updates it has seen."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.said: dict[str, list[Say]] = {}
        self.seen: dict[str, tuple[Say, ...]] = {}
        self.languages: dict[str, str] = {}
        self.broken = False
        self.id = ""

    async def handle(self, arrival: Arrival) -> tuple[Say, ...]:
        if self.broken:
            raise RuntimeError("the words of a person")
        if arrival.update not in self.seen:
            self.arrivals.append(arrival)
            self.seen[arrival.update] = self._says(arrival)
            self.said.setdefault(arrival.address, []).extend(self.seen[arrival.update])
        return self.seen[arrival.update]

    async def recent(self, channel: str, address: str, limit: int) -> tuple[Say, ...]:
        return tuple(self.said.get(address, ())[-limit:])

    async def pushed(self, channel: str, address: str, after: int | None) -> Pushed:
        return Pushed(after or 0, ())

    async def person(self, channel: str, address: str) -> Person:
        return Person(id=self.id, channel=channel, language=self.languages.get(address, "en"))

    async def person_of(self, id: str) -> Person | None:
        return Person(id=id) if id == "linked" else None

    async def last_page(self, person: str) -> Say | None:
        return PAGE if person in ("planner", "linked") else None

    async def changed(self, date: SessionDate) -> Changed | None:
        return None

    async def leaflet(self, id: int) -> Leaflet | None:
        return None

    async def screen_leaflet(self, wish: Wish) -> Leaflet:
        return Leaflet(1, wish.purpose, wish.target, wish.area, wish.language)

    async def scanned(self, leaflet: Leaflet, day: date) -> None:
        raise AssertionError("no leaflet is known here")

    def _says(self, arrival: Arrival) -> tuple[Say, ...]:
        says = (answer(arrival.event),)
        if ARABIC in says:
            self.languages[arrival.address] = "ar"
        return says


def erasing(event: Event) -> tuple[EraseMe, ...]:
    return (EraseMe(),) if event == Tapped("c:delete-yes") else ()


def answer(event: Event) -> Say:
    match event:
        case Said(text) if "chest pain" in text.lower():
            return EMERGENCY
        case Said(text):
            return next((say for word, say in ANSWERS.items() if word in text.lower()), UNKNOWN)
        case Tapped(code):
            return TAPS.get(code, UNKNOWN)
        case Opened(payload):
            return ARTICLE if payload.startswith("article-") else WELCOME
        case Located():
            return TYPE
        case _:
            return UNKNOWN


@dataclass
class FakeClock:
    """Stands still until it is told to go on."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def site(service: Answering, clock: FakeClock | None = None, **settings: object) -> Starlette:
    chosen = Settings.model_validate({"secret": SecretStr("a secret for tests"), **settings})
    return app(service, FakeNavigator, chosen, clock or FakeClock())
