"""Polite and long messages are read for what is asked in them."""

import pytest

from bot.search import build_index
from bot.search.reading import FIRST, LAST, plain, readings
from tests.search.shelf import ARTICLES, WORDS, index


@pytest.mark.parametrize(
    "typed",
    [
        "Hello, I was wondering if you could tell me, how do I sleep better? Thank you so much",
        "hi there sorry to bother you but I cannot sleep. what helps please",
        "Good morning. Can you please tell me how to sleep better. Many thanks",
    ],
)
def test_politeness_changes_nothing(typed: str) -> None:
    assert index().search(typed)[0].id == "sleep"
    assert index().find(typed).confidence == "sure"


def test_a_message_of_politeness_alone_is_still_read() -> None:
    assert plain(["thank", "you"]) == ("thank", "you")
    greeting = {"id": "hello", "question": "hello", "alternatives": ["good morning", "hi there"]}
    assert build_index([*ARTICLES, greeting], WORDS).search("good morning")[0].id == "hello"


def test_a_sentence_without_an_end_is_read_in_stretches() -> None:
    words = [f"word{at}" for at in range(200)]
    whole, pieces = readings(words, [words])
    assert whole == words
    assert len(pieces) == FIRST + LAST
    assert pieces[0] == words[: len(pieces[0])]
    assert pieces[-1] == words[-len(pieces[-1]) :]


def test_a_short_message_has_one_reading() -> None:
    assert readings(["so", "tired"], [["so", "tired"]]) == (["so", "tired"], [])
