"""The shapes of a flow and of its transcripts: what an author may write under flows/."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from bot.content.shapes import Id, Next, Shape, Text, Words

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=28)]
"""The name of an answer."""

Kind: TypeAlias = Literal[
    "yes-no", "one-of", "several-of", "number", "scale", "date", "place", "short-text", "phone"
]
Switch: TypeAlias = Literal["remember", "reminders", "news", "callback", "relay"]
Team: TypeAlias = Literal["navigator", "nurse", "money", "physio"]
PlanKind: TypeAlias = Literal["goal", "date", "contact", "question", "page"]
MenuGroup: TypeAlias = Literal["first", "more", "none"]
Plain: TypeAlias = str | bool | int


def hours(written: object) -> object:
    """ "24h", "45m" or "7d" as a length of time."""
    units = {"m": "minutes", "h": "hours", "d": "days"}
    if isinstance(written, str) and re.fullmatch(r"[0-9]{1,4}[mhd]", written):
        return timedelta(**{units[written[-1]]: int(written[:-1])})
    return written


class Option(Shape):
    """A choice: `says` are further ways in which people name it."""

    id: Id
    label: Text
    says: tuple[Words, ...] = ()
    next: Id | None = None


class Limits(Shape):
    """The smallest and the largest number that makes sense."""

    least: int | None = None
    most: int | None = None


class Ask(Shape):
    """A question, and what to do with its answer."""

    ask: Kind
    text: Text
    save: Name | None = None
    options: tuple[Option, ...] = ()
    options_from: tuple[Name, ...] = ()
    """Instead of options: what was ticked in these earlier lists."""
    yes: Id | None = None
    no: Id | None = None
    least: int | None = None
    most: int | None = None
    """Of a number or a scale the largest; of a list to tick how many."""
    ends: tuple[Text, Text] | None = None
    """What the two ends of a scale mean, in words."""
    when: Literal["past", "future", "any"] = "any"
    longest: int = Field(default=300, le=1000)
    """Characters of a short text."""
    skip: Id | bool = False
    """True: it may be left out, and the flow goes on at `next`; an id: it goes on there."""
    consent: Switch | None = None
    """A yes switches this on."""
    why: Text | None = None
    """Said when someone asks why we ask."""
    next: Id | None = None


class SayStep(Shape):
    """Words, and on to the next step."""

    say: Text
    next: Id | None = None


class Case(Shape):
    """One way out of a branch: all of `when` must hold. Values: one, a list of any, limits, or "missing"."""

    when: dict[str, Plain | tuple[Plain, ...] | Limits]
    go: Id


class Branch(Shape):
    """The first case that holds; else the last line."""

    branch: tuple[Case, ...] = Field(min_length=1)
    otherwise: Id = Field(alias="else")


class SetStep(Shape):
    """Set answers without asking; `$name` is the value of another answer, `$name.0` the first thing ticked
    in a list, `$today` the date."""

    set: dict[Name, Plain]
    next: Id | None = None


class SubFlow(Shape):
    """Go through another flow, and come back here when it ends."""

    flow: Id
    next: Id | None = None


class SessionsStep(Shape):
    """Suggest sessions. Left: what is wished (area, near, mode, cancer, topic, kind, free, step_free,
    longest, days). Right: the name of an answer after $, or a plain value."""

    sessions: dict[str, Plain]
    found: Id | None = None
    none: Id | None = None


class ArticleStep(Shape):
    """Show an article, and go on."""

    article: Id
    next: Id | None = None


class HandOver(Shape):
    """Put a request into the team's queue: topic, and the names of the answers that go with it. A relay is a
    talk in writing; its note is the first message."""

    handover: Words
    kind: Literal["call", "relay"] = "call"
    phone: Name | None = None
    note: Name | None = None
    best_time: Name | None = None
    team: Name | None = None
    """The answer that says whose it is; `teams` has the team for each of its values, else the navigator."""
    teams: dict[str, Team] = Field(default_factory=dict)
    next: Id | None = None


class Share(Shape):
    """Keep an answer, scrubbed, for the authors: the person has just agreed to it."""

    share: Name
    next: Id | None = None


class Remember(Shape):
    """Keep these answers for next time, if the person has switched that on."""

    remember: tuple[Name, ...]
    next: Id | None = None


class PageLine(Shape):
    """A line of a page, shown when all of `when` holds (as in a branch), and an article to read on."""

    line: Text
    when: dict[str, Plain | tuple[Plain, ...] | Limits] = Field(default_factory=dict)
    article: Id | None = None


class PageStep(Shape):
    """A page to copy and print, made of the answers: a title, a line for each that holds, last words."""

    page: Text
    intro: Text | None = None
    lines: tuple[PageLine, ...] = Field(min_length=1)
    nothing: Text | None = None
    """Said when no line holds."""
    outro: Text | None = None
    save: Name | None = None
    """The name under which the page's words are kept until the flow ends."""
    next: Id | None = None


class Total(Shape):
    """What is counted once when all of `when` holds (as in a branch)."""

    what: Id
    when: dict[str, Plain | tuple[Plain, ...] | Limits]


class CountStep(Shape):
    """Add to totals without anybody in them, by area and month: every line that holds, else `otherwise`.
    The person has just agreed to it."""

    count: Id
    of: tuple[Total, ...] = Field(min_length=1)
    otherwise: Id = Field(alias="else")
    next: Id | None = None


class Compare(Shape):
    """Set these answers beside those of last time, in words: `<name>_change` is better, same, harder or
    new, and `harder` says how many are harder. All are chosen from one list, written best first."""

    compare: tuple[Name, ...] = Field(min_length=1)
    best_first: tuple[Id, ...] = Field(min_length=2)
    next: Id | None = None


class Keep(Shape):
    """Put a line into *My plan*. It is kept only if the person has switched that on (`consent: remember`)."""

    keep: PlanKind
    text: Text
    day: Name | None = None
    """The name of a date that belongs to it."""
    next: Id | None = None


class Join(Shape):
    """Take part in a programme; `day` is the name of the date that its messages are counted from. Goes on at
    `over` when that day is so long ago that nothing would be sent."""

    join: Id
    day: Name
    over: Id | None = None
    next: Id | None = None


class Interests(Shape):
    """Keep which news to send: the names of the answers that say for which cancer and about which topics.
    Kept only if the person has switched news on (`consent: news`); what was chosen before goes."""

    interests: dict[Literal["cancer", "topic"], Name] = Field(min_length=1)
    next: Id | None = None


class End(Shape):
    """The last words, and buttons to what comes next."""

    end: Text
    then: tuple[Next, ...] = ()


VERBS: dict[str, type[Shape]] = {
    "ask": Ask,
    "say": SayStep,
    "branch": Branch,
    "set": SetStep,
    "flow": SubFlow,
    "sessions": SessionsStep,
    "article": ArticleStep,
    "handover": HandOver,
    "share": Share,
    "remember": Remember,
    "page": PageStep,
    "count": CountStep,
    "compare": Compare,
    "keep": Keep,
    "join": Join,
    "interests": Interests,
    "end": End,
}


def a_day_at_most(length: timedelta) -> timedelta:
    """Answers are swept after a day, so no flow may wait longer."""
    if length > timedelta(hours=24):
        raise ValueError("a flow waits 24h at the most; write a shorter time")
    return length


def verb_of(written: Any) -> str | None:
    """Which of the verbs a step is written with."""
    keys = written if isinstance(written, dict) else getattr(type(written), "model_fields", {})
    return next((verb for verb in VERBS if verb in keys), None)


Step = Annotated[
    Annotated[Ask, Tag("ask")]
    | Annotated[SayStep, Tag("say")]
    | Annotated[Branch, Tag("branch")]
    | Annotated[SetStep, Tag("set")]
    | Annotated[SubFlow, Tag("flow")]
    | Annotated[SessionsStep, Tag("sessions")]
    | Annotated[ArticleStep, Tag("article")]
    | Annotated[HandOver, Tag("handover")]
    | Annotated[Share, Tag("share")]
    | Annotated[Remember, Tag("remember")]
    | Annotated[PageStep, Tag("page")]
    | Annotated[CountStep, Tag("count")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[Keep, Tag("keep")]
    | Annotated[Join, Tag("join")]
    | Annotated[Interests, Tag("interests")]
    | Annotated[End, Tag("end")],
    Discriminator(verb_of),
]


def follow_on(steps: dict[str, Any]) -> dict[str, Any]:
    """A step without `next` goes on to the one written below it."""
    names = list(steps)
    for here, below in pairwise(names):
        step = steps[here]
        if "next" in type(step).model_fields and step.next is None:
            steps[here] = step.model_copy(update={"next": below})
    return steps


class Flow(Shape):
    """flows/<flow>.yaml"""

    flow: Id
    title: Text
    version: int = 1
    status: Literal["live", "draft"] = "live"
    expires: Annotated[
        timedelta, BeforeValidator(hours, json_schema_input_type=str), AfterValidator(a_day_at_most)
    ] = timedelta(hours=24)
    """A day at the most: after it the answers are swept (bot/store/retention.py)."""
    health: bool = False
    """It asks about health: the person first hears who can read this."""
    internal: bool = False
    """Only other flows may start it."""
    menu: MenuGroup = "first"
    """Whether its button stands in the first menu, in the further one, or in none."""
    says: tuple[Words, ...] = ()
    """Further ways in which people ask for it; its title is one anyway."""
    origin: Words = "own"
    """Whose questions these are: our own, or the reference of the licence that allows them."""
    steps: Annotated[dict[Id, Step], AfterValidator(follow_on), Field(min_length=1)]

    @property
    def start(self) -> str:
        return next(iter(self.steps))


class Line(Shape):
    """One line of a transcript. `them` typed, `tap` pressed (a label, or a code), `place` shared
    ("lat, long"), `later` waited; `bot` is what must come back: every part of it must stand in the
    answer, [Label] means a button."""

    them: str | None = None
    tap: str | None = None
    open: str | None = None
    place: str | None = None
    later: Annotated[timedelta | None, BeforeValidator(hours, json_schema_input_type=str)] = None
    bot: str | tuple[str, ...] | None = None
    not_: str | None = Field(default=None, alias="not")


class Transcript(Shape):
    """A conversation that must go just so."""

    name: Words
    channel: Literal["telegram", "web", "terminal"] = "terminal"
    now: str = "2026-11-23T10:00:00+00:00"
    area: str = ""
    says: tuple[Line, ...] = Field(min_length=1)


class TranscriptFile(Shape):
    """flows/<flow>.test.yaml"""

    flow: Id
    transcripts: tuple[Transcript, ...]
