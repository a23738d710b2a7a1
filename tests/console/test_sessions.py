"""Sessions in the console: found, added, changed in their file; a date cancelled or moved in the database."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.channels.web.pages import Pages, View
from bot.conversation.listings import session_card
from bot.model import Person, Say, Wanted
from bot.store import tables
from bot.store.engine import Store
from tests.console.desk import words
from tests.console.listed import PAGE, PLACE, SESSIONS, Desk, audited, book, filled, hidden
from tests.databases import Clock, column

NEW = {
    "service": "gym",
    "title": "Tea & talk",
    "about": "A cup of tea.",
    "kinds": ["group", "peer-support"],
    "mode": "in-person",
    "venue": "Town hall",
    "postcode": "eh65aa",
    "step-free": "yes",
    "date": "2026-12-08",
    "time": "14:00",
    "minutes": "90",
    "repeat": "month",
    "until": "2027-06-30",
    "capacity": "12",
    "level": "gentle",
    "free": "yes",
    "languages": ["en"],
    "review": "2027-06-01",
}


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> str:
    """Forms and files know no database; what is kept there is tested on both by test_two_editors."""
    shutil.copy(migrated_sqlite, tmp_path / "navigator.sqlite3")
    return f"sqlite:///{tmp_path / 'navigator.sqlite3'}"


@pytest.fixture
async def desk(store: Store, clock: Clock, tmp_path: Path) -> Desk:
    made = Desk(store, clock, tmp_path / "authors")
    await made.sign_in("Ann", "navigator")
    return made


# ---- looking -----------------------------------------------------------------------------------------------


async def test_coming_dates_stand_by_day_with_their_places(desk: Desk) -> None:
    await book(desk, 2)
    page = words((await desk.open("/staff/sessions")).text)
    assert (
        "Thu 26 Nov 2026 10:30 SAMPLE: Gentle class Library, EH6 5AA Booked 2, free 0, waiting 0. full"
        in page
    )
    assert "Wed 2 Dec 2026 14:00 SAMPLE: Sleep talk, online" in page and "24 Dec" not in page


FOUND = (
    ("q=talk", "Sleep talk", "Gentle class"),
    ("q=LEITH+nothing", "No session fits", "Gentle class"),
    ("q=library", "Gentle class", "Sleep talk"),
    ("area=everywhere", "No session fits", "Gentle class"),
    ("area=scotland&from=2026-12-03", "Thu 3 Dec", "Thu 26 Nov"),
    ("page=-1&from=xyz&area=%27%22%3E&q=%00", "No session fits", "Traceback"),
    ("page=1", "Earlier", "Sleep talk"),
)


async def test_the_list_is_narrowed_down(desk: Desk) -> None:
    for query, there, not_there in FOUND:
        page = words((await desk.open(f"/staff/sessions?{query}")).text)
        assert there in page and not_there not in page, query


async def test_one_session_says_which_file_keeps_it(desk: Desk) -> None:
    page = words((await desk.open("/staff/sessions/sco-class")).text)
    assert "This session is kept in knowledge/sessions/scotland.yaml." in page
    assert "Thu 26 Nov 2026, 10:30" in page and "every week" in page and "Not held on Thu 24 Dec 2026" in page


async def test_who_comes_is_codes_and_a_list_for_the_door(desk: Desk) -> None:
    codes = await book(desk, 2)
    page = words((await desk.open(PAGE)).text)
    assert all(code in page for code in codes) and "This date is as its file says." in page
    printed = words((await desk.open(f"{PAGE}/codes")).text)
    assert all(code in printed for code in codes)


async def test_a_viewer_sees_numbers_and_no_codes(desk: Desk) -> None:
    codes = await book(desk, 2)
    await desk.sign_in("Vic", "viewer")
    page = words((await desk.open(PAGE)).text)
    assert "Booked 2, free 0" in page and not any(code in page for code in codes)
    assert (await desk.open(f"{PAGE}/codes")).status_code == 403
    assert "New session" not in words((await desk.open("/staff/sessions")).text)
    assert (await desk.post("/staff/sessions/new", NEW)).status_code == 403 and "Tea" not in desk.file


NOT_THERE = (
    "/sessions/none",
    "/sessions/..%2f..%2fetc",
    "/sessions/sco-class/1",
    "/sessions/sco-class/99999999999999",
    "/sessions/sco-class/١٢",
    "/sessions/sco-class/29000000/cancel",
    "/sessions/none/29000000/move",
    "/sessions/none/change",
    "/sessions/new?copy=none",
)


async def test_what_is_not_there_is_said_to_be_so(desk: Desk) -> None:
    for path in NOT_THERE:
        assert (await desk.open(f"/staff{path}")).status_code == 404, path


# ---- a new one ---------------------------------------------------------------------------------------------


async def test_a_new_session_goes_into_the_file_of_its_area_and_nothing_else_there_changes(
    desk: Desk,
) -> None:
    said = await desk.save("/staff/sessions/new", NEW)
    assert "Saved. The session is in its file now." in said and "Patients see it in some seconds" in said
    assert desk.file.startswith(SESSIONS) and "id: sco-tea-talk" in desk.file
    assert "rrule: FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630" in desk.file and "EH6 5AA" in desk.file
    assert 'title: "SAMPLE: Tea & talk"' in desk.file and "checked: 2026-11-23" in desk.file
    assert await audited(desk) == [("session.add", "session:sco-tea-talk", "")]
    desk.reload()
    page = words((await desk.open("/staff/sessions/sco-tea-talk")).text)
    assert "Tue 8 Dec 2026, 14:00" in page and "Tue 12 Jan 2027" in page and "in some seconds" not in page


async def test_a_real_session_must_be_said_to_be_checked(desk: Desk) -> None:
    await desk.save("/staff/sessions/new", NEW, real="yes")
    assert "title: Tea & talk\n" in desk.file and "sample: false" in desk.file
    said = await desk.save("/staff/sessions/new", NEW, real="yes", title="Sample: tea")
    assert "The title says SAMPLE." in said


async def test_a_copy_has_all_but_its_day(desk: Desk) -> None:
    await desk.open("/staff/sessions/new?copy=sco-class")
    fields = filled(desk.html)
    assert fields["venue"] == ["Library"] and fields["repeat"] == ["week"] and fields["date"] == [""]
    await desk.post("/staff/sessions/new", fields | {"date": "2026-12-01", "review": "2027-12-01"})
    assert "id: sco-gentle-class" in desk.file and desk.file.count("Library") == 2


REFUSED: tuple[tuple[str, Any, str], ...] = (
    ("title", "", "This is needed."),
    ("title", "x" * 10_000, "This is too long."),
    ("date", "2026-11-22", "This day has passed."),
    ("date", "2026-02-30", "cannot be read"),
    ("date", "yesterday", "cannot be read"),
    ("time", "25:00", "cannot be read"),
    ("capacity", "0", "Write 1 to 10,000"),
    ("capacity", "-1", "Write 1 to 10,000"),
    ("capacity", "١٢", "Write 1 to 10,000"),
    ("minutes", "1", "Write 5 to 1440"),
    ("service", "forged", "Please choose."),
    ("kinds", "forged", "This cannot be."),
    ("kinds", [], "Please choose."),
    ("mode", "forged", "Please choose."),
    ("repeat", "forged", "Please choose."),
    ("until", "2026-12-01", "before its first date"),
    ("postcode", "nonsense", "This cannot be."),
    ("postcode", "", "This is needed."),
    ("review", "2026-11-23", "This day has passed."),
    ("review", "", "This is needed."),
    ("level", "forged", "This cannot be."),
    ("languages", "e' n", "This cannot be."),
)


async def test_what_cannot_be_is_said_at_its_field_and_the_words_stay(desk: Desk) -> None:
    for field, value, why in REFUSED:
        said = await desk.save("/staff/sessions/new", {**NEW, field: value})
        assert why in said, (field, value)
        assert filled(desk.html)["about"] == ["A cup of tea."]
    assert desk.file == SESSIONS and await audited(desk) == []


async def test_an_hour_that_the_clocks_skip_is_refused(desk: Desk) -> None:
    fields = {**NEW, "date": "2027-03-28", "time": "01:30", "repeat": "once", "until": ""}
    assert "this time does not exist" in await desk.save("/staff/sessions/new", fields)


async def test_odd_signs_are_kept_as_one_text_and_shown_as_they_are(desk: Desk) -> None:
    title = "<script>alert(1)</script> & 👩‍👩‍👧 שלום: #1"
    trick = "Tea\n    sample: false\n  - id: evil\u2028x: y"
    await desk.save("/staff/sessions/new", NEW, title=title, about=trick)
    desk.reload()
    (new,) = [one for one in desk.author.content().sessions.values() if "script" in one.title["en"]]
    assert new.sample and new.title["en"] == f"SAMPLE: {title}"
    assert (
        new.about == {"en": "Tea sample: false - id: evil x: y"} and len(desk.author.content().sessions) == 3
    )
    html = (await desk.open(f"/staff/sessions/{new.id}")).text
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html


async def test_a_script_in_a_title_is_only_words_on_the_patients_card(desk: Desk, clock: Clock) -> None:
    await desk.save("/staff/sessions/new", NEW, title="<script>alert(1)</script>", venue="<b>Hall</b>")
    desk.reload()
    world = desk.navigator.world
    found = world.directory.suggest(Wanted(topic="", kind="peer-support"), clock()).found[0]
    card = session_card(world.directory, found, Wanted(), world.texts_for(Person()), clock())
    assert "<script>alert(1)</script>" in card
    html = bytes(Pages(lambda: desk.navigator).fragment(View(says=(Say(card),))).body).decode()
    assert "&lt;script&gt;alert(1)" in html and "<script" not in html and "<b>" not in html


async def test_what_the_check_of_all_content_refuses_is_told_in_its_words(desk: Desk) -> None:
    desk.author.changes("knowledge/services/scotland.yaml", "id: gym", "id: pool")
    desk.author.changes(PLACE, "sessions:\n", "sessions:\n")
    said = await desk.save("/staff/sessions/new", NEW)
    assert "the check of all content would fail" in said and "gym" in said and desk.file == SESSIONS


async def test_a_file_that_cannot_be_written_keeps_the_words_in_the_form(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.authoring.files.os.fsync", full)
    said = await desk.save("/staff/sessions/new", NEW)
    assert "The file could not be written" in said and desk.file == SESSIONS
    assert filled(desk.html)["title"] == ["Tea & talk"] and await audited(desk) == []


# ---- changing its listing ----------------------------------------------------------------------------------


async def test_a_change_touches_only_its_lines_in_the_file(desk: Desk) -> None:
    await desk.open("/staff/sessions/sco-class/change")
    answer = await desk.post(
        "/staff/sessions/sco-class/change", filled(desk.html) | {"minutes": "45", "venue": "Hall"}
    )
    assert "Saved. The file is changed" in words(answer.text)
    assert desk.file == SESSIONS.replace("minutes: 60", "minutes: 45").replace(
        "name: Library   # upstairs", "name: Hall      # upstairs"
    )
    assert await audited(desk) == [("session.change", "session:sco-class", "venue, minutes")]


async def test_a_form_that_nobody_touched_changes_nothing(desk: Desk) -> None:
    await desk.open("/staff/sessions/sco-class/change")
    answer = await desk.post("/staff/sessions/sco-class/change", filled(desk.html))
    assert "Nothing was different" in words(answer.text) and desk.file == SESSIONS


async def test_before_a_time_changes_it_says_how_many_will_be_told(desk: Desk) -> None:
    await book(desk, 2)
    await desk.open("/staff/sessions/sco-class/change")
    asked = await desk.post("/staff/sessions/sco-class/change", filled(desk.html) | {"time": "11:00"})
    assert "2 people booked will be told." in words(asked.text) and desk.file == SESSIONS
    await desk.post("/staff/sessions/sco-class/change", filled(desk.html) | {"sure": "yes"})
    assert "starts: 2026-11-26T11:00" in desk.file


async def test_who_is_not_touched_by_it_is_not_counted(desk: Desk) -> None:
    await book(desk, 2)
    await desk.open("/staff/sessions/sco-class/change")
    answer = await desk.post(
        "/staff/sessions/sco-class/change", filled(desk.html) | {"title": "SAMPLE: New name"}
    )
    assert "Saved." in words(answer.text) and "New name" in desk.file


# ---- one date ----------------------------------------------------------------------------------------------


async def test_cancelling_says_before_and_after_how_many_are_told(desk: Desk) -> None:
    await book(desk, 2)
    asked = words((await desk.open(f"{PAGE}/cancel")).text)
    assert "2 people booked will be told." in asked
    answer = await desk.post(f"{PAGE}/cancel", hidden(desk.html))
    assert "The date is cancelled. People told: 2." in words(answer.text)
    assert "Ann cancelled this date on Mon 23 Nov 2026, 10:00." in words(answer.text)
    assert "kept in the database, not in the file" in words(answer.text) and desk.file == SESSIONS
    assert await audited(desk) == [("session.cancel", "session:sco-class@2026-11-26T10:30", "2 told")]
    assert len(await column(desk.store, tables.ledger, "key")) == 2


async def test_moving_asks_first_and_tells_where_it_was(desk: Desk) -> None:
    await book(desk, 1)
    await desk.open(f"{PAGE}/move")
    first = await desk.post(f"{PAGE}/move", filled(desk.html) | {"date": "2026-11-27", "time": "14:00"})
    assert "It moves to Fri 27 Nov 2026, 14:00. 1 person booked will be told." in " ".join(
        words(first.text).split()
    )
    done = words((await desk.post(f"{PAGE}/move", filled(desk.html))).text)
    assert "The date is moved. People told: 1." in done
    assert "Ann moved this date on Mon 23 Nov 2026, 10:00. It was on Thu 26 Nov 2026, 10:30." in done
    assert (await audited(desk))[-1][2] == "to 2026-11-27T14:00, 1 told"


NOWHERE = (
    ("2026-11-22", "10:00", "That time has passed."),
    ("2026-11-26", "10:30", "It is at that time already."),
    ("2026-12-03", "10:30", "has another date at that time"),
    ("2027-03-28", "01:30", "this time does not exist"),
    ("soon", "late", "cannot be read"),
)


async def test_a_date_cannot_be_moved_where_it_makes_no_sense(desk: Desk) -> None:
    for date, time, why in NOWHERE:
        await desk.open(f"{PAGE}/move")
        fields = filled(desk.html) | {"date": date, "time": time, "sure": "yes"}
        assert why in words((await desk.post(f"{PAGE}/move", fields)).text), (date, time)
    assert await column(desk.store, tables.changes, "id") == []


async def test_a_date_that_has_begun_cannot_be_changed(desk: Desk, clock: Clock) -> None:
    await desk.open(f"{PAGE}/cancel")
    form = hidden(desk.html)
    clock.forward(days=3, minutes=31)
    await desk.sign_in("Ben", "navigator")
    assert "It cannot be changed any more." in words((await desk.open(f"{PAGE}/cancel")).text)
    answer = await desk.post(f"{PAGE}/cancel", form)
    assert answer.status_code == 403 or "has begun" in words(answer.text)
    assert await column(desk.store, tables.changes, "id") == []
