"""/sessions, /new and /cancel: the daily work on sessions, with buttons."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring import dates, files
from bot.authoring.dates import Deed
from bot.authoring.files import CannotWrite
from bot.model import Tapped
from bot.staff import saving
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


async def told(phone: Phone, places: str = "12") -> str:
    """As far as the preview of a session like the first."""
    await phone.say("/new")
    await phone.tap("1")
    await phone.say("8 Dec 2pm")
    await phone.tap("every 2 weeks")
    return await phone.say(places)


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
    assert "In some seconds I tell you" in await mary.tap("Save it as a SAMPLE") and file(author) == SESSIONS
    await office.tick()
    done = office.telegram.to(mary.address)
    assert "Saved: SAMPLE: Gentle class. It is kept in knowledge/sessions/scotland.yaml" in done[-1]
    new = author.content().sessions["sco-gentle-class"]
    assert new.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" and new.capacity == 12 and new.sample
    assert new.venue and new.venue.name == "Library" and file(author).startswith(SESSIONS)
    assert "session.add" in await column(store, tables.audit, "what")
    assert "does not work any more" in await mary.tap("Save it as a SAMPLE")
    await office.tick()
    assert len(author.content().sessions) == 3 and office.telegram.to(mary.address) == done


async def test_only_who_has_checked_it_makes_a_real_one(office: Office, author: Author) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)
    await mary.tap("Save it: it is real, I have checked it")
    await office.tick()
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
    await mary.tap("Save it as a SAMPLE")
    await office.tick()
    [answer] = office.telegram.to(mary.address)
    assert "the check of all content would fail" in answer and file(author) == SESSIONS
    await office.tick()
    assert office.telegram.to(mary.address) == [answer]


async def test_what_they_do_meanwhile_and_a_second_worker_save_it_once(
    office: Office, author: Author, store: Store, other_store: Store, clock: Clock
) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)
    await mary.tap("Save it as a SAMPLE")
    await told(mary, "9")
    assert "The one before is still being checked" in await mary.tap("Save it as a SAMPLE")
    both = [saving.tick(one, office.world, clock()) for one in (store, other_store)]
    await asyncio.gather(*both)
    await office.tick()
    assert len(author.content().sessions) == 3
    assert (await column(store, tables.audit, "what")).count("session.add") == 1
    await mary.tap("Save it as a SAMPLE")
    await office.tick()
    assert len(author.content().sessions) == 4
    assert len([one for one in office.telegram.to(mary.address) if "Saved: " in one]) == 2


async def test_a_worker_that_dies_after_the_file_was_written_writes_no_second_one(
    office: Office, author: Author, monkeypatch: pytest.MonkeyPatch, store: Store, clock: Clock
) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)
    await mary.tap("Save it as a SAMPLE")

    def killed(*_: object) -> None:
        raise LookupError

    with monkeypatch.context() as dying:
        # Whoever is killed puts nothing back.
        dying.setattr("bot.authoring.files._undo", lambda *_: None)
        dying.setattr("bot.authoring.files.place", placed_and_then(files.place, killed))
        with pytest.raises(LookupError):
            await saving.tick(store, office.world, clock())
    assert len(author.content().sessions) == 3 and "session.add" not in await done(store)
    await office.tick()
    assert len(author.content().sessions) == 3 and (await done(store)).count("session.add") == 1
    assert "Saved: SAMPLE: Gentle class" in office.telegram.to(mary.address)[-1]


def placed_and_then(place: Callable[..., object], then: Callable[..., None]) -> Callable[..., None]:
    def both(*given: object) -> None:
        place(*given)
        then()

    return both


async def done(store: Store) -> list[str]:
    return await column(store, tables.audit, "what")


async def test_a_full_disk_is_told_and_ends_the_wish(
    office: Office, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    mary = await office.hire("Mary", "navigator")
    await told(mary)
    await mary.tap("Save it as a SAMPLE")

    def full(*_: object) -> None:
        raise CannotWrite("No space left on device")

    monkeypatch.setattr("bot.authoring.files.place", full)
    for _ in range(2):
        await office.tick()
    [answer] = office.telegram.to(mary.address)
    assert "Saved" not in answer and file(author) == SESSIONS


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
