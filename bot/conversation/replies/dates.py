"""Dates as people write them: "14/3", "next tue", "in 2 weeks", "3rd march", "yesterday"."""

import re
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversation.replies.numbers import read_number
from bot.conversation.replies.words import plain

Direction = Literal["past", "future", "any"]

DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
NEAR = {
    "today": 0,
    "now": 0,
    "tonight": 0,
    "the day": 0,
    "tomorrow": 1,
    "tomorra": 1,
    "the morn": 1,
    "tmrw": 1,
    "tomoz": 1,
    "day after tomorrow": 2,
    "yesterday": -1,
    "yesterdy": -1,
    "day before yesterday": -2,
}
UNITS = {"day": "days", "week": "weeks", "wk": "weeks", "month": "months", "mth": "months", "year": "years"}
NUMERIC = re.compile(r"\b(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?\b")
ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
SPAN = re.compile(r"(?:\bin\b|\babout\b)?\s*([\w ]*?)\s*\b(day|week|wk|month|mth|year)s?\b(.*)")


def read_date(text: str, today: date, direction: Direction = "any") -> date | None:
    """The date that is meant, as seen from `today`; None when it is no date, or lies the wrong way."""
    said = plain(text)
    found = _near(said, today) or _numeric(said, today, direction) or _named_month(said, today, direction)
    found = found or _span(said, today, direction) or _weekday(said, today, direction)
    return found if found and _fits(found, today, direction) else None


def _fits(found: date, today: date, direction: Direction) -> bool:
    return direction == "any" or (found <= today if direction == "past" else found >= today)


def _near(said: str, today: date) -> date | None:
    ahead = NEAR.get(said.removeprefix("on ").removeprefix("from "))
    return today + timedelta(days=ahead) if ahead is not None else None


def _numeric(said: str, today: date, direction: Direction) -> date | None:
    """Day before month, as in Britain."""
    if iso := ISO.search(said):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = NUMERIC.search(said)
    if found is None:
        return None
    return _dated(int(found[1]), int(found[2]), found[3], today, direction)


def _named_month(said: str, today: date, direction: Direction) -> date | None:
    words = said.replace("/", " ").split()
    month = next((place for word in words if (place := _month(word))), None)
    day = next((int(d[1]) for word in words if (d := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", word))), None)
    year = next((word for word in words if re.fullmatch(r"20\d\d|19\d\d", word)), None)
    return _dated(day, month, year, today, direction) if month and day else None


def _month(word: str) -> int | None:
    return _named(word, MONTHS)


def _named(word: str, names: list[str]) -> int | None:
    """Which of the names: its first 3 letters or more, or the whole with 1 or 2 slips."""
    if len(word) < 3 or not word.isalpha():
        return None
    for place, name in enumerate(names, start=1):
        if name.startswith(word) or (word == "weds" and name == "wednesday"):
            return place
    near = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=2)
    return names.index(near[0]) + 1 if near and len(word) >= 5 and word[0] == near[0][0] else None


def _dated(day: int, month: int, year: str | None, today: date, direction: Direction) -> date | None:
    """A day and month; without a year, the nearest one that lies the right way."""
    if year is not None:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    around = [found for near in (-1, 0, 1, 2, 3, 4) if (found := _date(today.year + near, month, day))]
    fitting = [found for found in around if _fits(found, today, direction)]
    ahead = [found for found in fitting if found >= today] if direction == "any" else fitting
    return min(ahead or fitting, key=lambda found: abs(found - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(said: str, today: date, direction: Direction) -> date | None:
    """ "in 2 weeks", "3 days ago", "next week", "last month"."""
    found = SPAN.search(said.replace("a fortnight", "2 weeks").replace("fortnight", "2 weeks"))
    if found is None:
        return None
    unit = UNITS[found[2]]
    words = found[1].split()
    if {"next", "last"} & set(words):
        many = 1
    else:
        many = 1 if not words or words[-1] in {"a", "an"} else read_number(found[1]) or 0
    back = "ago" in found[3] or "last" in words or (direction == "past" and "in" not in said.split())
    if not 0 < many <= 1000 or not ({"in", "next", "last", "from", "time"} & set(said.split()) or back):
        return None
    return today + relativedelta(**{unit: -many if back else many})  # type: ignore[arg-type]


def _weekday(said: str, today: date, direction: Direction) -> date | None:
    """The coming day of that name ("next tue": the one of next week when today's week still has one)."""
    words = said.split()
    named = next((place for word in words if (place := _named(word, DAYS))), None)
    if named is None or len(words) > 5:
        return None
    if direction == "past" or "last" in words:
        return today - timedelta(days=(today.weekday() - (named - 1)) % 7 or 7)
    return today + timedelta(days=(named - 1 - today.weekday()) % 7 or 7)
