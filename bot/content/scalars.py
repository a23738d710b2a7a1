"""What a word without quotes means in our YAML: a number, a date, yes or no, nothing, or simply text."""

import re
from datetime import date
from typing import TypeAlias

Scalar: TypeAlias = str | bool | int | float | date | None

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
YES_OR_NO = {
    word: meaning
    for plain, meaning in {
        "true": True,
        "yes": True,
        "on": True,
        "false": False,
        "no": False,
        "off": False,
    }.items()
    for word in (plain, plain.capitalize(), plain.upper())
}
# Leading zeros (0131 …), 1_000 and 3:30 stay text: read as YAML 1.1 they would be 89, 1000 and 210.
WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,17})", re.ASCII)
BROKEN = re.compile(r"[-+]?\d{1,17}\.\d{1,17}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def meaning(written: str) -> Scalar:
    """The value of a word written without quotes."""
    if written in NOTHING:
        return None
    if written in YES_OR_NO:
        return YES_OR_NO[written]
    if WHOLE.fullmatch(written):
        return int(written)
    if BROKEN.fullmatch(written):
        return float(written)
    return _day(written) if DAY.fullmatch(written) else written


def _day(written: str) -> date | str:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written
