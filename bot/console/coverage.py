"""Which help is listed where: the listings with a date to come, by area and by what they are. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias, get_args

from bot.content.listings import Kind
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.wishes import Listing

By: TypeAlias = Literal["topic", "kind", "mode", "language"]
WAYS: tuple[By, ...] = get_args(By)
EVERYWHERE = ""
"""The row of what is there for everybody, wherever they live."""
MODES = ("in-person", "online", "phone")
SILENT = "not-stated"


@dataclass(frozen=True, slots=True)
class Row:
    """One area: its listings in each column, and the columns in which there is none, here or everywhere."""

    area: str
    name: str
    numbers: tuple[int, ...]
    gaps: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """`columns` are ids with their names. `samples` of all `listings` are made up, to show how it works."""

    by: By
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    listings: int
    samples: int

    @property
    def nowhere(self) -> tuple[str, ...]:
        """The columns in which no area has anything, in words."""
        gaps = [set(row.gaps) for row in self.rows if row.area]
        return tuple(words for _, words in self.columns if gaps and all(words in one for one in gaps))


def matrix(world: World, texts: Texts, by: By, now: datetime) -> Matrix:
    """Every area against everything of one way, also where there is nothing."""
    found = tuple(open_listings(world, now))
    counted: Counter[tuple[str, str]] = Counter()
    for listing in found:
        counted.update((listing.area, one) for one in OF[by](listing))
    columns = tuple(_columns(world, texts, by, counted))
    totals = Counter(listing.area for listing in found)
    areas = [(area.id, texts.written(area.name)) for area in world.content.areas.values()]
    rows = tuple(
        _row(area, name, columns, counted, totals)
        for area, name in (*areas, (EVERYWHERE, texts("console.coverage.everywhere")))
    )
    samples = sum(listing.series.sample for listing in found)
    return Matrix(by, columns, rows, len(found), samples)


def open_listings(world: World, now: datetime) -> Iterator[Listing]:
    """Those that have not run out and have a date to come: what people can be told of."""
    today, moment = now.astimezone(world.directory.zone).date(), now.astimezone(UTC)
    for listing in world.directory.listings.values():
        ends = [of.expires for of in (listing.series, listing.service) if of and of.expires]
        if all(today <= end for end in ends) and listing.dates.after(moment):
            yield listing


def _row(
    area: str,
    name: str,
    columns: Sequence[tuple[str, str]],
    counted: Mapping[tuple[str, str], int],
    totals: Mapping[str, int],
) -> Row:
    numbers = tuple(counted.get((area, id), 0) for id, _ in columns)
    gaps = tuple(
        words
        for (id, words), number in zip(columns, numbers, strict=True)
        if not number and not counted.get((EVERYWHERE, id), 0) and id != SILENT
    )
    return Row(area, name, numbers, gaps, totals.get(area, 0))


def _columns(
    world: World, texts: Texts, by: By, counted: Mapping[tuple[str, str], int]
) -> Iterator[tuple[str, str]]:
    """Everything that could be offered; of languages, those that are on or that something is held in."""
    content = world.content
    match by:
        case "topic":
            yield from ((id, texts.written(topic.title)) for id, topic in content.topics.items())
        case "kind":
            yield from ((id, texts(f"console.coverage.kind.{id}")) for id in get_args(Kind))
        case "mode":
            yield from ((id, texts(f"console.coverage.mode.{id}")) for id in MODES)
        case "language":
            held = {language for _, language in counted}
            spoken = (one for one in content.languages.values() if one.enabled or one.id in held)
            yield from ((one.id, one.english) for one in spoken)
            yield SILENT, texts("console.coverage.silent")


def _modes(listing: Listing) -> tuple[str, ...]:
    """A session that is held both ways is there for both."""
    mode = listing.series.mode
    return ("in-person", "online") if mode == "hybrid" else (mode,)


OF: Mapping[By, Callable[[Listing], Sequence[str]]] = {
    "topic": lambda listing: listing.topics,
    "kind": lambda listing: listing.series.kinds,
    "mode": _modes,
    "language": lambda listing: listing.series.languages or (SILENT,),
}
