"""What somebody wishes against what a listing says: it fits, it does not, or it is not stated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.content.listings import Series, Service
from bot.directory.distance import kilometres
from bot.directory.recurrence import Dates
from bot.model import Location, Wanted

Answer: TypeAlias = Literal["yes", "no", "not stated"]

NEAR = 40.0
"""Kilometres (25 miles): farther is not near, and only shown, and said, when nothing nearer fits."""

DROPPED_FIRST = (
    "longest",
    "dates",
    "level",
    "kind",
    "topic",
    "free",
    "mode",
    "near",
    "area",
    "cancer",
    "language",
)
"""The order in which wishes are dropped when nothing fits: what costs a person least goes first. Step-free
is not among them: a session with steps is no help to somebody who cannot climb them."""
FOR_SOME = ("carers", "families", "young-people", "bereaved")
"""Kinds for people who are not there for themselves: nothing else would do instead."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A session with what its service says, its dates, and where it is held."""

    series: Series
    service: Service | None
    place: Location | None
    dates: Dates

    @property
    def area(self) -> str:
        return (self.service.area if self.service else None) or ""

    @property
    def topics(self) -> tuple[str, ...]:
        return self.series.topics or (self.service.topics if self.service else ())

    @property
    def cancer(self) -> tuple[str, ...]:
        return self.series.cancer or (self.service.cancer if self.service else ())


@dataclass(frozen=True, slots=True)
class Fit:
    """How one listing meets the wishes: what it fails, what it is silent about, how far it is."""

    listing: Listing
    starts: datetime
    failed: frozenset[str]
    unknown: tuple[str, ...]
    away: float | None
    for_others: bool = False
    """Made for a group that the person has not asked for: it is there, and stands last."""


def weigh(listing: Listing, wanted: Wanted, now: datetime) -> Fit | None:
    """Every wish against one listing; nothing when it has no date to come. `now` is in universal time."""
    in_time = listing.dates.after(max(now, wanted.earliest) if wanted.earliest else now)
    starts = in_time or listing.dates.after(now)
    if starts is None:
        return None
    away = distance(listing, wanted)
    answers = {wish: answer(listing, wanted) for wish, answer in WISHES.items() if getattr(wanted, wish)}
    answers["near"] = _near(listing, wanted, away)
    answers["dates"] = _yes_if(bool(in_time and (not wanted.latest or in_time <= wanted.latest)))
    failed = frozenset(wish for wish, answer in answers.items() if answer == "no")
    if wanted.kind in FOR_SOME and "kind" in failed:
        return None
    unknown = tuple(wish for wish, answer in answers.items() if answer == "not stated")
    return Fit(listing, starts, failed, unknown, away, _for_others(listing, wanted))


def _for_others(listing: Listing, wanted: Wanted) -> bool:
    """For carers, families and the like, or in another language, and nobody asked for that."""
    some = any(kind in FOR_SOME for kind in listing.series.kinds) and wanted.kind not in FOR_SOME
    languages = listing.series.languages
    return some or bool(languages and (wanted.language or "en") not in languages)


def _near(listing: Listing, wanted: Wanted, away: float | None) -> Answer:
    if away is not None:
        return _yes_if(away <= NEAR)
    lost = wanted.near is not None and listing.series.venue is not None and listing.place is None
    return "not stated" if lost else "yes"


def distance(listing: Listing, wanted: Wanted) -> float | None:
    """Kilometres to its venue. Nobody travels to a session that they asked for online."""
    if wanted.near is None or listing.place is None or wanted.mode in ("online", "phone"):
        return None
    return kilometres(wanted.near, listing.place)


def _yes_if(fits: bool) -> Answer:
    return "yes" if fits else "no"


def _one_of(wish: str, stated: tuple[str, ...], silent: Answer) -> Answer:
    """A list of what it is for; an empty one is silent."""
    return _yes_if(wish in stated) if stated else silent


def _mode(listing: Listing, wanted: Wanted) -> Answer:
    mode = listing.series.mode
    return _yes_if(wanted.mode == mode or (mode == "hybrid" and wanted.mode in ("online", "in-person")))


def _area(listing: Listing, wanted: Wanted) -> Answer:
    """Where somebody told us where they are, the distance decides for a venue, and the area for the rest."""
    by_distance = wanted.near is not None and listing.place is not None
    return _yes_if(by_distance or listing.area in ("", wanted.area))


def _step_free(listing: Listing, wanted: Wanted) -> Answer:
    """At home there are no steps to a session: also when a session is held both ways and wished online."""
    venue = listing.series.venue
    if venue is None or (wanted.mode == "online" and listing.series.mode == "hybrid"):
        return "yes"
    return venue.step_free


def _language(listing: Listing, wanted: Wanted) -> Answer:
    """Where nothing is stated, English is understood."""
    silent: Answer = "yes" if wanted.language == "en" else "not stated"
    return _one_of(wanted.language, listing.series.languages, silent)


def _level(listing: Listing, wanted: Wanted) -> Answer:
    return _one_of(wanted.level, (listing.series.level,) if listing.series.level else (), "not stated")


WISHES: Mapping[str, Callable[[Listing, Wanted], Answer]] = {
    "step_free": _step_free,
    "language": _language,
    "cancer": lambda listing, wanted: _one_of(wanted.cancer, listing.cancer, "yes"),
    "area": _area,
    "mode": _mode,
    "free": lambda listing, wanted: listing.series.free,
    "topic": lambda listing, wanted: _one_of(wanted.topic, listing.topics, "no"),
    "kind": lambda listing, wanted: _yes_if(wanted.kind in listing.series.kinds),
    "level": _level,
    "longest": lambda listing, wanted: _yes_if(listing.series.minutes <= (wanted.longest or 0)),
}
"""By the name of the field of Wanted; only asked when it is wished."""


def in_universal_time(wanted: Wanted, zone: ZoneInfo) -> Wanted:
    """Wished dates without a zone are meant where the session is."""
    return replace(wanted, earliest=_zoned(wanted.earliest, zone), latest=_zoned(wanted.latest, zone))


def _zoned(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
