"""When to send, as staff write it ("tomorrow 9am", "25 Nov 10:30"), and how moments are written for them."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.replies.dates import read_date

CLOCK = re.compile(r"\b(?:at )?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b", re.IGNORECASE)
FURTHEST = timedelta(days=365)


def read_time(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in universal time; None when it cannot be read, has passed or is over a year ahead."""
    found = _clock(text)
    if found is None:
        return None
    at, rest = found
    local = now.astimezone(zone)
    day = read_date(rest, local.date(), "future") if rest else local.date()
    if day is None:
        return None
    moment = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
    if not rest and moment <= now:
        moment = datetime.combine(day + timedelta(days=1), at, tzinfo=zone).astimezone(UTC)
    return moment if now < moment <= now + FURTHEST else None


def _clock(text: str) -> tuple[time, str] | None:
    """The last time of day in the text, and the text without it."""
    good = [one for one in CLOCK.finditer(text) if one[2] or one[3]]
    if not good:
        return None
    last = good[-1]
    hour, minute = _hour(int(last[1]), (last[3] or "").lower()), int(last[2] or 0)
    if hour is None or minute > 59:
        return None
    return time(hour, minute), (text[: last.start()] + text[last.end() :]).strip(" ,")


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half == "pm" else 0)


def offered(now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Times for buttons: the next four of 09:30 and 16:30."""
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(3)]
    moments = [
        datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
        for day in days
        for at in (time(9, 30), time(16, 30))
    ]
    return tuple(moment for moment in moments if moment > now)[:4]


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Tue 24 Nov"""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b}"


def hour(moment: datetime, zone: ZoneInfo) -> str:
    """14:05"""
    return f"{moment.astimezone(zone):%H:%M}"


def written(moment: datetime, zone: ZoneInfo) -> str:
    """Tue 24 Nov, 14:05"""
    return f"{day(moment, zone)}, {hour(moment, zone)}"


def minutes(moment: datetime) -> str:
    """A moment in a button's code."""
    return str(int(moment.timestamp()) // 60)


def of_minutes(text: str) -> datetime | None:
    """A moment out of a button's code, which may be forged."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return None
    return datetime.fromtimestamp(int(text) * 60, UTC)
