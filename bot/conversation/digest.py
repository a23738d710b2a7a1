"""The week's sessions for staff to pass on: one line each, with how many places are free. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.content.check_texts import UNITS
from bot.conversation.listings import day_in_words, time_in_words
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.wishes import Listing
from bot.model import Person

WEEK = timedelta(days=7)


class Date(NamedTuple):
    """One date of one session, in local time."""

    starts: datetime
    session: str


class Places(NamedTuple):
    """How many places are taken, and how many people wait."""

    taken: int = 0
    waiting: int = 0


def dates(world: World, area: str, now: datetime) -> tuple[Date, ...]:
    """The dates of the coming 7 days, in this area or, with "", in all; soonest first."""
    chosen = ((id, one) for id, one in world.directory.listings.items() if area in ("", area_of(world, one)))
    return tuple(
        sorted(
            Date(starts, id)
            for id, listing in chosen
            if _open(listing, now)
            for starts in listing.dates.between(now, now + WEEK)
        )
    )


def area_of(world: World, listing: Listing) -> str:
    """Where it is: its service's area, else that of its venue; "" is everywhere."""
    return listing.area or (world.places.area(listing.place) if listing.place else "")


def digest(
    world: World, area: str, places: Mapping[tuple[str, datetime], Places], now: datetime
) -> tuple[str, ...]:
    """The text in parts that each fit into one message."""
    texts = world.texts_for(Person())
    found = dates(world, area, now)
    lines = list(_by_area(world, found, places, texts)) if found else [texts("digest.nothing")]
    today = now.astimezone(world.directory.zone).date()
    first, last = (day_in_words(day, texts, today) for day in (today, today + WEEK))
    return tuple(_packed([texts("digest.title", first=first, last=last), *lines]))


def _by_area(
    world: World, found: tuple[Date, ...], places: Mapping[tuple[str, datetime], Places], texts: Texts
) -> Iterator[str]:
    """Each area under its name, those for everywhere last."""
    areas = {date.session: area_of(world, world.directory.listings[date.session]) for date in found}
    for area in sorted(set(areas.values()), key=lambda area: (not area, area)):
        known = world.content.areas.get(area)
        yield (
            "\n" + texts("digest.area", name=texts.written(known.name))
            if known
            else "\n" + texts("digest.everywhere")
        )
        for date in found:
            if areas[date.session] == area:
                yield _line(world, date, places.get((date.session, date.starts), Places()), texts)


def _line(world: World, date: Date, places: Places, texts: Texts) -> str:
    series = world.directory.session(date.session)
    where = series.venue.name if series.venue else texts(f"digest.{series.mode}")
    day = day_in_words(date.starts.date(), texts, date.starts.date())
    at, title = time_in_words(date.starts, texts), texts.written(series.title)
    line = texts("digest.line", day=day, time=at, title=title, where=where)
    return f"{line} {_free(series.capacity, places, texts)}"


def _free(capacity: int | None, places: Places, texts: Texts) -> str:
    taken, waiting = str(places.taken), str(places.waiting)
    if capacity is None:
        return texts("digest.open", taken=taken)
    free = str(max(0, capacity - places.taken))
    key = "digest.waiting" if places.waiting else "digest.free"
    return texts(key, free=free, capacity=str(capacity), waiting=waiting)


def _open(listing: Listing, now: datetime) -> bool:
    """Whether the listing has not run out."""
    ends = [of.expires for of in (listing.series, listing.service) if of and of.expires]
    return all(now.date() <= end for end in ends)


def _packed(lines: list[str]) -> Iterator[str]:
    """As many lines as fit into each message."""
    part = ""
    for line in lines:
        longer = f"{part}\n{line}" if part else line.strip()
        if _units(longer) > UNITS:
            yield part
            longer = line.strip()
        part = longer
    yield part


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
