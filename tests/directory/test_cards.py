"""A session in words."""

from datetime import UTC, date, datetime

import pytest

from bot.conversation.listings import (
    day_in_words,
    length,
    nothing_found,
    relaxed_line,
    session_card,
    session_line,
    time_in_words,
    together,
)
from bot.directory.wishes import DROPPED_FIRST
from bot.model import Suggested, Wanted
from tests.directory.builders import LEITH, NOW, ZONE, at_venue, directory, english, service, session

TEXTS = english()
NEAR_LEITH = Wanted(near=LEITH)


def card(wanted: Wanted = NEAR_LEITH, starts: str = "2027-03-02T10:30", **more: object) -> str:
    known = directory(at_venue("walk", "EH6 6AA", starts=starts, **more))
    (suggestion,) = known.suggest(wanted, NOW).found
    return session_card(known, suggestion, wanted, TEXTS, NOW)


def test_a_card_says_what_when_where_and_how() -> None:
    known = directory(
        at_venue(
            "walk",
            "EH12 5AA",
            "yes",
            starts="2027-03-02T10:30",
            rrule="FREQ=WEEKLY",
            free=True,
            book="Just come.",
            level="gentle",
        ),
        team=service(refer_yourself=True),
    )
    wanted = Wanted(near=LEITH)
    (suggestion,) = known.suggest(wanted, NOW).found
    assert session_card(known, suggestion, wanted, TEXTS, NOW).splitlines() == [
        "Walking group",
        "Tuesday 2 March, 10.30am. It lasts 45 minutes.",
        "Next after that: Tuesday 9 March.",
        "SAMPLE Hall, EH12 5AA.",
        "About 2 miles from Leith.",
        "Step-free: yes.",
        "Level: gentle.",
        "Cost: free.",
        "How to book: Just come.",
        "You can refer yourself.",
        "Run by SAMPLE Team.",
        "SAMPLE: not a real session.",
        "Last checked: 1 November 2026.",
    ]


def test_what_a_listing_does_not_state_is_said_so() -> None:
    words = card(wanted=Wanted(near=LEITH, free=True, step_free=True))
    assert "Step-free: not stated. Please ask before you go." in words
    assert "Cost: not stated." in words
    assert "How to book: not stated." in words
    assert "Can you refer yourself? Not stated." in words
    assert "The listing does not say: if it is step-free and if it is free." in words


def test_a_real_session_is_not_marked_as_a_sample() -> None:
    assert "SAMPLE: not a real session." not in card(sample=False)


@pytest.mark.parametrize(
    ("checked", "said"),
    [("2026-05-12", "Not checked since May."), ("2025-05-12", "Not checked since May 2025.")],
)
def test_a_listing_past_its_review_says_since_when(checked: str, said: str) -> None:
    assert said in card(checked=checked, review="2026-11-01")


def test_a_cancelled_date_before_the_next_one_is_said() -> None:
    words = card(starts="2026-11-24T10:30", rrule="FREQ=WEEKLY", cancelled=["2026-11-24"])
    assert "Tuesday 1 December, 10.30am." in words
    assert "Cancelled: Tuesday 24 November." in words


def test_an_online_session_has_no_place_and_no_steps() -> None:
    known = directory(session())
    wanted = Wanted(near=LEITH)
    words = session_card(known, known.suggest(wanted, NOW).found[0], wanted, TEXTS, NOW)
    assert "Online. You join from home." in words
    assert ("Step-free" in words, "mile" in words) == (False, False)


def test_one_line_names_the_session_and_its_day() -> None:
    known = directory(session())
    assert session_line(known, known.suggest(Wanted(), NOW).found[0], TEXTS, NOW) == (
        "Walking group, Tuesday 24 November"
    )


def test_what_was_left_out_is_said_in_words() -> None:
    said = relaxed_line(Suggested((), ("longest", "topic", "near")), TEXTS)
    assert said.endswith("So I left this out: how long it lasts, the topic and within 25 miles of you.")
    assert relaxed_line(Suggested(()), TEXTS) == ""


def test_when_there_is_nothing_a_person_is_offered() -> None:
    assert "A person can look for you." in nothing_found(TEXTS)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2027, 3, 2, 10, 30), "10.30am"),
        (datetime(2027, 3, 2, 14, 0), "2pm"),
        (datetime(2027, 7, 2, 12, 0), "12 noon"),
        (datetime(2027, 7, 2, 0, 0), "12 midnight"),
        (datetime(2027, 7, 2, 12, 5), "12.05pm"),
    ],
)
def test_a_time_is_written_out(moment: datetime, words: str) -> None:
    assert time_in_words(moment.replace(tzinfo=ZONE), TEXTS) == words


def test_a_day_far_ahead_has_its_year() -> None:
    assert day_in_words(date(2027, 3, 2), TEXTS, date(2026, 11, 23)) == "Tuesday 2 March"
    assert day_in_words(date(2027, 11, 2), TEXTS, date(2026, 11, 23)) == "Tuesday 2 November 2027"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (20, "20 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (120, "2 hours"),
        (150, "2 hours 30 minutes"),
    ],
)
def test_how_long_is_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert length(minutes, TEXTS) == words


def test_words_stand_together_with_commas_and_an_and() -> None:
    assert [together(words, TEXTS) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_every_wish_that_can_be_dropped_or_unknown_has_its_words() -> None:
    assert all(TEXTS(f"session.dropped.{wish}") for wish in DROPPED_FIRST)
    assert all(TEXTS(f"session.wish.{wish}") for wish in ("step_free", "free", "level", "language", "near"))


def test_a_moment_is_shown_in_local_time_whatever_zone_it_came_in() -> None:
    known = directory(session(starts="2027-07-06T10:30"))
    (suggestion,) = known.suggest(Wanted(), datetime(2027, 7, 1, tzinfo=UTC)).found
    assert "10.30am" in session_card(known, suggestion, Wanted(), TEXTS, datetime(2027, 7, 1, tzinfo=UTC))
