"""The words about bookings and programmes: what a person asks for, and what came of it."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class SessionDate:
    """One date of one session, by its listed start in universal time: it stays the same when it is moved."""

    session: str
    listed: datetime


def short_code(person: str, date: SessionDate) -> str:
    """What somebody can say at the door instead of a name: theirs for this date only."""
    asked = f"{person}:{date.session}:{int(date.listed.timestamp())}"
    return b32encode(sha256(asked.encode()).digest())[:4].decode()


# ---- what a person asks for: actions, done in the transaction of the turn ------------------------------


@dataclass(frozen=True, slots=True)
class Book:
    """ "I'm coming". On a full date it is a place on the waiting list; to an offered place it says yes."""

    date: SessionDate


@dataclass(frozen=True, slots=True)
class RemindMe:
    """Only a reminder; no place is taken."""

    date: SessionDate


@dataclass(frozen=True, slots=True)
class CancelBooking:
    """Give the place, the offer, the place in line or the reminder back."""

    date: SessionDate


@dataclass(frozen=True, slots=True)
class ChooseReminders:
    """How many minutes before the start to remind; none at all is an empty tuple."""

    date: SessionDate
    leads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShowBookings:
    """List what this person has booked; `offers_only`: just the places on offer, and nothing if there is
    none."""

    offers_only: bool = False


@dataclass(frozen=True, slots=True)
class GiveBackBookings:
    """They stopped: offers, places in line and reminders go back, for they live by messages. A place that
    they have is theirs until they say otherwise."""


@dataclass(frozen=True, slots=True)
class JoinProgramme:
    """Take part; `day` is what its messages are counted from. Joining again moves the day."""

    programme: str
    day: date


@dataclass(frozen=True, slots=True)
class LeaveProgramme:
    """Stop one programme, or, with "", all."""

    programme: str = ""


@dataclass(frozen=True, slots=True)
class PauseProgrammes:
    """ "Not now": nothing of any programme until they carry on."""


@dataclass(frozen=True, slots=True)
class ResumeProgrammes:
    """Carry on: what is still to come is planned again, and what has passed stays unsaid."""


@dataclass(frozen=True, slots=True)
class ShowProgrammes:
    """List the programmes this person takes part in."""


@dataclass(frozen=True, slots=True)
class PauseForGrief:
    """The compassion pause: reminders, programmes and news end at once, bookings are given back."""


Request: TypeAlias = (
    Book
    | RemindMe
    | CancelBooking
    | ChooseReminders
    | ShowBookings
    | GiveBackBookings
    | JoinProgramme
    | LeaveProgramme
    | PauseProgrammes
    | ResumeProgrammes
    | ShowProgrammes
    | PauseForGrief
)


# ---- what came of it: put into words by Navigator.told ----------------------------------------------------

BookingState: TypeAlias = Literal["booked", "waiting", "offered", "reminded"]
BookingOutcome: TypeAlias = Literal[
    "booked",
    "already-booked",
    "waiting",
    "already-waiting",
    "reminding",
    "reminders-chosen",
    "cancelled",
    "not-booked",
    "called-off",
    "over",
    "gone",
]
"""called-off: the session was cancelled; over: it has begun; gone: there is no such session or date."""


@dataclass(frozen=True, slots=True)
class BookingDone:
    """The answer to Book, RemindMe, CancelBooking and ChooseReminders. `reminders` are the times to come, in
    universal time; `ahead` is how many people wait before them."""

    outcome: BookingOutcome
    date: SessionDate
    starts: datetime | None = None
    reminders: tuple[datetime, ...] = ()
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as its owner sees it. `starts` is where the date is now."""

    date: SessionDate
    state: BookingState
    starts: datetime
    reminders: tuple[datetime, ...] = ()
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MyBookings:
    """The answer to ShowBookings, soonest first."""

    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The answer to GiveBackBookings, where there were any: what is gone, and what is still theirs."""

    bookings: tuple[Booking, ...]
    kept: tuple[Booking, ...] = ()


ProgrammeOutcome: TypeAlias = Literal["joined", "moved", "left", "paused", "resumed", "nothing", "over"]


@dataclass(frozen=True, slots=True)
class ProgrammeDone:
    """The answer to the actions about programmes. `next` is when its next message comes."""

    outcome: ProgrammeOutcome
    programme: str = ""
    day: date | None = None
    next: datetime | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A programme as its owner sees it."""

    programme: str
    day: date
    paused: bool
    next: datetime | None = None


@dataclass(frozen=True, slots=True)
class MyProgrammes:
    """The answer to ShowProgrammes."""

    enrolments: tuple[Enrolment, ...]


Done: TypeAlias = BookingDone | MyBookings | GivenBack | ProgrammeDone | MyProgrammes
