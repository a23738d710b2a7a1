"""How full the dates were that have just ended: places taken and places free, added up by session."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.messaging.offers import capacity_of
from bot.model import Measure
from bot.store import bookings

COMING = "booked"


async def measured(tx: AsyncConnection, over: Sequence[tuple[int, str]], world: World) -> Sequence[Measure]:
    """One measure for each place. Where the listing states no limit, none is free."""
    found: list[Measure] = []
    for id, session in over:
        taken = (await bookings.counts(tx, id)).get(COMING, 0)
        found += _places(session, taken, capacity_of(world, session), world)
    return found


def _places(session: str, taken: int, capacity: int | None, world: World) -> Iterable[Measure]:
    listing = world.directory.listings.get(session)
    area = listing.area if listing else ""
    free = max((capacity or 0) - taken, 0)
    return _each(session, area, (("taken", taken), ("free", free)))


def _each(session: str, area: str, places: Iterable[tuple[str, int]]) -> Iterator[Measure]:
    for outcome, number in places:
        for _ in range(number):
            yield Measure("fill", session, outcome, area)
