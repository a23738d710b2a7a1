"""What an author hears about a programme that could not be sent."""

from pathlib import Path

import pytest

from tests.content.author import Author

PATH = "knowledge/programmes/ready.yaml"
GOOD = """\
programme: ready
title: Getting ready
about: 2 short tips.
day: your operation
anchor: operation
flow: join-ready
messages:
  - id: one
    when: -7d 10:00
    text: Take a short walk today.
    next: [{article: cannot-sleep}]
  - id: two
    when: -3d 10:00
    text: Have a nice cup of tea.
    next: [{flow: welcome}]
sources: [{name: Macmillan, year: 2025}]
confidence: V
checked: 2026-11-01
review: 2027-11-01
"""
FLOW = """\
flow: join-ready
title: Join
menu: none
steps:
  day:
    ask: date
    text: Which day?
  join:
    join: ready
    day: day
    over: late
  joined:
    end: Done.
  late:
    end: Too late.
"""


@pytest.fixture
def author(tmp_path: Path) -> Author:
    author = Author(tmp_path)
    author.writes("knowledge/lock-screen.yaml", "words: [cancer*, operation*]\n")
    author.writes(PATH, GOOD)
    author.writes("flows/join-ready.yaml", FLOW)
    return author


def test_a_good_programme_is_read(author: Author) -> None:
    content = author.loads().content
    assert content is not None and list(content.programmes) == ["ready"]
    assert [message.offset.days for message in content.programmes["ready"].messages] == [-7, -3]


MISTAKES = [
    (
        "when: -3d 10:00",
        "when: 3 days before",
        "13:11: '3 days before' is not a time; write days and a local time, such as -28d 10:00 or +14d 18:00",
    ),
    (
        "when: -3d 10:00",
        "when: -91d 10:00",
        "13:11: -91 days is too far away; from -90d to +365d can be written",
    ),
    (
        "when: -3d 10:00",
        "when: +366d 10:00",
        "13:11: 366 days is too far away; from -90d to +365d can be written",
    ),
    (
        "when: -3d 10:00",
        "when: -7d 12:00",
        "13:11: 'one' is sent on this day already; one message a day at the most",
    ),
    (
        "when: -3d 10:00",
        "when: 0d 10:00",
        "13:11: day 0 is silent in this programme; choose another day",
    ),
    (
        "when: -3d 10:00",
        "when: -3d 21:00",
        "13:11: 21:00 is in quiet hours; choose a time from 08:00 and before 21:00",
    ),
    ("id: two", "id: one", "12:9: another message here is called 'one'; give this one another id"),
    (
        "{article: cannot-sleep}",
        "{article: cannot-slep}",
        "11:22: no article is called 'cannot-slep'; did you mean 'cannot-sleep'?",
    ),
    (
        "a nice cup of tea",
        "a cup of tea before your operation",
        "14:11: a locked phone would show 'operation'; say it without a word about health "
        "(see knowledge/lock-screen.yaml)",
    ),
    (
        "a nice cup of tea",
        "{emergency} to hand",
        "14:11: a message planned ahead has no gaps; lead to an article that has the number",
    ),
    (
        "flow: join-ready",
        "flow: welcome",
        "6:7: the flow 'welcome' has no step 'join: ready'; add it there",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES, ids=[told for _, _, told in MISTAKES])
def test_each_mistake_is_told_at_its_place(author: Author, old: str, new: str, told: str) -> None:
    author.changes(PATH, old, new)
    assert author.hears() == [f"{PATH}:{told}"]


def test_a_long_message_is_told(author: Author) -> None:
    author.changes(PATH, "Have a nice cup of tea.", "Have a nice cup of tea. " * 30)
    assert author.hears()[0] == f"{PATH}:14:11: this message has 719 characters; 700 at most: make it shorter"


def test_a_programme_without_its_review_is_told(author: Author) -> None:
    author.changes(PATH, "review: 2027-11-01\n", "")
    assert len(author.hears()) == 1 and "review" in author.hears()[0]


def test_a_review_that_is_past_is_told(author: Author) -> None:
    author.changes(PATH, "review: 2027-11-01", "review: 2026-11-02")
    assert any("the review was due on 2026-11-02" in told for told in author.checks())


def test_a_flow_that_joins_what_is_not_there_is_told(author: Author) -> None:
    author.changes("flows/join-ready.yaml", "join: ready", "join: redy")
    assert (
        "flows/join-ready.yaml:9:11: no programme is called 'redy'; did you mean 'ready'?" in author.hears()
    )


def test_a_day_that_is_always_too_late_needs_a_way_on(author: Author) -> None:
    author.changes("flows/join-ready.yaml", "    over: late\n", "")
    assert any("add 'over: <step>'" in told for told in author.hears())


def test_a_live_flow_joins_no_draft(author: Author) -> None:
    author.changes(PATH, "title: Getting ready", "title: Getting ready\nstatus: draft")
    assert author.hears() == [
        "flows/join-ready.yaml:9:11: the programme 'ready' is a draft, and this flow is live; "
        "make both the same"
    ]


def test_hard_words_in_a_message_are_told(author: Author) -> None:
    author.changes(PATH, "Have a nice cup of tea.", "Win your battle today.")
    assert any("avoid 'battle'" in told for told in author.checks())
