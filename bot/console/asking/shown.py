"""How a request looks in the queue: whose it is, how long they wait, whether the team is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.conversation.texts import Texts, fill
from bot.conversation.world import World
from bot.handover.words import Asked
from bot.model import Person

Unit = Literal["minutes", "hours", "days"]
SOON = timedelta(hours=24)
"""Whoever has waited so long without an answer is marked: no promise was made, but a day is long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the list. `wait` counts from what is not answered yet; None when nothing waits."""

    asked: Asked
    wait: tuple[str, Unit] | None
    long: bool


def line(asked: Asked, now: datetime) -> Line:
    since = waiting_since(asked)
    if since is None:
        return Line(asked, None, False)
    return Line(asked, duration(now - since), now - since >= SOON)


def waiting_since(asked: Asked) -> datetime | None:
    """Since when somebody waits for us: their request, or their newest message after our answer."""
    if asked.state not in ("open", "claimed"):
        return None
    if asked.answered is None:
        return asked.asked
    return asked.latest if asked.unanswered else None


def duration(wait: timedelta) -> tuple[str, Unit]:
    """As somebody would say it: 5 minutes, 3 hours, 2 days."""
    minutes = max(0, int(wait.total_seconds() // 60))
    if minutes < 60:
        return str(minutes), "minutes"
    if minutes < 48 * 60:
        return str(minutes // 60), "hours"
    return str(minutes // (24 * 60)), "days"


def hours(world: World, now: datetime) -> tuple[str, datetime | None]:
    """ "open", "closed" with when the team is there next, or "unknown" where nobody has said."""
    if not world.local.hours.known:
        return "unknown", None
    if world.local.hours.is_open(now):
        return "open", None
    return "closed", world.local.hours.next_open(now)


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready-made answer, its {gaps} filled with the numbers that hold where the person is."""

    id: str
    title: str
    text: str


def templates(world: World, asked: Asked) -> tuple[Ready, ...]:
    """Those of the team first, then the navigators'."""
    teams = dict.fromkeys((asked.team, "navigator"))
    texts = texts_of(world, asked)
    found = [one for team in teams for one in world.content.templates.get(team, ())]
    return tuple(Ready(one.id, one.title, fill(one.text, texts.values)) for one in found)


def texts_of(world: World, asked: Asked) -> Texts:
    return world.texts_for(Person(language=asked.language, area=asked.area))
