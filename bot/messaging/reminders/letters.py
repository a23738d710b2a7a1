"""The letters of a session: what reminds of it, what asks afterwards, and when they are late. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from bot import forms
from bot.conversation import reminding
from bot.conversation.reminding import Meeting, Wording
from bot.messaging.reminders.times import DAY, Reminder
from bot.model import Say
from bot.store.letters import Late, Letter

STILL_AS_IT_IS = timedelta(hours=1)
SOON_STILL_AS_IT_IS = timedelta(minutes=30)
ASKED_NO_LATER = timedelta(days=3)
"""Nobody is asked about a session that was longer ago."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """What happens to a reminder that is late: the session's own rule, or the usual one."""

    rule: Late
    late_from: datetime
    useless_from: datetime


def reminder_letters(
    occasion: int, meeting: Meeting, reminders: Sequence[Reminder], wording: Wording
) -> Iterator[tuple[Reminder, Letter]]:
    """A letter for each reminder; the next one, or the start, is when it is of no more use."""
    ends = [*(later.due for later in reminders[1:]), meeting.starts.astimezone(UTC)]
    # Someone who wants no reminder has one end more than reminders.
    for one, useless in zip(reminders, ends, strict=False):
        own = meeting.series.late if meeting.series else None
        lateness = _lateness(one, own, useless)
        yield (
            one,
            _reminder(
                f"remind:{occasion}:{one.lead}:{wording.texts.language}", meeting, one, lateness, wording
            ),
        )


def _lateness(reminder: Reminder, own: Late | None, useless: datetime) -> Lateness:
    """A day ahead an hour is not late; close to the start everything still helps, until it has begun."""
    far = reminder.lead >= DAY
    rule = own or ("short" if far else "send")
    late_from = reminder.due + (STILL_AS_IT_IS if far else SOON_STILL_AS_IT_IS)
    return Lateness(rule, min(late_from, useless), useless)


def _reminder(name: str, meeting: Meeting, one: Reminder, lateness: Lateness, wording: Wording) -> Letter:
    say = reminding.reminder(meeting, one.due, wording)
    rule, late_from = lateness.rule, lateness.late_from
    short = reminding.short(meeting, wording) if rule == "short" else None
    if rule != "drop" and not reminding.says_today(meeting, one.due):
        # "Tomorrow" is wrong after midnight, however soon that is.
        late_from = min(late_from, midnight_after(one.due, meeting))
        rule, short = "short", short or reminding.undated(meeting, wording)
    return named(Letter(name, say, short, rule, late_from, lateness.useless_from))


def midnight_after(due: datetime, meeting: Meeting) -> datetime:
    """When the day of the message ends, where the session is."""
    local = due.astimezone(meeting.starts.tzinfo)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), meeting.starts.tzinfo)
    return midnight.astimezone(UTC)


def question_letter(occasion: int, meeting: Meeting, due: datetime, wording: Wording) -> Letter:
    """ "How was it?", which loses its sense after a few days."""
    say = reminding.how_was_it(meeting, wording.texts)
    name = f"after:{occasion}:{wording.texts.language}"
    return named(Letter(name, say, useless_from=due + ASKED_NO_LATER))


def told(name: str, say: Say) -> Letter:
    """What everybody is told when a session changes: it keeps its worth, however late."""
    return named(Letter(name, say))


def named(letter: Letter) -> Letter:
    """Its key holds what is in it: a letter that changes in any way is another one."""
    parts = (
        forms.write(letter.say),
        forms.write(letter.short) if letter.short else "",
        letter.late,
        str(letter.late_from),
        str(letter.useless_from),
    )
    return replace(letter, key=f"{letter.key}:{sha256('|'.join(parts).encode()).hexdigest()[:16]}")
