"""The buttons about one date of a session: their codes, which may come back forged, and their labels."""

import re
from datetime import UTC, datetime

from bot.bookings import SessionDate
from bot.conversation import codes
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.model import Button

VERBS = {
    "coming": "c",
    "again": "c",
    "accept": "c",
    "remind": "m",
    "cancel": "x",
    "decline": "x",
    "choose": "n",
}
"""What a button asks for: some ask for the same in other words. The answers to "choose" are in LEADS."""
LEADS: dict[str, tuple[int, ...]] = {"d": (1440,), "h": (120,), "b": (1440, 120), "o": ()}
"""A day before, 2 hours before, both, none: in minutes."""
SHAPE = re.compile(r"([a-z])-([^:]+):(.+)")
SESSION = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
DIGITS = re.compile(r"\d{10}", re.ASCII)
STAMP = "%y%m%d%H%M"
CALENDAR = "/calendar"


def stamp(date: SessionDate) -> str:
    """The listed start in ten digits, in universal time."""
    return date.listed.astimezone(UTC).strftime(STAMP)


def read_stamp(session: str, digits: str) -> SessionDate | None:
    """A date as addresses and codes hold it; None for one that nobody can have been given by us."""
    if not SESSION.fullmatch(session) or not DIGITS.fullmatch(digits):
        return None
    try:
        return SessionDate(session, datetime.strptime(digits, STAMP).replace(tzinfo=UTC))
    except ValueError:
        return None


def read(name: str) -> tuple[str, SessionDate] | None:
    """The letter of what is asked for, and the date; None for a code that makes no sense."""
    found = SHAPE.fullmatch(name)
    date = read_stamp(found[3], found[2]) if found else None
    return (found[1], date) if found and date else None


def button(verb: str, date: SessionDate, texts: Texts) -> Button:
    """One of VERBS, with its usual label."""
    return labelled(texts(f"booking.button.{verb}"), VERBS[verb], date)


def labelled(label: str, letter: str, date: SessionDate) -> Button:
    return Button(label, codes.write("booking", f"{letter}-{stamp(date)}:{date.session}"))


def coming(date: SessionDate, texts: Texts) -> Button:
    return button("coming", date, texts)


def remind(date: SessionDate, texts: Texts) -> Button:
    return button("remind", date, texts)


def cancel(date: SessionDate, texts: Texts) -> Button:
    return button("cancel", date, texts)


def choose(date: SessionDate, texts: Texts) -> Button:
    return button("choose", date, texts)


def leads(date: SessionDate, texts: Texts) -> tuple[Button, ...]:
    """Which reminders to get."""
    return tuple(labelled(texts(f"booking.leads.{letter}"), letter, date) for letter in LEADS)


def calendar(date: SessionDate, world: World, channel: str, texts: Texts) -> tuple[Button, ...]:
    """To the calendar file: our own path on the web, our website's address elsewhere, if there is one."""
    path, website = f"{CALENDAR}/{date.session}/{stamp(date)}.ics", world.local.website
    if channel == "web":
        return (Button(texts("booking.button.calendar"), url=path),)
    if not website or not website.startswith("https://"):
        return ()
    return (Button(texts("booking.button.calendar"), url=website.rstrip("/") + path),)
