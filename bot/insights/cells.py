"""Tables for spreadsheets: whatever stands in a cell, no spreadsheet takes it for a formula. Pure."""

import csv
import io
import unicodedata
from collections.abc import Iterable

BEGINS_A_FORMULA = tuple("=+-@|%")
"""Also when blanks stand before them, or when they are written wide."""


def safe(value: object) -> str:
    """A cell; a text that a spreadsheet would calculate gets an apostrophe first. Numbers stay numbers."""
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    seen = unicodedata.normalize("NFKC", text).lstrip()
    return f"'{text}" if seen.startswith(BEGINS_A_FORMULA) or text.startswith(("\t", "\r", "\n")) else text


def table(rows: Iterable[Iterable[object]]) -> str:
    """All of it as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()
