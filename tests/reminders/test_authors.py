"""What an author hears about reminders: when they come, what is late, and words no locked phone may show."""

from pathlib import Path

import pytest

from bot.content.lock_screen import LockScreen
from bot.content.schema_export import schemas
from tests.content.author import SERVICE, SESSION, Author
from tests.worlds import real

FILE = "knowledge/sessions/scotland.yaml"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    found = Author(tmp_path)
    found.writes("knowledge/services/scotland.yaml", SERVICE)
    return found


def session(*lines: str) -> str:
    return SESSION + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize("remind", ["[24h, 2h]", "[1d, 90min]", "2h", "[]"])
def test_a_session_says_when_people_are_reminded(author: Author, remind: str) -> None:
    author.writes(FILE, session(f"remind: {remind}", "late: drop"))
    assert author.hears() == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("remind: [2 hours]", "'2 hours' cannot stand here"),
        ("remind: [5min]", "a reminder comes 15min to 14d before the start"),
        ("remind: [15d]", "a reminder comes 15min to 14d before the start"),
        ("remind: [24h, 1d]", "each reminder once: 24h and 1d are the same"),
        ("remind: [1h, 2h, 3h, 4h, 5h, 6h]", "6"),
        ("late: never", "send"),
    ],
)
def test_a_slip_in_it_is_told_with_its_line(author: Author, line: str, told: str) -> None:
    author.writes(FILE, session(line))
    (heard,) = author.hears()
    assert heard.startswith(f"{FILE}:12:")
    assert told in heard


def test_editors_know_these_lines(author: Author) -> None:
    written = str(schemas()["sessions"])
    assert "remind" in written and "late" in written


def test_a_reminder_with_a_word_about_health_is_refused(author: Author) -> None:
    author.writes("knowledge/texts/en/reminders.yaml", 'reminder.today: "At the Clinic today."\n')
    assert author.hears() == [
        "knowledge/texts/en/reminders.yaml:1:17: a locked phone would show 'clinic'; say it without a word "
        "about health (see knowledge/lock-screen.yaml)"
    ]


def test_every_wording_of_a_reminder_is_looked_at(author: Author) -> None:
    author.writes(
        "knowledge/texts/en/reminders.yaml", "reminder.today: [Today., 'Your blood-test, today.']\n"
    )
    (heard,) = author.hears()
    assert "'blood test'" in heard


def test_other_texts_may_say_it(author: Author) -> None:
    author.writes("knowledge/texts/en/others.yaml", "other.today: At the clinic today.\n")
    assert author.hears() == []


def test_without_the_list_nothing_goes_live(author: Author) -> None:
    (author.home / "knowledge/lock-screen.yaml").unlink()
    (heard,) = author.hears()
    assert heard.endswith("no words are written that a locked phone must not show")


@pytest.mark.parametrize(
    "shown",
    [
        "Maggie’s, Edinburgh",
        "the Beatson",
        "Cancer Centre",
        "CHEMOTHERAPY day unit",
        "Royal Infirmary",
        "X-ray suite",
        "Leukaemia Care",
        "St John’s Hospice",
        "oncologists’ rooms",
    ],
)
def test_our_own_list_blocks_what_gives_it_away(shown: str) -> None:
    assert real().world.content.lock_screen.blocked(shown)


@pytest.mark.parametrize(
    "shown",
    [
        "SAMPLE Community Hall, Islington",
        "Leith Library",
        "I’ll see you at the Harbour Hotel",
        "Painters’ Hall, Scandinavia House",
        "Still Life class, Hillside",
        "Scouts’ hut by the plunge pool",
    ],
)
def test_our_own_list_lets_ordinary_places_through(shown: str) -> None:
    assert real().world.content.lock_screen.blocked(shown) == ()


def test_an_empty_list_blocks_nothing() -> None:
    assert LockScreen().blocked("Cancer Centre") == ()


def test_every_sentence_of_ours_for_reminders_is_clean() -> None:
    content = real().world.content
    said = {key: text for key, text in content.texts["en"].items() if key.startswith("reminder.")}
    assert said
    assert not {key for key, text in said.items() if content.lock_screen.blocked(" ".join(text))}
