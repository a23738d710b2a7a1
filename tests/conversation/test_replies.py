"""Replies are understood as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.replies import (
    Choice,
    pick,
    pick_several,
    plain,
    read_date,
    read_number,
    read_phone,
    yes_or_no,
)
from bot.model import Person
from tests.worlds import real

HOW = (
    Choice("in-person", ("In person", "face to face", "in-person")),
    Choice("online", ("Online", "zoom", "from home")),
    Choice("any", ("I do not mind", "either", "whatever")),
)
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2", "online"),
        ("2nd one", "online"),
        ("the second", "online"),
        ("B", "online"),
        ("b)", "online"),
        ("Option B please", "online"),
        ("the online one", "online"),
        ("onlin", "online"),
        ("ONLINE!!", "online"),
        ("zoom pls", "online"),
        ("online please, i cant travel", "online"),
        ("in persn", "in-person"),
        ("face 2 face", "in-person"),
        ("first", "in-person"),
        ("one", "in-person"),
        ("the last one", "any"),
        ("dont mind", "any"),
        ("٢", "online"),
        ("３", "any"),
        ("२", "online"),
    ],
)
def test_a_choice_is_picked_by_its_words_its_number_or_its_letter(typed: str, meant: str) -> None:
    assert pick(typed, HOW) == meant


@pytest.mark.parametrize(
    "typed", ["", "9", "q", "purple", "hello there", "not online", "👍", "what is prehab?"]
)
def test_what_is_no_choice_picks_nothing(typed: str) -> None:
    assert pick(typed, HOW) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 and 3", ("in-person", "any")),
        ("1,2", ("in-person", "online")),
        ("1 2", ("in-person", "online")),
        ("online and in person", ("in-person", "online")),
        ("a, b & c", ("in-person", "online", "any")),
        ("zoom", ("online",)),
    ],
)
def test_several_choices_are_picked_in_the_order_of_the_list(typed: str, meant: tuple[str, ...]) -> None:
    assert pick_several(typed, HOW) == meant


@pytest.mark.parametrize(
    "typed", ["aye", "Aye!", "yes", "y", "YES PLEASE", "yep", "ok", "👍", "👍🏽", "go on", "sure"]
)
def test_yes_in_many_words(typed: str) -> None:
    assert yes_or_no(typed, *_words()) is True


@pytest.mark.parametrize(
    "typed", ["nope", "naw", "no", "n", "No thanks", "nah ta", "👎", "👎🏿", "not now", "no way"]
)
def test_no_in_many_words(typed: str) -> None:
    assert yes_or_no(typed, *_words()) is False


@pytest.mark.parametrize("typed", ["", "maybe", "yes no", "purple", "what for"])
def test_neither_yes_nor_no(typed: str) -> None:
    assert yes_or_no(typed, *_words()) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("about 3", 3),
        ("three", 3),
        ("Twenty-one", 21),
        ("twenty one", 21),
        ("٣", 3),
        ("a couple", 2),
        ("3rd", 3),
        ("10/10", 10),
        ("zero", 0),
        ("maybe 4 or so", 4),
    ],
)
def test_numbers_are_read_in_words_and_digits_of_any_script(typed: str, number: int) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["", "no idea", "3 or 4", "two or three", "3.5"])
def test_what_is_not_one_number_is_asked_again(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("next tue", date(2026, 11, 24)),
        ("wensday", date(2026, 11, 25)),
        ("14/3", date(2027, 3, 14)),
        ("14.3.27", date(2027, 3, 14)),
        ("14 march", date(2027, 3, 14)),
        ("3rd of Marhc", date(2027, 3, 3)),
        ("tomorrow", date(2026, 11, 23)),
        ("in 2 weeks", date(2026, 12, 6)),
        ("in a fortnight", date(2026, 12, 6)),
        ("a week ago", date(2026, 11, 15)),
        ("25 dec", date(2026, 12, 25)),
        ("2027-03-02", date(2027, 3, 2)),
        ("١٤/٣", date(2027, 3, 14)),
    ],
)
def test_dates_are_read_the_british_way(typed: str, day: date) -> None:
    assert read_date(typed, SUNDAY) == day


def test_a_day_and_month_lie_on_the_side_that_is_asked_for() -> None:
    assert read_date("14/3", SUNDAY, "past") == date(2026, 3, 14)
    assert read_date("14/3", SUNDAY, "future") == date(2027, 3, 14)
    assert read_date("yesterday", SUNDAY, "future") is None


@pytest.mark.parametrize("typed", ["", "31/2", "soon", "99/99", "I dont know"])
def test_what_is_no_date_is_asked_again(typed: str) -> None:
    assert read_date(typed, SUNDAY) is None


@pytest.mark.parametrize("typed", ["0131 496 0000", "(0131) 4960000", "+44 131 496 0000", "its 01314960000"])
def test_a_phone_number_is_kept_as_it_is_dialled(typed: str) -> None:
    assert read_phone(typed) == "0131 496 0000"


@pytest.mark.parametrize("typed", ["", "999", "12345", "call me", "0131"])
def test_what_is_no_phone_number_is_asked_again(typed: str) -> None:
    assert read_phone(typed) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    plain(text)
    pick(text, HOW)
    pick_several(text, HOW)
    read_number(text)
    read_date(text, SUNDAY)
    read_phone(text)
    yes_or_no(text, ["yes"], ["no"])


def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    texts = real().texts_for(Person())
    return texts.variants("says.yes"), texts.variants("says.no")
