"""The coming dates of many sessions, soonest first, found only as far as a page shows them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from heapq import heapify, heappop, heapreplace
from itertools import islice
from typing import NamedTuple

from bot.bookings import SessionDate
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.directory import Directory
from bot.directory.occurrences import place_of
from bot.directory.wishes import Listing
from bot.store.changes import Numbers

PAGE = 40
"""Dates on one page."""
EVERYWHERE = "everywhere"


class Asked(NamedTuple):
    """What is looked for, from `since` to `last`. `area`: a pack's id, or EVERYWHERE for what is there for
    all; `page` from 0."""

    since: datetime
    last: datetime
    area: str = ""
    words: str = ""
    page: int = 0


class Found(NamedTuple):
    """A start, in universal time, and whose it is."""

    starts: datetime
    listing: Listing


class Row(NamedTuple):
    """One date. `listed` is its name; `moved`: staff moved it here; `free` is None without a capacity."""

    session: str
    starts: datetime
    listed: datetime
    title: str
    place: str
    area: str
    sample: bool
    moved: bool
    taken: int
    waiting: int
    free: int | None

    @property
    def day(self) -> date:
        return self.starts.date()

    @property
    def path(self) -> str:
        return date_path(self.session, self.listed)


def date_path(session: str, listed: datetime) -> str:
    """Under /staff."""
    return f"/sessions/{session}/{int(listed.timestamp()) // 60}"


def where(world: World, texts: Texts, session: str) -> str:
    """Its venue; without one how it is held, and for whom: "online, London"; "" where it is not listed."""
    listing, areas = world.directory.listings.get(session), world.content.areas
    if listing is None or listing.series.venue:
        return place_of(listing.series) if listing else ""
    area = areas.get(listing.area)
    for_whom = texts.written(area.name) if area else texts("console.sessions.everywhere")
    return f"{texts(f'console.sessions.mode.{listing.series.mode}')}, {for_whom}"


def dates(directory: Directory, asked: Asked) -> tuple[list[Found], bool]:
    """One page of them, and whether there are more."""
    listings = [one for one in directory.listings.values() if fits(one, asked)]
    first = asked.page * PAGE
    found = list(islice(_in_order(listings, asked), first, first + PAGE + 1))
    return found[:PAGE], len(found) > PAGE


def rows(directory: Directory, found: Iterable[Found], numbers: Mapping[SessionDate, Numbers]) -> list[Row]:
    return [_row(listing, starts, directory, numbers) for starts, listing in found]


def fits(listing: Listing, asked: Asked) -> bool:
    if asked.area and (listing.area or EVERYWHERE) != asked.area:
        return False
    if not asked.words:
        return True
    series = listing.series
    said = f"{series.title['en']} {series.id} {place_of(series)}".casefold()
    return all(word in said for word in asked.words.casefold().split())


def _in_order(listings: Iterable[Listing], asked: Asked) -> Iterator[Found]:
    """Each session's next date waits in a heap: nobody asks for the year of them all."""
    firsts = ((one.dates.after(asked.since), one) for one in listings)
    heap = [(starts, one.series.id, one) for starts, one in firsts if starts]
    heapify(heap)
    while heap and heap[0][0] <= asked.last:
        starts, id, listing = heap[0]
        yield Found(starts, listing)
        following = listing.dates.after(starts)
        if following is None:
            heappop(heap)
        else:
            heapreplace(heap, (following, id, listing))


def _row(
    listing: Listing, starts: datetime, directory: Directory, numbers: Mapping[SessionDate, Numbers]
) -> Row:
    series, listed = listing.series, listing.dates.listed(starts)
    count = numbers.get(SessionDate(series.id, listed), Numbers())
    taken = count.booked + count.offered
    free = None if series.capacity is None else max(0, series.capacity - taken)
    return Row(
        series.id,
        starts.astimezone(directory.zone),
        listed,
        series.title["en"],
        place_of(series),
        listing.area,
        series.sample,
        listed != starts,
        taken,
        count.waiting,
        free,
    )
