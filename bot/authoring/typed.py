"""What people type into a field, read as what it stands for; None where it cannot be read."""

import re
from datetime import date, time

UNSPACED = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", re.ASCII)


def one_line(words: str) -> str:
    """Any white space, also line ends of whatever kind, is one blank."""
    return " ".join(words.split())


def whole(written: str, least: int, most: int) -> int | None:
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        return None
    return int(written) if least <= int(written) <= most else None


def a_day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII) else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2200 else None


def a_time(written: str) -> time | None:
    try:
        found = re.fullmatch(r"(\d{2}):(\d{2})(:00)?", written, re.ASCII)
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def postcode(written: str) -> str:
    """As files write it: "eh65aa" is EH6 5AA."""
    plain = " ".join(written.upper().split())
    return UNSPACED.sub(r"\1 \2", plain) if " " not in plain else plain
