"""How long people wait for the team, in buckets and medians. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Literal, TypeAlias

from bot.conversation.world import World
from bot.handover.words import Asked, Bucket, Waits
from bot.model import Measure

Step: TypeAlias = Literal["claimed", "answered", "closed"]
LATELY = timedelta(days=30)
HOUR = timedelta(hours=1)


def bucket(asked: datetime, then: datetime, world: World) -> Bucket:
    """Days are those of the calendar where the team is: asked at 8 pm, answered at 9 am is the next day."""
    if then - asked < HOUR:
        return "hour"
    zone = world.directory.zone
    days = (then.astimezone(zone).date() - asked.astimezone(zone).date()).days
    return "day" if days <= 0 else "next-day" if days == 1 else "longer"


def measured(asked: Asked, what: Step, now: datetime, world: World) -> Iterable[Measure]:
    """One count, by team and kind of step; nobody is in it."""
    outcome = bucket(asked.asked, now, world)
    return (Measure("handover", f"{asked.team}/{what}", outcome, asked.area, asked.language),)


def summed(found: Sequence[Asked], world: World, now: datetime) -> Waits:
    """Over these requests."""
    waiting = [one for one in found if one.state == "open"]
    claims = [(one.asked, one.claimed) for one in found if one.claimed]
    answers = [(one.asked, one.answered) for one in found if one.answered]
    return Waits(
        len(waiting),
        sum(one.state == "claimed" for one in found),
        max((now - one.asked for one in waiting), default=None),
        Counter(bucket(asked, then, world) for asked, then in claims),
        Counter(bucket(asked, then, world) for asked, then in answers),
        _median(claims),
        _median(answers),
    )


def _median(pairs: Sequence[tuple[datetime, datetime]]) -> timedelta | None:
    seconds = [(then - asked).total_seconds() for asked, then in pairs]
    return timedelta(seconds=median(seconds)) if seconds else None
