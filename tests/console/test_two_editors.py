"""Two members of staff have one session open: the second sees what changed and keeps their own words."""

from pathlib import Path

import pytest

from bot.store import tables
from bot.store.engine import Store
from tests.console.desk import Browser, words
from tests.console.listed import PAGE, SESSIONS, Desk, audited, filled, hidden
from tests.databases import Clock, column

CHANGE = "/staff/sessions/sco-class/change"


@pytest.fixture
async def ann(store: Store, clock: Clock, tmp_path: Path) -> Desk:
    made = Desk(store, clock, tmp_path / "authors")
    await made.sign_in("Ann", "navigator")
    return made


@pytest.fixture
async def ben(ann: Desk) -> Browser:
    """In the same office."""
    made = Browser(ann.office)
    await made.sign_in("Ben", "editor")
    return made


async def test_the_second_sees_field_by_field_what_changed_and_can_save_on_top(
    ann: Desk, ben: Browser
) -> None:
    await ann.open(CHANGE)
    await ben.open(CHANGE)
    await ann.post(CHANGE, filled(ann.html) | {"minutes": "45", "venue": "Hall"})
    answer = await ben.post(CHANGE, filled(ben.html) | {"minutes": "90", "about": "Ben's own words."})
    said = words(answer.text)
    assert answer.status_code == 409 and "Nothing of yours was saved yet." in said
    assert "Field It was It is now Yours Venue Library Hall Library Minutes 60 45 90" in said
    form = filled(ben.html)
    assert (form["about"], form["minutes"], form["venue"]) == (["Ben's own words."], ["90"], ["Hall"])
    assert "minutes: 45" in ann.file and "Ben" not in ann.file
    await ben.post(CHANGE, form)
    assert "minutes: 90" in ann.file and "name: Hall" in ann.file and "about: Ben's own words." in ann.file
    assert [what for what, _, _ in await audited(ann)] == ["session.change", "session.change"]


async def test_a_change_of_another_session_in_the_file_disturbs_nobody(ann: Desk, ben: Browser) -> None:
    await ann.open(CHANGE)
    await ben.open("/staff/sessions/sco-talk/change")
    await ben.post("/staff/sessions/sco-talk/change", filled(ben.html) | {"minutes": "45"})
    answer = await ann.post(CHANGE, filled(ann.html) | {"minutes": "75"})
    assert "Saved." in words(answer.text) and "minutes: 75" in ann.file and "minutes: 45" in ann.file


async def test_an_author_at_the_file_counts_as_well(ann: Desk) -> None:
    await ann.open(CHANGE)
    ann.author.changes("knowledge/sessions/scotland.yaml", "capacity: 2", "capacity: 20")
    answer = await ann.post(CHANGE, filled(ann.html) | {"minutes": "75"})
    assert answer.status_code == 409 and "Places 2 20 2" in words(answer.text)


async def test_what_was_seen_may_be_forged_and_spoils_nothing(ann: Desk) -> None:
    for before in ("", "no json", "[1]", '{"title": 3, "evil": "x"}', "<script>"):
        await ann.open(CHANGE)
        forged = filled(ann.html) | {"version": "old", "before": before}
        answer = await ann.post(CHANGE, forged)
        assert answer.status_code == 409 and "<script>" not in answer.text.replace("<script src", "")
    assert ann.file == SESSIONS


async def test_of_two_who_change_one_date_the_second_is_told_who_did_what(ann: Desk, ben: Browser) -> None:
    await ann.open(f"{PAGE}/move")
    await ben.open(f"{PAGE}/cancel")
    move = filled(ann.html) | {"date": "2026-11-27", "time": "14:00", "sure": "yes"}
    await ann.post(f"{PAGE}/move", move)
    answer = await ben.post(f"{PAGE}/cancel", hidden(ben.html))
    assert answer.status_code == 409 and "Nothing of yours was done." in words(answer.text)
    assert "Ann moved this date on Mon 23 Nov 2026, 10:00." in words(answer.text)
    assert await column(ann.store, tables.changes, "kind") == ["moved"]


async def test_who_wanted_to_move_it_as_well_keeps_their_time(ann: Desk, ben: Browser) -> None:
    await ann.open(f"{PAGE}/move")
    await ben.open(f"{PAGE}/move")
    await ann.post(f"{PAGE}/move", filled(ann.html) | {"date": "2026-11-27", "time": "14:00", "sure": "yes"})
    fields = filled(ben.html) | {"date": "2026-11-28", "time": "09:00"}
    answer = await ben.post(f"{PAGE}/move", fields)
    assert "You wanted to move it to 2026-11-28, 09:00." in words(answer.text)
    await ben.post(f"{PAGE}/move", filled(ben.html))
    await ben.post(f"{PAGE}/move", filled(ben.html))
    assert "Ben moved this date" in words(ben.html)
