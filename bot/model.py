"""The words everybody shares: what arrives, who wrote it, where they are, and what goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from bot.bookings import Request

# ---- what arrives -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """Words the person typed. `edited` marks a change to an earlier message."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button the person pressed; `code` is the button's own code, and may be forged."""

    code: str


@dataclass(frozen=True, slots=True)
class Located:
    """A position the person shared, in WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text (photo, voice, sticker, file …). Only its caption is read."""

    kind: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The person opened the chat, perhaps through a leaflet's link with a `payload` (untrusted)."""

    payload: str = ""


Event: TypeAlias = Said | Tapped | Located | Sent | Opened


@dataclass(frozen=True, slots=True)
class Arrival:
    """One event as a channel delivered it. `update` is the channel's own id: the same id is answered once."""

    channel: str
    address: str
    update: str
    event: Event


# ---- places and values ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Location:
    """A spot on the map in WGS84 degrees, with the words we show for it ("EH6 5", "Leith")."""

    label: str
    latitude: float
    longitude: float
    nation: str = ""


Value: TypeAlias = str | bool | int | float | tuple[str, ...] | date | Location | None


# ---- where a person is in a flow ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """A step of a flow; a sub-flow's frame stands on top of the frame that called it."""

    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A value set during a visit; going back before that visit forgets it."""

    visit: int
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Place:
    """A run of a flow that waits for an answer. `visits[-1]` is the open question."""

    run: int
    visits: tuple[tuple[Frame, ...], ...]
    asked_at: datetime
    kept: tuple[Kept, ...] = ()
    chosen: tuple[str, ...] = ()
    tries: int = 0
    page: int = 0

    @property
    def frames(self) -> tuple[Frame, ...]:
        return self.visits[-1]

    @property
    def answers(self) -> dict[str, Value]:
        """The latest value of every name."""
        return {kept.name: kept.value for kept in self.kept}


# ---- who ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A line of someone's own plan: what they chose to keep, on which day, and the answer that kept it."""

    number: int
    kind: str
    text: str
    kept_on: date
    day: date | None = None
    run: int = 0
    visit: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Everything `respond` needs to remember about someone. No name, no number, nothing they typed, but for
    the lines of `plan` that they asked us to keep.

    `parked` is a run left to be carried on, `finished` the last run that ended, at turn `ended` (right
    after it, *back* reopens it), `offered` the buttons of the last message (so that "the 2nd one" can be
    typed), `nearest` the articles that came next in the last search. `grieving` is the compassion pause;
    `interests` say which news to send, such as ("cancer", "lung"), under the switch `news` only. `relay`
    counts the messages of an open talk with the team; 0 is no talk. `came_by` is the number of the leaflet
    whose link opened this chat at `came_at`, for a day.
    """

    id: str = ""
    channel: str = "terminal"
    language: str = "en"
    nation: str = ""
    area: str = ""
    place: Place | None = None
    parked: Place | None = None
    finished: Place | None = None
    runs: int = 0
    turns: int = 0
    ended: int = 0
    offered: tuple["Button", ...] = ()
    nearest: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    remembered: Mapping[str, Value] = field(default_factory=dict)
    plan: tuple[PlanItem, ...] = ()
    stopped: bool = False
    quiet_until: datetime | None = None
    grieving: bool = False
    interests: tuple[tuple[str, str], ...] = ()
    relay: int = 0
    came_by: str = ""
    came_at: datetime | None = None


# ---- what goes out ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A choice. `code` comes back as `Tapped` (64 bytes at most); a `url` opens instead: https:, tel:, or a
    path of our own website."""

    label: str
    code: str = ""
    url: str = ""


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the person. `look` tells a channel how to draw it; the words carry the meaning. A
    "page" is there to be copied and printed."""

    text: str
    rows: Rows = ()
    look: Literal["plain", "question", "answer", "emergency", "crisis", "urgent", "concern", "page"] = "plain"
    ask_location: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Add one to an anonymous counter, e.g. Count("question", (("confidence", "unknown"),))."""

    name: str
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """Add one to a measure of the service, e.g. Measure("question", "sleep", "sure"). Nobody is in it: the
    area is a pack's id ("" is not known), and small numbers are never shown (see bot/insights)."""

    name: str
    what: str = ""
    outcome: str = ""
    area: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """The person switched something on, having read the text of this version."""

    switch: str
    version: str


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """The person switched it off again; what was kept under it is erased."""

    switch: str


@dataclass(frozen=True, slots=True)
class AskHandover:
    """Put a request into the team's queue: to be phoned, or (a "relay") to write with them; then `note` is
    their first message. Of a call back we keep 300 characters of the note."""

    topic: str
    phone: str
    note: str = ""
    when: str = ""
    kind: Literal["call", "relay"] = "call"
    team: Literal["navigator", "nurse", "money", "physio"] = "navigator"
    area: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class CancelHandover:
    """The person took their request back."""

    kind: Literal["call", "relay"] = "call"


@dataclass(frozen=True, slots=True)
class RelayMessage:
    """Pass these words on to the team, in the talk that is open. `flagged`: the safety card was shown."""

    text: str
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class EndRelay:
    """The person ends the talk with the team."""


@dataclass(frozen=True, slots=True)
class ShareQuestion:
    """The person agreed that this question, scrubbed, is kept for the authors."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowMyData:
    """Tell the person everything that is held about them, with the file to keep."""


@dataclass(frozen=True, slots=True)
class EraseMe:
    """Remove every row about this person. What is said in the same turn is sent, then removed too."""


@dataclass(frozen=True, slots=True)
class StopMessages:
    """Nothing that is planned goes out to this person any more."""


Action: TypeAlias = (
    Say
    | Count
    | Measure
    | GiveConsent
    | WithdrawConsent
    | AskHandover
    | CancelHandover
    | RelayMessage
    | EndRelay
    | ShareQuestion
    | ShowMyData
    | EraseMe
    | StopMessages
    | Request
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an event: the person as they are now, and what is to be done, in order."""

    person: Person
    actions: tuple[Action, ...] = ()


# ---- what the safety layer says -----------------------------------------------------------------------


class Level(StrEnum):
    """How fast someone needs help; the highest that matches is the one that is shown."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    URGENT = "urgent"
    CONCERN = "concern"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Flagged:
    """The level, the flags of that level by id, and the name of the card to show."""

    level: Level
    ids: tuple[str, ...]
    card: str


# ---- sessions -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for. None or "" means: no wish. `cancer` filters, and never shuts out."""

    near: Location | None = None
    area: str = ""
    cancer: str = ""
    mode: str = ""
    topic: str = ""
    kind: str = ""
    language: str = ""
    level: str = ""
    free: bool = False
    step_free: bool = False
    longest: int | None = None
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One date of one session. `unknown` names the wishes its listing says nothing about; `listed` is the
    start that its listing has, in universal time, when that is not where it is now."""

    session: str
    starts: datetime
    ends: datetime
    kilometres: float | None = None
    unknown: tuple[str, ...] = ()
    listed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """Nearest first, then soonest. `relaxed` names the wishes that had to be dropped, in order."""

    found: tuple[Suggestion, ...]
    relaxed: tuple[str, ...] = ()
