"""YAML becomes plain values with their positions, and nothing in it can crash or stall the reader."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.source import parse


def value(text: str) -> object:
    source = parse("file.yaml", text.encode())
    assert source.problems == ()
    return source.value


def told(raw: bytes) -> list[str]:
    return [str(problem) for problem in parse("file.yaml", raw).problems]


@pytest.mark.parametrize(
    "written", ["0131 496 0000", "0800", "3:30", "1_000", "14:30:00", "0x10", "1e3", ".5"]
)
def test_what_only_looks_like_a_number_stays_as_it_is_written(written: str) -> None:
    assert value(f"a: {written}") == {"a": written}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("5", 5), ("-5", -5), ("1.5", 1.5), ("true", True), ("No", False), ("2026-11-30", date(2026, 11, 30))],
)
def test_numbers_dates_and_yes_or_no_are_read(written: str, meant: object) -> None:
    assert value(f"a: {written}") == {"a": meant}


def test_a_name_is_always_a_text() -> None:
    assert value("yes: a\nno: b\n1: c") == {"yes": "a", "no": "b", "1": "c"}


def test_what_stands_in_quotes_is_a_text() -> None:
    assert value("a: '5'\nb: \"no\"") == {"a": "5", "b": "no"}


def test_a_group_can_be_shared_and_overridden() -> None:
    assert value("a: &one {x: 1, y: 2}\nb: {<<: *one, y: 3}") == {
        "a": {"x": 1, "y": 2},
        "b": {"x": 1, "y": 3},
    }


def test_a_byte_order_mark_moves_no_column() -> None:
    assert parse("file.yaml", b"\xef\xbb\xbfa: b").position(("a",)) == (1, 4)


def test_a_value_stands_where_it_begins_and_a_group_where_its_name_is() -> None:
    source = parse("file.yaml", b"top:\n  inner:\n    - one\n    - x: 1\n")
    places = [("top",), ("top", "inner"), ("top", "inner", 0), ("top", "inner", 1), ("top", "inner", 1, "x")]
    assert [source.position(place) for place in places] == [(1, 1), (2, 3), (3, 7), (4, 7), (4, 10)]


def test_what_is_not_there_stands_where_it_would_belong() -> None:
    assert parse("file.yaml", b"top:\n  inner: 1\n").position(("top", "other", 3)) == (1, 1)


def test_letters_of_every_script_count_as_one_column() -> None:
    assert parse("file.yaml", "a: ['👍🏽اردو', b]".encode()).position(("a", 1)) == (1, 15)


def test_a_laughing_bomb_of_aliases_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert told("\n".join(lines).encode()) == [
        "file.yaml:5:5: too much is repeated with & and *; write it out or split the file"
    ]


def test_a_list_inside_itself_is_refused() -> None:
    assert told(b"a: &a [*a]") == [
        "file.yaml:1:8: nothing is marked &a; a text that starts with * needs quotes"
    ]


@pytest.mark.parametrize("bracket", [b"[", b"{a: ", b"- ", b"? "])
def test_a_tower_of_brackets_is_refused(bracket: bytes) -> None:
    assert len(told(bracket * 100_000)) == 1


def test_a_file_of_many_megabytes_is_refused() -> None:
    assert told(b"a" * 3_000_000) == [
        "file.yaml:1:1: the file is too long (3,000,000 bytes); split it: 2,000,000 at most"
    ]


def test_a_tag_that_would_run_something_is_refused() -> None:
    assert told(b"a: !!python/object/apply:os.system [ls]") == [
        "file.yaml:1:4: tags are not used here; a text that starts with ! needs quotes"
    ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_problem(raw: bytes) -> None:
    source = parse("file.yaml", raw)
    assert source.top is not None or source.problems


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="a:-? \n\t[]{}&*!|>'\"%@`#,.<0~\\\u2028é\r", max_size=60))
def test_any_signs_of_yaml_are_a_value_or_problems_with_a_place(text: str) -> None:
    source = parse("file.yaml", text.encode())
    assert source.top is not None or source.problems[0].line >= 1
