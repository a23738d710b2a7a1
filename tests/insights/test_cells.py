"""A spreadsheet that opens an export calculates nothing that somebody wrote into it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.insights.cells import safe, table

FORMULAS = (
    '=HYPERLINK("http://x")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =1",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_only_text(formula: str) -> None:
    assert safe(formula) == f"'{formula}"


def test_words_and_numbers_stay_as_they_are() -> None:
    assert [safe(cell) for cell in ("sleep", 12, -3, None, "a=b")] == ["sleep", "12", "-3", "", "a=b"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=2, max_size=2)))
def test_every_cell_comes_back_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    written = table(rows).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row)
