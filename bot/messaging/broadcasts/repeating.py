"""When a repeating broadcast comes again. Pure; local wall time, so that a clock change moves nothing."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content.listings import parts_of, rule_from
from bot.directory.recurrence import MOST_DATES, at_zone
from bot.messaging.broadcasts.words import Draft


def following(draft: Draft, zone: ZoneInfo, now: datetime) -> Draft | None:
    """The draft of its next time after now, or None after the last. Times that have passed are left out, and
    counted where the rule counts."""
    if not draft.repeats or draft.send_at is None:
        return None
    starts = draft.send_at.astimezone(zone).replace(tzinfo=None)
    for passed, wall in enumerate(rule_from(draft.repeats, starts)):
        send_at = at_zone(wall, zone)
        if send_at > max(now, draft.send_at):
            return replace(draft, send_at=send_at, repeats=_without(draft.repeats, passed))
        if passed > MOST_DATES:
            return None
    return None


def _without(rule: str, passed: int) -> str:
    """The rule as it goes on from a later date: its count is smaller."""
    parts = parts_of(rule)
    if "COUNT" in parts:
        parts["COUNT"] = str(int(parts["COUNT"]) - passed)
    return ";".join(f"{name}={value}" for name, value in parts.items())
