"""The words of the hand-over that the console, the desk and the staff's group share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, NamedTuple, TypeAlias

from bot.messaging.broadcasts import Refusal
from bot.store.audit import Who
from bot.store.handovers import TEAMS, WAITING, Asked, Kind, State, Team, Words
from bot.store.relays import ANSWER, Message

__all__ = [
    "ANSWER",
    "TEAMS",
    "WAITING",
    "Asked",
    "Bucket",
    "Kind",
    "Listed",
    "Message",
    "Opened",
    "Page",
    "Press",
    "Refusal",
    "State",
    "Team",
    "Waits",
    "Who",
    "Words",
]

Bucket: TypeAlias = Literal["hour", "day", "next-day", "longer"]
"""How long somebody waited: under 1 hour, the same day, the next day, longer."""


class Press(NamedTuple):
    """A button pressed on request `id` as it was seen in `version`: after a change it does nothing."""

    id: int
    version: int
    who: Who


class Page(NamedTuple):
    """Which part of a list; the first has number 0."""

    number: int = 0
    size: int = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the queue, and how many there are on all pages."""

    rows: Sequence[Asked]
    total: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A request with everything that the person told; whoever is given this was written down."""

    asked: Asked
    words: Words
    messages: Sequence[Message]

    @property
    def seen(self) -> int:
        """The person's last message: an answer to it is refused when they have written again since."""
        return max((one.id for one in self.messages if one.side == "person"), default=0)


@dataclass(frozen=True, slots=True)
class Waits:
    """Waiting times of those who asked lately. `claimed` and `answered` count by bucket; the medians are None
    where nobody was claimed or answered yet. `longest` is how long the one at the head of the queue waits."""

    open: int
    claimed_now: int
    longest: timedelta | None
    claimed: Mapping[Bucket, int]
    answered: Mapping[Bucket, int]
    median_claim: timedelta | None
    median_answer: timedelta | None
