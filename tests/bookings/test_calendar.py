"""The file for somebody's own calendar: right in every client, and neutral on a locked phone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.bookings import SessionDate
from bot.channels.web import app
from bot.conversation.calendars import Changed, event
from bot.directory.ics import OCTETS, CalendarEvent, calendar_file
from bot.service import Service
from bot.settings import Settings
from bot.store.engine import Store
from tests.bookings.people import DATE, LISTED, Door, insert_change
from tests.databases import START, Clock
from tests.web.browsing import client
from tests.worlds import real

PATH = "/calendar/lon-get-active/2611261030.ics"
EVENT = CalendarEvent("a@b", 0, LISTED, LISTED + timedelta(hours=1), "Session")
ANY_TEXT = st.text(max_size=200)


def lines(written: bytes) -> list[str]:
    """The lines as a calendar reads them: unfolded."""
    return written.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def of(date: SessionDate = DATE, changed: Changed | None = None) -> CalendarEvent:
    found = event(real().world, real().texts_for(Door.nobody), date, changed, START)
    assert found is not None
    return found


@pytest.fixture
async def http(store: Store, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings.model_validate({"secret": SecretStr("a secret for tests")})
    async with client(app(Service(store, real, clock, {}), real, settings, clock)) as http:
        yield http


def test_the_event_has_everything_a_calendar_needs() -> None:
    assert lines(calendar_file(of(), START)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Prehab Navigator//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:lon-get-active-20261126T1030@prehab-navigator",
        "SEQUENCE:0",
        "DTSTAMP:20261123T100000Z",
        "DTSTART:20261126T103000Z",
        "DTEND:20261126T113000Z",
        "SUMMARY:Session",
        "LOCATION:SAMPLE Community Hall\\, Islington\\, N1 1AA",
        "DESCRIPTION:The details are in your chat with us. Please check them before you set out.",
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Your session is in 2 hours.",
        "TRIGGER:-PT2H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_no_session_of_ours_shows_a_word_about_health_in_a_calendar() -> None:
    world = real().world
    for id in world.directory.listings:
        starts = world.directory.next_date(id, START)
        if starts is not None:
            found = of(SessionDate(id, starts))
            shown = " ".join((found.title, found.place, found.about, found.alarm))
            assert not world.content.lock_screen.blocked(shown)


def test_in_summer_the_time_is_still_the_local_one() -> None:
    date = SessionDate(DATE.session, datetime.fromisoformat("2027-07-01T09:30+00:00"))
    assert "DTSTART:20270701T093000Z" in lines(calendar_file(of(date), START))


def test_a_moved_session_updates_the_same_event() -> None:
    first = Changed(LISTED, LISTED + timedelta(hours=2), START)
    again = Changed(LISTED, LISTED + timedelta(hours=3), START + timedelta(minutes=1))
    assert of(changed=first).uid == of(changed=again).uid == of().uid
    assert of().sequence < of(changed=first).sequence < of(changed=again).sequence
    assert of(changed=again).starts == LISTED + timedelta(hours=3)


def test_a_cancelled_session_is_cancelled_in_the_calendar_and_rings_no_alarm() -> None:
    written = lines(calendar_file(of(changed=Changed(LISTED, None, START)), START))
    assert "STATUS:CANCELLED" in written
    assert "BEGIN:VALARM" not in written


def test_a_date_that_the_author_cancelled_is_cancelled_too() -> None:
    date = SessionDate(DATE.session, datetime.fromisoformat("2027-01-14T10:30+00:00"))
    assert of(date).cancelled
    assert of(date).sequence == 1


@given(ANY_TEXT, ANY_TEXT)
def test_whatever_authors_write_the_file_keeps_its_shape(title: str, place: str) -> None:
    written = calendar_file(replace(EVENT, title=title, place=place), START)
    assert all(len(line) <= OCTETS for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    names = [line.partition(":")[0] for line in lines(written)]
    assert names.count("BEGIN") == names.count("END") == 2
    assert names.count("SUMMARY") == 1


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=200))
def test_what_is_escaped_reads_back_as_it_was(place: str) -> None:
    (line,) = [x for x in lines(calendar_file(replace(EVENT, place=place), START)) if x.startswith("LOCA")]
    read, escaped = "", False
    for character in line.removeprefix("LOCATION:"):
        read += character if escaped or character != "\\" else ""
        escaped = character == "\\" and not escaped
    assert read == place


async def test_the_file_is_there_for_everybody_and_says_nothing_of_who_asked(http: httpx.AsyncClient) -> None:
    answer = await http.get(PATH)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="session.ics"'
    assert "no-store" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    assert "SUMMARY:Session" in answer.text


async def test_the_file_follows_what_staff_changed(http: httpx.AsyncClient, store: Store) -> None:
    await insert_change(store, "moved", LISTED + timedelta(hours=4), START)
    assert "DTSTART:20261126T143000Z" in (await http.get(PATH)).text
    moved = await http.get("/calendar/lon-get-active/2611261430.ics")
    assert "UID:lon-get-active-20261126T1030@prehab-navigator" in moved.text


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/lon-get-active/2611261031.ics",
        "/calendar/no-such-session/2611261030.ics",
        "/calendar/lon-get-active/now.ics",
        "/calendar/lon-get-active/99.ics",
        "/calendar/%00/2611261030.ics",
        "/calendar/lon-get-active/٢٦١١٢٦١٠٣٠.ics",
    ],
)
async def test_what_is_not_there_is_a_kind_page(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == 404
    assert "<h1" in answer.text
