"""Whom a broadcast is for: what can be chosen, and what a choice makes of the draft. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias, get_args

from bot.content.listings import Cancer
from bot.messaging.broadcasts import Audience
from bot.staff import times
from bot.staff.asks import Facts

By: TypeAlias = Literal["area", "cancer", "topic", "language", "session"]
WAYS: tuple[By, ...] = get_args(By)
AHEAD = timedelta(days=14)
MOST_DATES = 20


class Choice(NamedTuple):
    """One line of a list to choose from; `value` stands in its button."""

    value: str
    label: str
    chosen: bool


class Date(NamedTuple):
    """One date of one session that is coming."""

    session: str
    starts: datetime


def way(name: str) -> By | None:
    """The way of this name, which came back in a button's code."""
    return next((by for by in WAYS if by == name), None)


def choices(facts: Facts, by: By, audience: Audience) -> tuple[Choice, ...]:
    """What can be chosen in this way."""
    return tuple(CHOICES[by](facts, audience))


def chosen(audience: Audience, by: By, value: str) -> Audience:
    """The audience with this choice; the same choice again takes it back."""
    if by == "area":
        areas = set(audience.areas) ^ {value}
        return replace(audience, areas=tuple(sorted(areas)))
    if by == "session":
        session, _, minutes = value.partition(".")
        listed = times.of_minutes(minutes)
        same = (audience.session, audience.listed) == (session, listed)
        return replace(audience, session="" if same else session, listed=None if same else listed)
    if by == "cancer":
        return replace(audience, cancer="" if audience.cancer == value else value)
    if by == "topic":
        return replace(audience, topic="" if audience.topic == value else value)
    return replace(audience, language="" if audience.language == value else value)


def in_words(facts: Facts, audience: Audience) -> str:
    """ "Edinburgh; lung cancer": everybody is said when nothing was chosen."""
    parts = list(_parts(facts, audience))
    return "; ".join(parts) if parts else facts.say("whom.everyone")


def languages(facts: Facts) -> tuple[str, ...]:
    """Those that are switched on, English first."""
    on = [one.id for one in facts.world.content.languages.values() if one.enabled]
    return ("en", *(id for id in on if id != "en"))


def language_name(facts: Facts, id: str) -> str:
    known = facts.world.content.languages.get(id)
    return known.name if known else id


def dates(facts: Facts, ahead: timedelta, area: str = "") -> tuple[Date, ...]:
    """The sessions that are coming, in one area or, with "", in all; soonest first."""
    listings = facts.world.directory.listings
    # Thousands of listings: in universal time, as their dates are, a comparison is quick.
    first, last = facts.now.astimezone(UTC), (facts.now + ahead).astimezone(UTC)
    found = [
        Date(id, starts)
        for id, listing in listings.items()
        if not area or (listing.service and listing.service.area == area)
        for starts in listing.dates.between(first, last)
    ]
    return tuple(sorted(found, key=lambda date: (date.starts, date.session)))


def title(facts: Facts, session: str) -> str:
    """What a session is called; one that has left the listings goes by its id."""
    listing = facts.world.directory.listings.get(session)
    return facts.texts.written(listing.series.title) if listing else session


def _parts(facts: Facts, audience: Audience) -> Iterator[str]:
    areas = facts.world.content.areas
    if audience.areas:
        yield ", ".join(facts.texts.written(areas[id].name) if id in areas else id for id in audience.areas)
    if audience.cancer:
        yield _cancer(facts, audience.cancer)
    if audience.topic:
        yield _topic(facts, audience.topic)
    if audience.language:
        yield language_name(facts, audience.language)
    if audience.session:
        when = f", {times.written(audience.listed, facts.world.directory.zone)}" if audience.listed else ""
        yield facts.say("whom.booked", session=title(facts, audience.session) + when)
    if audience.got is not None:
        yield facts.say("whom.got", id=str(audience.got))


def _cancer(facts: Facts, id: str) -> str:
    return facts.texts(f"session.cancer.{id}") if id in get_args(Cancer) else id


def _topic(facts: Facts, id: str) -> str:
    topic = facts.world.content.topics.get(id)
    return facts.texts.written(topic.title) if topic else id


def _areas(facts: Facts, audience: Audience) -> Iterator[Choice]:
    for area in facts.world.content.areas.values():
        yield Choice(area.id, facts.texts.written(area.name), area.id in audience.areas)


def _cancers(facts: Facts, audience: Audience) -> Iterator[Choice]:
    for id in get_args(Cancer):
        yield Choice(id, _cancer(facts, id), id == audience.cancer)


def _topics(facts: Facts, audience: Audience) -> Iterator[Choice]:
    for id in facts.world.content.topics:
        yield Choice(id, _topic(facts, id), id == audience.topic)


def _languages(facts: Facts, audience: Audience) -> Iterator[Choice]:
    for id in languages(facts):
        yield Choice(id, language_name(facts, id), id == audience.language)


def _sessions(facts: Facts, audience: Audience) -> Iterator[Choice]:
    zone = facts.world.directory.zone
    areas = audience.areas
    only = areas[0] if len(areas) == 1 else ""
    for date in dates(facts, AHEAD, only)[:MOST_DATES]:
        here = (audience.session, audience.listed) == (date.session, date.starts)
        label = f"{times.written(date.starts, zone)}: {title(facts, date.session)}"
        yield Choice(value_of(date), label, here)


def value_of(date: Date) -> str:
    """One date of a session as a button names it."""
    return f"{date.session}.{times.minutes(date.starts)}"


CHOICES: dict[By, Callable[[Facts, Audience], Iterator[Choice]]] = {
    "area": _areas,
    "cancer": _cancers,
    "topic": _topics,
    "language": _languages,
    "session": _sessions,
}
