"""The fields of a form as a session: what was left out, or cannot be, is told field by field."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from bot.authoring.dates import on_the_clock
from bot.authoring.repeating import REPEATS, Often, often_of, rule_of
from bot.authoring.session_words import ORDER, VENUE, Fields
from bot.authoring.typed import a_day, a_time, one_line, postcode, whole
from bot.content.listings import Series
from bot.directory.directory import Directory

LONGEST = {"title": 100, "venue": 100, "about": 500, "cost": 200, "book": 300}
LONGEST |= {"parking": 200, "bus": 200, "toilet": 200}
MOST_PEOPLE = 10_000
SAMPLE = "SAMPLE"
STATED = ("yes", "no", "not stated")
NO_VENUE = ("online", "phone")


class Mistaken(Exception):
    """What cannot be taken, by its field: the end of the sentence's key that says why."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__(", ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Frame:
    """What a form is read against. `old` is the session that is changed, None for a new one."""

    directory: Directory
    services: Collection[str]
    now: datetime
    old: Series | None = None
    id: str = ""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.directory.zone).date()


def series_of(fields: Fields, frame: Frame) -> Series:
    """The session that these fields say. Raises Mistaken with everything that cannot be taken."""
    mistakes: dict[str, str] = {}
    values: dict[str, Any] = {}
    for read in READERS:
        try:
            values |= read(fields, frame)
        except Mistaken as mistaken:
            mistakes |= mistaken.mistakes
    if mistakes:
        raise Mistaken(mistakes)
    kept = frame.old.model_dump() if frame.old else {"id": frame.id}
    try:
        return Series.model_validate(kept | values)
    except ValidationError as error:
        raise Mistaken({_field(one["loc"]): "cannot-be" for one in error.errors()}) from error


def _field(place: tuple[str | int, ...]) -> str:
    """Which field holds what the shape does not take."""
    names = {"name": "venue", "starts": "date", "rrule": "repeat", "sample": "real", "step_free": "step-free"}
    inside = [names.get(str(one), str(one)) for one in place if not isinstance(one, int)]
    return next((one for one in reversed(inside) if one in ORDER), "date")


def _what(fields: Fields, frame: Frame) -> dict[str, Any]:
    kinds = tuple(fields["kinds"].split())
    mistakes = {} if fields["service"] in frame.services else {"service": "choose"}
    if not kinds:
        mistakes["kinds"] = "choose"
    title = one_line(fields["title"])
    real = fields["real"] == "yes"
    if not title:
        mistakes["title"] = "missing"
    elif len(title) > LONGEST["title"]:
        mistakes["title"] = "too-long"
    elif real and title.upper().startswith(SAMPLE):
        mistakes["title"] = "sample-and-real"
    if mistakes:
        raise Mistaken(mistakes)
    if not real and not title.upper().startswith(SAMPLE):
        title = f"{SAMPLE}: {title}"
    old = frame.old.title if frame.old else {}
    return {
        "service": fields["service"],
        "title": {**old, "en": title},
        "kinds": kinds,
        "sample": not real,
    }


def _texts(fields: Fields, frame: Frame) -> dict[str, Any]:
    found = {name: one_line(fields[name]) for name in ("about", "cost", "book")}
    _refuse({name: "too-long" for name, words in found.items() if len(words) > LONGEST[name]})
    return {name: _text(words, getattr(frame.old, name, None)) for name, words in found.items()}


def _text(words: str, old: Mapping[str, str] | None) -> dict[str, str] | None:
    """Other languages stay as they are, until somebody translates anew."""
    return {**(old or {}), "en": words} if words else None


def _where(fields: Fields, frame: Frame) -> dict[str, Any]:
    if fields["mode"] in NO_VENUE:
        return {"mode": fields["mode"], "venue": None}
    found = {name: one_line(fields[name]) for name in VENUE}
    mistakes = {name: "too-long" for name, words in found.items() if len(words) > LONGEST.get(name, 100)}
    mistakes |= {name: "missing" for name in ("venue", "postcode") if not found[name]}
    if fields["mode"] not in ("in-person", "hybrid"):
        mistakes["mode"] = "choose"
    _refuse(mistakes)
    old = frame.old.venue if frame.old else None
    texts = {name: _text(found[name], getattr(old, name, None)) for name in ("parking", "bus", "toilet")}
    step_free = found["step-free"] if found["step-free"] in STATED else "not stated"
    there = {"name": found["venue"], "postcode": postcode(found["postcode"]), "step_free": step_free}
    return {"mode": fields["mode"], "venue": there | texts}


def _when(fields: Fields, frame: Frame) -> dict[str, Any]:
    """Also how often. What nobody touched stays as its author wrote it."""
    starts = _starts(fields, frame)
    minutes = whole(fields["minutes"], 5, 24 * 60)
    if minutes is None:
        raise Mistaken({"minutes": "minutes"})
    return {"starts": starts, "minutes": minutes} | _often(fields, frame, starts)


def _starts(fields: Fields, frame: Frame) -> datetime:
    day, at = a_day(fields["date"]), a_time(fields["time"])
    _refuse({name: "unreadable" for name, found in (("date", day), ("time", at)) if found is None})
    assert day is not None and at is not None
    wall = datetime.combine(day, at)
    moment = on_the_clock(wall, frame.directory)
    if moment is None:
        raise Mistaken({"time": "clocks-skip"})
    moved = frame.old is None or frame.old.starts.date() != day
    if moved and moment <= frame.now:
        raise Mistaken({"date": "past"})
    return wall


def _often(fields: Fields, frame: Frame, starts: datetime) -> dict[str, Any]:
    until = a_day(fields["until"]) if fields["until"] else None
    if fields["until"] and until is None:
        raise Mistaken({"until": "unreadable"})
    repeat = next((one for one in REPEATS if one == fields["repeat"]), None)
    if repeat is None:
        raise Mistaken({"repeat": "choose"})
    if until and (until < starts.date() or repeat == "once"):
        raise Mistaken({"until": "until-before" if repeat != "once" else "until-once"})
    return _rule(Often(repeat, until), frame.old, starts)


def _rule(often: Often, old: Series | None, starts: datetime) -> dict[str, Any]:
    known = often_of(old.rrule, old.starts, old.until) if old else Often("once")
    same_day = old is not None and old.starts.date() == starts.date()
    if old and (often == known or often.repeat == "as-written") and (same_day or not old.rrule):
        return {"rrule": old.rrule, "until": old.until}
    if often.repeat == "as-written":
        raise Mistaken({"repeat": "as-written"})
    try:
        return {"rrule": rule_of(often, starts), "until": None}
    except ValueError:
        raise Mistaken({"repeat": "not-the-last"}) from None


def _for_whom(fields: Fields, frame: Frame) -> dict[str, Any]:
    capacity = whole(fields["capacity"], 1, MOST_PEOPLE) if fields["capacity"] else None
    if fields["capacity"] and capacity is None:
        raise Mistaken({"capacity": "capacity"})
    return {
        "capacity": capacity,
        "level": fields["level"] or None,
        "free": fields["free"] if fields["free"] in STATED else "not stated",
        **{name: tuple(fields[name].split()) for name in ("languages", "topics", "cancer")},
    }


def _trust(fields: Fields, frame: Frame) -> dict[str, Any]:
    """A new session was checked today by who makes it; a changed one when its review is set anew."""
    review = a_day(fields["review"])
    if review is None:
        raise Mistaken({"review": "unreadable" if fields["review"] else "missing"})
    if frame.old and review == frame.old.review:
        return {"review": review, "checked": frame.old.checked}
    if review <= frame.today:
        raise Mistaken({"review": "past"})
    return {"review": review, "checked": frame.today}


READERS: tuple[Callable[[Fields, Frame], dict[str, Any]], ...] = (
    _what,
    _texts,
    _where,
    _when,
    _for_whom,
    _trust,
)


def _refuse(mistakes: Mapping[str, str]) -> None:
    if mistakes:
        raise Mistaken(mistakes)
