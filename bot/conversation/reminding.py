"""The words of reminders. They stand on locked phones: day, time and place, and no word about health."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.bookings import SessionDate
from bot.content.listings import Series
from bot.content.lock_screen import LockScreen
from bot.conversation import buttons, codes, session_buttons
from bot.conversation.listings import day_in_words, time_in_words
from bot.conversation.texts import Texts
from bot.model import Button, Rows, Say

ANSWERS = ("good", "fine", "hard", "not-for-me")
"""What can be said to "How was it?"."""
SEE_YOU = "see-you"
"""The answer to "it has moved": that is fine."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One date of a session: its local start, and its listing (None when that has gone)."""

    date: SessionDate
    starts: datetime
    series: Series | None


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language, and the words that no locked phone may show."""

    texts: Texts
    lock_screen: LockScreen


def reminder(meeting: Meeting, due: datetime, wording: Wording) -> Say:
    """ "Your session is tomorrow, Thursday 26 November, 10.30am, at …", as it is when it is sent in time."""
    return Say(_when(f"reminder.{_day(meeting, due)}", meeting, wording), _rows(meeting, wording.texts))


def undated(meeting: Meeting, wording: Wording) -> Say:
    """The same without "tomorrow": true whenever it is sent."""
    return Say(_when("reminder.on", meeting, wording), _rows(meeting, wording.texts))


def short(meeting: Meeting, wording: Wording) -> Say:
    """Only day, time and place."""
    return Say(_when("reminder.short", meeting, wording))


def says_today(meeting: Meeting, due: datetime) -> bool:
    return _day(meeting, due) == "today"


def _day(meeting: Meeting, due: datetime) -> str:
    """How the day of the session is called on the day of the message."""
    away = (meeting.starts.date() - due.astimezone(meeting.starts.tzinfo).date()) / timedelta(days=1)
    return {0: "today", 1: "tomorrow"}.get(int(away), "on")


def _when(key: str, meeting: Meeting, wording: Wording, **more: str) -> str:
    values = {"place": place(meeting, wording), "moment": moment_in_words(meeting, wording.texts)}
    return wording.texts(key, 0, **(values | more))


def moment_in_words(meeting: Meeting, texts: Texts) -> str:
    """ "Thursday 26 November, 10.30am"."""
    return texts(
        "reminder.moment", date=_day_in_words(meeting, texts), time=time_in_words(meeting.starts, texts)
    )


def _day_in_words(meeting: Meeting, texts: Texts) -> str:
    return day_in_words(meeting.starts.date(), texts, meeting.starts.date())


def place(meeting: Meeting, wording: Wording, unnamed: str = "unknown") -> str:
    """Where it is; of a venue that has a word about health in its name, only that there is one."""
    texts, series = wording.texts, meeting.series
    mode = series.mode if series else "unknown"
    venue = series.venue.name if series and series.venue else ""
    words = texts(f"reminder.place.{mode}", venue=venue)
    return texts(f"reminder.place.{unnamed}") if wording.lock_screen.blocked(words) else words


def _rows(meeting: Meeting, texts: Texts) -> Rows:
    return ((session_buttons.cancel(meeting.date, texts), session_buttons.choose(meeting.date, texts)),)


# ---- when a session changes -------------------------------------------------------------------------------


def moved(before: Meeting, meeting: Meeting, wording: Wording) -> Say:
    """Where it was, and where and when it is now."""
    was = moment_in_words(before, wording.texts)
    return Say(_when("reminder.moved", meeting, wording, before=was), _still(meeting, wording.texts))


def new_place(meeting: Meeting, wording: Wording) -> Say:
    """The same time, another place."""
    return Say(_when("reminder.new-place", meeting, wording), _still(meeting, wording.texts))


def _still(meeting: Meeting, texts: Texts) -> Rows:
    fine = Button(texts("reminder.button.fine"), codes.write("feedback", f"{SEE_YOU}:{meeting.date.session}"))
    return ((fine, session_buttons.cancel(meeting.date, texts)),)


def cancelled(meeting: Meeting, instead: Sequence[Meeting], wording: Wording) -> Say:
    """It is off; the nearest other dates of it, or a session like it, can be booked with one tap."""
    texts = wording.texts
    lines = [_when("reminder.cancelled", meeting, wording)]
    for other in instead:
        same = other.date.session == meeting.date.session
        key = "reminder.cancelled-next" if same else "reminder.cancelled-other"
        lines.append(_when(key, other, wording, place=place(other, wording, "elsewhere")))
    if not instead:
        lines.append(texts("reminder.cancelled-none"))
    offered = [
        replace(session_buttons.coming(other.date, texts), label=_label(meeting, other, texts))
        for other in instead
    ]
    further = (find(texts), buttons.command(texts, "person"))
    return Say("\n".join(lines), (*((one,) for one in offered), further))


def _label(meeting: Meeting, other: Meeting, texts: Texts) -> str:
    """When it is; of another session, what it is: no locked phone shows buttons."""
    if other.series is None or other.date.session == meeting.date.session:
        return moment_in_words(other, texts)
    return texts.written(other.series.title)


def find(texts: Texts) -> Button:
    return Button(texts("button.sessions"), codes.write("command", "find"))


# ---- afterwards -----------------------------------------------------------------------------------------


def how_was_it(meeting: Meeting, texts: Texts) -> Say:
    """The one question after a session."""
    offered = [
        Button(texts(f"reminder.answer.{name}"), codes.write("feedback", f"{name}:{meeting.date.session}"))
        for name in ANSWERS
    ]
    return Say(texts("reminder.how-was-it", date=_day_in_words(meeting, texts)), buttons.batched(offered, 2))
