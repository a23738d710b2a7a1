"""When the messages of programmes go out: local time, never on a silent day, one a day at the most. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from bot.content.programmes import Programme, ProgrammeMessage
from bot.quiet import Quiet

DAY = timedelta(days=1)
LATE = timedelta(hours=24)
"""A tip that is a day late is not sent any more: the next one comes in its place."""
MOVES = 3
"""How many days a message may wait for a day of its own."""


class Taken(NamedTuple):
    """A programme that somebody takes part in, and the day that its messages are counted from."""

    programme: Programme
    day: date


class Slot(NamedTuple):
    """One message of one programme, when it is due, and from when on it is of no use, in universal time."""

    due: datetime
    programme: str
    message: str
    useless_from: datetime


def timetable(taken: Sequence[Taken], quiet: Quiet) -> tuple[Slot, ...]:
    """Every message of all programmes of one person, also those long past, in their order."""
    silent = silent_days(taken)
    full = set(silent)
    slots: list[Slot] = []
    for day, at, programme, message in sorted(_written(taken)):
        if due := _due(day, at, quiet, silent, full):
            full.add(due.astimezone(quiet.zone).date())
            slots.append(Slot(due, programme, message, due + LATE))
    return _useful(sorted(slots), silent, quiet)


def silent_days(taken: Iterable[Taken]) -> frozenset[date]:
    """The day of an operation is silent for all programmes of a person."""
    return frozenset(day + days * DAY for programme, day in taken for days in programme.silent)


def to_come(taken: Taken, quiet: Quiet, now: datetime) -> tuple[Slot, ...]:
    """What one programme alone would still send."""
    return tuple(slot for slot in timetable([taken], quiet) if slot.due > now)


def message_of(programme: Programme, id: str) -> ProgrammeMessage:
    return next(message for message in programme.messages if message.id == id)


def _written(taken: Iterable[Taken]) -> Iterable[tuple[date, time, str, str]]:
    """Where the authors have put them, counted from each day."""
    for programme, day in taken:
        for message in programme.messages:
            days, at = message.offset
            yield day + days * DAY, at, programme.programme, message.id


def _due(day: date, at: time, quiet: Quiet, silent: frozenset[date], full: set[date]) -> datetime | None:
    """The first day from its own on that is free; a message whose own day is silent is left out."""
    for later in range(MOVES):
        due = quiet.before(_moment(day + later * DAY, at, quiet))
        falls_on = due.astimezone(quiet.zone).date()
        if later == 0 and not silent.isdisjoint((day, falls_on)):
            return None
        if falls_on not in full:
            return due
    return None


def _moment(day: date, at: time, quiet: Quiet) -> datetime:
    """A local time that the clocks skip is an hour later; of one that they repeat it is the first."""
    return datetime.combine(day, at, tzinfo=quiet.zone).astimezone(UTC)


def _useful(slots: Sequence[Slot], silent: frozenset[date], quiet: Quiet) -> tuple[Slot, ...]:
    """Late ones end where the next one is due, and before a silent day begins: never two in a heap."""
    ends = [*(slot.due for slot in slots[1:]), *(slot.useless_from for slot in slots[-1:])]
    nights = sorted(_moment(day, time(0), quiet) for day in silent)
    return tuple(
        slot._replace(useless_from=min(slot.useless_from, end, *(n for n in nights if n > slot.due)))
        for slot, end in zip(slots, ends, strict=True)
    )
