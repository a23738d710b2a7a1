"""What people looked for and did not find near them. Pure but for the one look."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.insights.looking import Month, look
from bot.insights.suppression import Published

MISSED = ("none", "relaxed")
"""Nothing, or only what misses a wish."""


class Unmet(NamedTuple):
    """ "online/being-active", "scotland/Highland" (or only the area pack, "" not known), and how many
    searches of it at the least: months in which they were fewer than 5 are not in it."""

    what: str
    area: str
    number: int


async def unmet(tx: AsyncConnection, months: Sequence[Month], now: datetime) -> list[Unmet]:
    """Searches that found nothing that fits, in these months; the most first. `now` is local."""
    looked = await look(tx, ("search",), months, now)
    return missed(looked.of("search", month) for month in months)


def missed(found: Iterable[Published]) -> list[Unmet]:
    """Only sums of what is shown anyway, so nothing hidden is in them."""
    counted: Counter[tuple[str, str]] = Counter()
    for published in found:
        for ((what, outcome), (place,)), number in published.both(("what", "outcome"), ("place",)).items():
            if outcome in MISSED and number:
                counted[what, place] += number
    return sorted((Unmet(*key, number) for key, number in counted.items()), key=lambda one: -one.number)
