"""/sessions, /new and /cancel: the daily work on sessions, with buttons."""

import re
from pathlib import Path

import pytest

from bot.authoring import dates
from bot.authoring.dates import Deed
from bot.model import Tapped
from bot.store import tables
from bot.store.audit import Who
from bot.store.engine import Store
from tests.console.listed import CLASS, PLACE, SESSIONS, author_of, navigator_over
from tests.content.author import Author
from tests.databases import Clock, column, rows
from tests.staff.office import Office, Phone
from tests.staff.test_lists import booked


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return author_of(tmp_path / "authors")


@pytest.fixture
def office(store: Store, clock: Clock, author: Author) -> Office:
    return Office(store, clock, navigator_over(author).world)


def file(author: Author) -> str:
    return (author.home / PLACE).read_text()


async def told(phone: Phone) -> str:
    """As far as the preview of a session like the first."""
    await phone.say("/new")
    await phone.tap("1")
    await phone.say("8 Dec 2pm")
    await phone.tap("every 2 weeks")
    return await phone.say("12")


async def test_sessions_shows_who_comes_and_what_can_be_done(
    office: Office, store: Store, clock: Clock
) -> None:
    mary = await office.hire("Mary")
    codes = await booked(store, clock, *CLASS_)
    assert "Thu 26 Nov, 10:30: SAMPLE: Gentle class. Booked 2, free 0" in await mary.say("/sessions")
    shown = await mary.tap("1")
    assert codes[0] in shown and "[Write to them]" in shown and "[Cancel this date]" in shown


async def test_a_date_is_cancelled_after_it_said_how_many_will_be_told(
    office: Office, store: Store, clock: Clock, author: Author
) -> None:
    mary = await office.hire("Mary", "navigator")
    await booked(store, clock, *CLASS_)
    assert "Which date is cancelled?" in await mary.say("/cancel")
    asked = await mary.tap("1")
    assert (
        "Cancel SAMPLE: Gentle class, Thu 26 Nov, 10:30?" in asked and "2 people booked will be told" in asked
    )
    assert await rows(store, tables.changes) == []
    assert "It is cancelled. People told: 2." in await mary.tap("Yes, cancel it")
    assert "has cancelled this date" in await mary.tap("Yes, cancel it")
    (row,) = [row for row in await rows(store, tables.audit) if row["what"].startswith("session")]
    assert (row["name"], row["what"], row["about"], row["detail"]) == (
        "Mary",
        "session.cancel",
        "session:sco-class@2026-11-26T10:30",
        "2 told",
    )
    assert file(author) == SESSIONS


async def test_who_comes_second_is_told_what_the_first_did(
    office: Office, store: Store, clock: Clock
) -> None:
    mary = await office.hire("Mary", "navigator")
    await mary.say("/cancel")
    await mary.tap("1")
    async with store.write() as tx:
        standing = await dates.standing(tx, CLASS, office.world, clock())
        assert standing
        deed = Deed(CLASS, standing.version, CLASS.listed.replace(hour=14))
        await dates.change(tx, deed, office.world, Who(9, "Ben"), clock())
    answer = await mary.tap("Yes, cancel it")
    assert (
        "Somebody was quicker" in answer
        and "Ben has moved this date. It is on Thu 26 Nov, 14:30 now." in answer
    )
    assert await column(store, tables.changes, "kind") == ["moved"]


async def test_a_new_session_is_like_one_that_is_there(office: Office, author: Author, store: Store) -> None:
    mary = await office.hire("Mary", "navigator")
    preview = await told(mary)
    assert "SAMPLE: Gentle class\nFirst on Tue 8 Dec, 14:00; every 2 weeks.\nPlaces: 12." in preview
    assert file(author) == SESSIONS
    done = await mary.tap("Save it as a SAMPLE")
    assert "Saved: SAMPLE: Gentle class. It is kept in knowledge/sessions/scotland.yaml" in done
    new = author.content().sessions["sco-gentle-class"]
    assert new.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" and new.capacity == 12 and new.sample
    assert new.venue and new.venue.name == "Library" and file(author).startswith(SESSIONS)
    assert "session.add" in await column(store, tables.audit, "what")
    assert "does not work any more" in await mary.tap("Save it as a SAMPLE")
    assert len(author.content().sessions) == 3


async def test_only_who_has_checked_it_makes_a_real_one(office: Office, author: Author) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)
    await mary.tap("Save it: it is real, I have checked it")
    new = author.content().sessions["sco-gentle-class"]
    assert not new.sample and new.title == {"en": "Gentle class"}


async def test_what_cannot_be_is_asked_for_again_and_what_is_thrown_away_is_gone(
    office: Office, author: Author
) -> None:
    mary = await office.hire("Mary", "navigator")
    await mary.say("/new")
    await mary.tap("2")
    assert "I cannot read that as a time" in await mary.say("when the sun shines")
    await mary.say("tomorrow 9am")
    assert "How often?" in await mary.say("often, please")
    await mary.tap("once")
    assert "Places: Write 1 to 10,000" in await mary.say("0")
    assert "Places: no limit." in await mary.tap("No limit")
    assert "Nothing was saved." in await mary.tap("Throw away")
    assert "does not work any more" in await mary.tap("Save it as a SAMPLE") and file(author) == SESSIONS


async def test_a_file_that_would_be_wrong_is_told_and_stays(office: Office, author: Author) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)
    author.changes("knowledge/services/scotland.yaml", "id: gym", "id: pool")
    assert "the check of all content would fail" in await mary.tap("Save it as a SAMPLE")
    assert file(author) == SESSIONS


async def test_a_turn_that_fails_after_the_file_was_written_puts_it_back(
    office: Office, author: Author, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)

    async def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr("bot.service.turns.ledger.reply", broken)
    await mary.tap("Save it as a SAMPLE")
    assert file(author) == SESSIONS and "session.add" not in await column(store, tables.audit, "what")


async def test_a_viewer_may_do_none_of_it(office: Office) -> None:
    vic = await office.hire("Vic", "viewer")
    for command in ("/new", "/cancel"):
        assert "may not do this" in await vic.say(command)
    await vic.say("/sessions")
    for code in (
        "z:off:sco-class.29599830",
        "z:off-yes:sco-class.29599830.1",
        "z:add-yes",
        "z:copy:sco-class",
    ):
        assert "may not do this" in await vic.send(Tapped(code))


async def test_forged_buttons_do_nothing(office: Office, store: Store, author: Author) -> None:
    mary = await office.hire("Mary", "navigator")
    for code in (
        "off",
        "off-yes",
        "copy",
        "often",
        "places",
        "add-yes",
        "add-real",
        "off:x",
    ):
        assert "does not work any more" in await mary.send(Tapped(f"z:{code}")), code
    for code in (
        "off-yes:x.1.1",
        "off-yes:sco-class.1.1",
        "off:sco-class.999999999",
        "to-off:..9",
        "add:none.99",
    ):
        answer = await mary.send(Tapped(f"z:{code}"))
        assert answer and not re.search("Sorry|wrong on our side", answer), code
    assert await rows(store, tables.changes) == [] and file(author) == SESSIONS


CLASS_ = (CLASS.session, CLASS.listed)
