"""`prehab search` answers line by line."""

import json

from bot.tools.search_command import answer_lines
from tests.search.shelf import index


def test_every_line_gets_one_object() -> None:
    lines = ["tired", "", "😀", "who won the football"]
    told = [json.loads(line) for line in answer_lines(index(), lines, as_json=True)]
    assert len(told) == len(lines)
    assert told[0]["confidence"] == "sure"
    assert told[0]["hits"][0]["id"] == "tired"
    assert told[1] == {"confidence": "unknown", "hits": []}


def test_a_reader_is_told_the_phrasing_and_the_words() -> None:
    told = "\n".join(answer_lines(index(), ["cna i exersise befor kemo"], as_json=False))
    assert "read as: can i exercise before chemotherapy" in told
    assert "exercise: “Can I exercise before chemotherapy?” (can, i, exercise, before, chemotherapy)" in told


def test_a_message_that_was_typed_well_is_not_said_to_be_read_differently() -> None:
    assert "read as" not in "\n".join(answer_lines(index(), ["parking"], as_json=False))
