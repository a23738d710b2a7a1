"""The words between the desk's pure half, which says what is to happen, and its shell, which does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.handover.words import Team
from bot.messaging.broadcasts import Broadcast, Draft
from bot.model import Say
from bot.staff.state import NOTHING, Desk
from bot.store.occasions import Occasion

Deed: TypeAlias = Literal[
    "send-to-me",
    "propose",
    "approve",
    "refuse",
    "cancel",
    "take-back",
    "stop",
    "resume",
    "correct",
    "recall",
    "follow-up",
]
Sight: TypeAlias = Literal[
    "whom",
    "preview",
    "broadcast",
    "broadcasts",
    "report",
    "coming",
    "who",
    "unsure",
    "notices",
    "digest",
    "queue",
    "to-call-off",
    "call-off",
]


@dataclass(frozen=True, slots=True)
class Tell:
    """Say this, and that is all."""

    say: Say


@dataclass(frozen=True, slots=True)
class Make:
    """A new draft; then its people are chosen."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Change:
    """The draft `id`, as it was seen in `version`, becomes this one."""

    id: int
    version: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Do:
    """One of the steps of a broadcast."""

    deed: Deed
    id: int
    version: int
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Show:
    """Look something up and show it."""

    sight: Sight
    id: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Resolve:
    """Unsure messages by number (none: all): send again, or leave."""

    ids: tuple[int, ...]
    again: bool


Serving: TypeAlias = Literal["open", "claim", "release", "pass", "called", "done", "preview", "answer"]


@dataclass(frozen=True, slots=True)
class Serve:
    """One of the steps of the queue, with request `id` as it was seen; `words` are an answer in writing, and
    `seen` is the person's last message that was read before it."""

    deed: Serving
    id: int
    version: int
    team: Team = "navigator"
    words: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class CallOff:
    """Cancel one date of a session, named with the version in which it was seen: session.minutes.version."""

    name: str


Ask: TypeAlias = Tell | Make | Change | Do | Show | Resolve | Serve | CallOff


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the desk's pure half may look at. `broadcast` is the one that is spoken of, if it exists;
    `dates` are the dates of sessions that a list names by their number."""

    world: World
    texts: Texts
    now: datetime
    broadcast: Broadcast | None = None
    dates: Mapping[int, Occasion] = field(default_factory=dict)

    def say(self, key: str, **values: str) -> str:
        return self.texts(f"staff.{key}", 0, **values)

    def tell(self, key: str, **values: str) -> Tell:
        return Tell(Say(self.say(key, **values)))


@dataclass(frozen=True, slots=True)
class Reply:
    """The desk as it is then, and what is to be done, in order."""

    desk: Desk = NOTHING
    asks: tuple[Ask, ...] = ()


def reply(*asks: Ask, desk: Desk = NOTHING) -> Reply:
    return Reply(desk, asks)
