"""The shape of a programme: a short series of messages, counted from a day that a person gives."""

import re
from datetime import date, time
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, StringConstraints

from bot.content.shapes import Confidence, Id, Next, Shape, Source, Text

FIRST, LAST = -90, 365
"""Days from the day that is given: nobody signs up earlier than that, or wants to hear from us later."""
LONGEST = 700
"""Characters of a message: it is a tip, and the article behind its button says the rest."""
WHEN = re.compile(r"([+-]?)(\d{1,4})d (\d{1,2}):(\d{2})")


class When(NamedTuple):
    """So many days after the day that is given (before it, with a minus), at this local time."""

    days: int
    at: time


def read_when(written: str) -> When:
    """ "-28d 10:00", "+14d 18:30" or "0d 09:00"."""
    found = WHEN.fullmatch(written)
    if found is None or int(found[3]) > 23 or int(found[4]) > 59:
        raise ValueError(
            f"'{written}' is not a time; write days and a local time, such as -28d 10:00 or +14d 18:00"
        )
    days = int(found[2]) * (-1 if found[1] == "-" else 1)
    if not FIRST <= days <= LAST:
        raise ValueError(f"{days} days is too far away; from {FIRST}d to +{LAST}d can be written")
    return When(days, time(int(found[3]), int(found[4])))


def a_real_time(written: str) -> str:
    """Kept as it is written: an author's words are easiest to look up."""
    read_when(written)
    return written


class ProgrammeMessage(Shape):
    """One message. A check-in asks nothing here: its button leads to the flow that does."""

    id: Id
    """Stays the same when the words or the time change, so that nobody gets it twice."""
    when: Annotated[str, AfterValidator(a_real_time)]
    text: Text
    next: tuple[Next, ...] = Field(min_length=1, max_length=2)

    @property
    def offset(self) -> When:
        return read_when(self.when)


class Programme(Shape):
    """knowledge/programmes/<programme>.yaml"""

    programme: Id
    title: Text
    about: Text
    """What it is, in a sentence or two; shown before somebody joins."""
    day: Text
    """What the day is called: "your operation"."""
    anchor: Literal["operation", "treatment-start", "treatment-end", "talk"]
    flow: Id
    """The flow that asks for the day and joins."""
    silent: tuple[int, ...] = (0,)
    """Days (counted as in `when`) on which nothing of any programme is sent. The day itself, if not said."""
    messages: tuple[ProgrammeMessage, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    facts: tuple[Annotated[str, StringConstraints(pattern=r"^[FCRM]\d{2,3}$")], ...] = ()
    confidence: Confidence
    status: Literal["live", "draft"] = "live"
    checked: date
    review: date
