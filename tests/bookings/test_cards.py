"""The buttons under a session's card, on every channel, and the same things typed."""

from dataclasses import replace

import httpx
import pytest
from pydantic import SecretStr

from bot.bookings import Book, RemindMe, ShowBookings
from bot.channels.telegram.keyboard import inline
from bot.channels.web import app
from bot.conversation.codes import ROOM
from bot.conversation.navigator import Navigator
from bot.model import GiveConsent, Person
from bot.service import Service
from bot.settings import Settings
from bot.store.engine import Store
from tests.databases import Clock
from tests.web.browsing import Browser, client, shown
from tests.worlds import Talk, real


def near_islington(person: Person | None = None, navigator: Navigator | None = None) -> Talk:
    """Someone who has cards before them, with a question below."""
    talk = Talk(navigator or real(), person)
    talk.begin("find-session")
    for said in ("Islington", "in person", "moving and exercise", "any"):
        talk.say(said)
    return talk


def somebody(channel: str) -> Person:
    return Person(id="someone", channel=channel, told=("welcome", "telegram"))


def with_website(url: str) -> Navigator:
    world = real().world
    return Navigator(replace(world, local=replace(world.local, website=url)))


def test_every_card_has_its_buttons() -> None:
    cards = near_islington().says[:-1]
    assert cards
    for card in cards:
        assert [button.label for button in card.rows[0]] == ["I’m coming", "Remind me"]


def test_codes_fit_for_every_session_there_is() -> None:
    for card in near_islington().says[:-1]:
        for row in card.rows:
            assert all(len(button.code.encode()) <= ROOM for button in row)
    assert max(len(id) for id in real().content.sessions) + len("b:c-2611261030:") <= ROOM


@pytest.mark.parametrize("channel", ["telegram", "terminal"])
def test_without_a_website_there_is_no_calendar_button(channel: str) -> None:
    cards = near_islington(somebody(channel)).says[:-1]
    assert all(len(card.rows) == 1 for card in cards)


def test_on_telegram_the_calendar_is_a_link_to_our_website() -> None:
    talk = near_islington(somebody("telegram"), with_website("https://chat.example/"))
    keyboard = inline(talk.says[-2].rows)
    assert keyboard is not None
    url = keyboard.inline_keyboard[-1][0].url
    assert url is not None and url.startswith("https://chat.example/calendar/")
    assert url.endswith(".ics")


def test_a_tap_in_the_middle_of_a_flow_asks_the_open_question_again() -> None:
    talk = near_islington()
    place = talk.person.place
    said = talk.tap("I’m coming")
    assert "What next?" in said
    assert "[Show more]" in said
    assert talk.person.place == place
    assert any(isinstance(action, Book) for action in talk.actions)


def test_the_first_tap_switches_reminders_on_and_the_second_does_not_again() -> None:
    talk = near_islington()
    talk.tap("Remind me")
    assert GiveConsent("reminders", "booking/1") in talk.actions
    assert talk.person.consents == ("reminders",)
    talk.tap("I’m coming")
    assert not any(isinstance(action, GiveConsent) for action in talk.actions)


def test_coming_can_be_typed_where_there_is_one_card() -> None:
    talk = near_islington()
    card = next(b for b in talk.person.offered if b.label == "I’m coming")
    one = Talk(real(), replace(talk.person, offered=(card,)))
    one.say("im coming")
    assert [type(a) for a in one.actions if isinstance(a, Book)] == [Book]


def test_where_there_are_several_cards_we_ask_which() -> None:
    talk = near_islington()
    said = talk.say("I'm coming")
    assert "Which one do you mean?" in said
    assert "What next?" in said
    label = next(label for label in talk.buttons if label.startswith("Thursday 26 November, 10.30am"))
    talk.tap(label)
    assert any(isinstance(action, Book) for action in talk.actions)


def test_remind_me_can_be_typed_too() -> None:
    talk = near_islington()
    assert "Which one do you mean?" in talk.say("remind me please")
    label = next(label for label in talk.buttons if label.startswith("Thursday 26 November, 10.30am"))
    talk.tap(label)
    assert any(isinstance(action, RemindMe) for action in talk.actions)


@pytest.mark.parametrize(
    "words",
    ["my sessions", "/sessions", "/mysessions", "cancel my place", "i cant come", "My sesions", "im coming"],
)
def test_my_sessions_can_be_asked_for_in_many_words(words: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert ShowBookings() in talk.actions


def test_looking_at_my_sessions_loses_no_open_question() -> None:
    talk = near_islington()
    assert "What next?" in talk.say("my sessions")
    assert talk.person.place is not None


def test_the_menu_leads_to_my_sessions() -> None:
    talk = Talk(real())
    assert "[My sessions]" in talk.say("menu")
    talk.tap("My sessions")
    assert ShowBookings() in talk.actions


@pytest.mark.parametrize("words", ["my chest pain is bad im coming", "cancel my place i cant breathe"])
def test_red_flags_still_come_first(words: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert talk.says[0].look in ("emergency", "urgent")
    assert ShowBookings() not in talk.actions


async def test_on_the_web_the_cards_have_their_buttons_and_a_tap_books(store: Store, clock: Clock) -> None:
    settings = Settings.model_validate({"secret": SecretStr("a secret for tests")})
    async with client(app(Service(store, real, clock, {}), real, settings, clock)) as http:
        browser = Browser(http)
        await browser.open()
        page: httpx.Response | None = None
        for words in ("find a session", "Islington", "in person", "moving and exercise", "any"):
            clock.forward(seconds=10)
            await browser.open()
            page = await browser.say(words)
        assert page is not None
        assert 'value="b:c-2611261030:lon-get-active">I’m coming</button>' in page.text
        assert (
            '<a class="button" href="/calendar/lon-get-active/2611261030.ics" rel="noreferrer">' in page.text
        )
        clock.forward(seconds=10)
        await browser.open()
        booked = shown(await browser.tap("b:c-2611261030:lon-get-active"))
        assert "You: I’m coming" in booked
        assert "You have a place." in booked
