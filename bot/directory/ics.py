"""A calendar file with one event, as RFC 5545 has it. Its words show on locked phones: none about health."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75
"""The longest line, without its end."""
PRODUCT = "-//Prehab Navigator//EN"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """`uid` stays the same for ever, `sequence` grows with each change: so a new file updates the old."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    about: str = ""
    alarm: str = ""
    """What the alarm of 2 hours before says; "" is none."""
    cancelled: bool = False


def calendar_file(event: CalendarEvent, made: datetime) -> bytes:
    """The file, to be saved or opened with any calendar."""
    return b"".join(_folded(line) for line in _lines(event, made))


def _lines(event: CalendarEvent, made: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH", "BEGIN:VEVENT")
    yield f"UID:{_text(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_utc(made)}"
    yield f"DTSTART:{_utc(event.starts)}"
    yield f"DTEND:{_utc(event.ends)}"
    yield f"SUMMARY:{_text(event.title)}"
    for name, words in (("LOCATION", event.place), ("DESCRIPTION", event.about)):
        if words:
            yield f"{name}:{_text(words)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    # A calendar that others can see shows only that this time is taken.
    yield "CLASS:PRIVATE"
    if event.alarm and not event.cancelled:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.alarm)}")
        yield from ("TRIGGER:-PT2H", "END:VALARM")
    yield from ("END:VEVENT", "END:VCALENDAR")


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Backslashes, commas, semicolons and line breaks are escaped; other control characters are left out."""
    lines = ("".join(c for c in line if c >= " " and c != "\x7f") for line in words.splitlines())
    escaped = (line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)
    return "\\n".join(escaped)


def _folded(line: str) -> bytes:
    """Lines of 75 octets at the most, never cut inside a character."""
    done, here = [], b""
    for character in line:
        octets = character.encode()
        if len(here) + len(octets) > OCTETS:
            done.append(here)
            here = b" "
        here += octets
    return b"\r\n".join((*done, here)) + b"\r\n"
