"""How often a session repeats, in the few ways that staff choose from, and as the rule in its file."""

from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias, get_args

from bot.content.listings import parts_of

Repeat: TypeAlias = Literal["once", "week", "two-weeks", "month", "month-last", "as-written"]
"""month: on the same weekday of it, such as the 2nd Tuesday; as-written: a rule of its author's own."""
REPEATS: tuple[Repeat, ...] = get_args(Repeat)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = timedelta(days=7)


class Often(NamedTuple):
    """How often, and the last day on which it may be held."""

    repeat: Repeat
    until: date | None = None


def rule_of(often: Often, starts: datetime) -> str | None:
    """The rule of a session that begins then. Raises ValueError for a day that is not the month's last of
    its weekday."""
    day = DAYS[starts.weekday()]
    match often.repeat:
        case "week":
            rule = f"FREQ=WEEKLY;BYDAY={day}"
        case "two-weeks":
            rule = f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}"
        case "month" if which(starts) <= 4:
            rule = f"FREQ=MONTHLY;BYDAY={which(starts)}{day}"
        case "month" | "month-last":
            if not is_last(starts):
                raise ValueError("not the last one of its month")
            rule = f"FREQ=MONTHLY;BYDAY=-1{day}"
        case _:
            return None
    return f"{rule};UNTIL={often.until:%Y%m%d}" if often.until else rule


def often_of(rule: str | None, starts: datetime, until: date | None = None) -> Often:
    """What staff would have chosen for this rule; a rule that they could not choose is as written."""
    if not rule:
        return Often("once")
    parts = parts_of(rule)
    ends = parts.pop("UNTIL", "")[:8]
    last = until or (datetime.strptime(ends, "%Y%m%d").date() if ends else None)
    for repeat in ("week", "two-weeks", "month", "month-last"):
        if _same(parts, Often(repeat), starts):
            return Often(repeat, last)
    return Often("as-written", last)


def _same(parts: dict[str, str], often: Often, starts: datetime) -> bool:
    try:
        made = rule_of(often, starts)
    except ValueError:
        return False
    given = {name: value for name, value in parts.items() if (name, value) != ("INTERVAL", "1")}
    return made is not None and parts_of(made) == given


def which(day: date) -> int:
    """1 for the first Tuesday of its month, if it is a Tuesday."""
    return (day.day - 1) // 7 + 1


def is_last(day: date) -> bool:
    return (day + WEEK).month != day.month
