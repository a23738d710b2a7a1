"""The shapes of the directory: services, their sessions, and the names people give to places."""

from datetime import date, datetime
from typing import Annotated, Literal, Self, TypeAlias

from dateutil.rrule import rrule, rrulestr
from pydantic import AfterValidator, BeforeValidator, Field, NaiveDatetime, StringConstraints, model_validator

from bot.content.shapes import Id, Shape, Text, Words

WEEKLY_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH"}
MONTHLY_PARTS = WEEKLY_PARTS | {"BYMONTHDAY", "BYSETPOS"}
RULE_PARTS = {
    "DAILY": WEEKLY_PARTS,
    "WEEKLY": WEEKLY_PARTS,
    "MONTHLY": MONTHLY_PARTS,
    "YEARLY": MONTHLY_PARTS,
}
"""What a rule may say. No class repeats every hour, and dateutil would search a rule such as "every day
that is 30 February" to the year 9999."""

MINUTES_IN = {"min": 1, "h": 60, "d": 24 * 60}
SHORTEST_LEAD, LONGEST_LEAD = 15, 14 * 24 * 60


def yes_or_no(written: object) -> object:
    """YAML reads a bare yes or no as true or false; here they are words, beside "not stated"."""
    return ("yes" if written else "no") if isinstance(written, bool) else written


def several(written: object) -> object:
    """One word stands for a list of one."""
    return (written,) if isinstance(written, str) else written


def minutes_of(lead: str) -> int:
    """A lead in minutes."""
    number = lead.rstrip("minhd")
    return int(number) * MINUTES_IN[lead.removeprefix(number)]


def in_time(lead: str) -> str:
    """A lead that still helps, and that nobody forgets again."""
    if not SHORTEST_LEAD <= minutes_of(lead) <= LONGEST_LEAD:
        raise ValueError("a reminder comes 15min to 14d before the start")
    return lead


def each_once(leads: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Two ways to write one lead are one lead."""
    if leads and len({minutes_of(lead) for lead in leads}) < len(leads):
        raise ValueError("each reminder once: 24h and 1d are the same")
    return leads


def parts_of(rule: str) -> dict[str, str]:
    """FREQ=WEEKLY;BYDAY=TH by its names."""
    pairs = [part.partition("=") for part in rule.strip().upper().removeprefix("RRULE:").split(";")]
    return {name: value for name, _, value in pairs}


def whole_days(rule: str) -> str:
    """A rule that dateutil can read, of whole days."""
    parts = parts_of(rule)
    if unknown := parts.keys() - RULE_PARTS.get(parts.get("FREQ", ""), set()):
        raise ValueError(f"FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; a rule cannot say {sorted(unknown)}")
    try:
        rule_from(rule, datetime(2026, 1, 1))
    except (ValueError, TypeError) as error:
        raise ValueError(f"this is not a rule as RFC 5545 writes it ({error})") from error
    return rule


def rule_from(text: str, starts: datetime) -> rrule:
    """The rule in local wall time. An end in universal time is read as local: an hour is no day."""
    parts = parts_of(text)
    if until := parts.get("UNTIL"):
        day = datetime.strptime(until.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in until else "%Y%m%d")
        parts["UNTIL"] = f"{day:%Y%m%d}T{day:%H%M%S}" if "T" in until else f"{day:%Y%m%d}T235959"
    rule = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=starts)
    if not isinstance(rule, rrule):
        raise ValueError("more than one rule")
    return rule


Stated = Annotated[Literal["yes", "no", "not stated"], BeforeValidator(yes_or_no)]
"""Three different answers: a listing that is silent has not said no."""
Mode: TypeAlias = Literal["in-person", "online", "phone", "hybrid"]
Kind: TypeAlias = Literal[
    "group",
    "one-to-one",
    "workshop",
    "talk",
    "event",
    "peer-support",
    "buddy",
    "volunteer-led",
    "carers",
    "families",
    "young-people",
    "bereaved",
]
Cancer: TypeAlias = Literal[
    "breast",
    "bowel",
    "lung",
    "prostate",
    "blood",
    "head-and-neck",
    "upper-gi",
    "gynae",
    "skin",
    "kidney-bladder",
    "other",
]
"""The types that the session search offers; each has its words in texts/en/sessions.yaml."""
Level: TypeAlias = Literal["seated", "gentle", "moderate", "active"]
Rule = Annotated[str, AfterValidator(whole_days)]
Lead = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,2}(min|h|d)$"), AfterValidator(in_time)]
"""How long before the start: 30min, 2h, 1d. 24h is a day: the same time of day, whatever the clocks do."""
Late: TypeAlias = Literal["send", "short", "drop"]
"""A reminder that is late (the machine was off) is sent, sent shortened, or dropped and staff are told."""
Day: TypeAlias = date | NaiveDatetime
"""A whole day, or one start in local time."""
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Outcode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}\d[A-Z\d]?$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}\d[A-Z\d]?( \d[A-Z]{2})?$")]


class Service(Shape):
    """Who offers something, for whom, and how a person gets there."""

    id: Id
    name: Words
    area: Id | None = None
    """None: it is there for everybody, wherever they live."""
    provider: Words
    provider_type: Literal["nhs", "charity", "council", "leisure", "community", "university", "sample"]
    what: Text
    cancer: tuple[Cancer, ...] = ()
    """The cancer types it is for; none means any."""
    topics: tuple[Id, ...] = ()
    phone: str | None = None
    web: str | None = None
    how_to_be_referred: Text | None = None
    refer_yourself: Stated = "not stated"
    cost: Text | None = None
    source: Words
    sample: bool
    """Made up, to show how it works. Real listings write `sample: false`."""
    checked: date
    review: date
    expires: date | None = None


class ServiceFile(Shape):
    """knowledge/services/<area>.yaml"""

    services: tuple[Service, ...]


class Venue(Shape):
    """Where it is held, and what it is like to get in."""

    name: Words
    postcode: Postcode
    step_free: Stated = "not stated"
    parking: Text | None = None
    bus: Text | None = None
    toilet: Text | None = None


class Series(Shape):
    """A session, once or again and again. Times are local wall time: a clock change moves nothing."""

    id: Id
    service: Id
    title: Text
    about: Text | None = None
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(several), Field(min_length=1)]
    topics: tuple[Id, ...] = ()
    mode: Mode
    venue: Venue | None = None
    starts: NaiveDatetime
    minutes: int = Field(ge=5, le=24 * 60)
    rrule: Rule | None = None
    exceptions: tuple[Day, ...] = ()
    extra: tuple[Day, ...] = ()
    cancelled: tuple[Day, ...] = ()
    until: date | None = None
    expires: date | None = None
    languages: tuple[LanguageCode, ...] = ()
    level: Level | None = None
    cancer: tuple[Cancer, ...] = ()
    cost: Text | None = None
    free: Stated = "not stated"
    book: Text | None = None
    capacity: int | None = Field(default=None, ge=1)
    remind: Annotated[
        Annotated[tuple[Lead, ...], Field(max_length=5)] | None,
        BeforeValidator(several),
        AfterValidator(each_once),
    ] = None
    """When those who come are reminded; without it 24h and 2h before. [] is never."""
    late: Late | None = None
    """Without it, a reminder a day ahead is shortened when it is late, and one close to the start is sent."""
    sample: bool
    checked: date
    review: date

    @model_validator(mode="after")
    def _has_a_place_if_people_go_there(self) -> Self:
        if (self.mode in ("in-person", "hybrid")) != (self.venue is not None):
            raise ValueError("in-person and hybrid sessions need a venue; the others have none")
        return self

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.until and self.until < self.starts.date():
            raise ValueError("`until` is before `starts`, so this session has no date at all")
        return self

    @model_validator(mode="after")
    def _starts_on_a_day_of_its_rule(self) -> Self:
        if self.rrule and next(iter(rule_from(self.rrule, self.starts)), None) != self.starts:
            raise ValueError("`starts` must itself be a day of the rrule (is the weekday right?)")
        return self


def leads_of(series: Series) -> tuple[int, ...] | None:
    """The session's own choice in minutes, the first reminder first; None when it makes none."""
    if series.remind is None:
        return None
    return tuple(sorted((minutes_of(lead) for lead in series.remind), reverse=True))


class SessionFile(Shape):
    """knowledge/sessions/<area>.yaml"""

    sessions: tuple[Series, ...]


class PlaceName(Shape):
    """A town, a part of one, or what people call it; the map knows it by its outward code."""

    name: Words
    at: Outcode
    also: tuple[Words, ...] = ()
    """Other names and spellings."""
    label: Words | None = None
    """What we show when the name alone could be several places ("Newport, Isle of Wight")."""
    ordinary: bool = False
    """Also an ordinary word (Reading, Bath): only read as a place after "in", "near" or on its own."""


class PlaceFile(Shape):
    """knowledge/places.yaml"""

    places: tuple[PlaceName, ...]
