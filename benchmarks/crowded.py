"""A database full of people and of messages that wait for them, for the benchmarks of the sender."""

from datetime import UTC, datetime

from sqlalchemy import insert, text

from bot.model import Say
from bot.store import ledger, letters
from bot.store.engine import Store
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter
from bot.store.tables import people

NEWS = (
    "SAMPLE. A new session starts next week in the hall by the park. There is room for 12 people. "
    "Tap below to see when it is, how to get there, and to say that you are coming along."
)
BATCH = 5000
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def fill(store: Store, count: int, channel: str = "telegram", about: str = "broadcast:1") -> None:
    """So many people, each with one broadcast that is due, sharing one letter."""
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        async with store.write() as tx:
            await tx.execute(insert(people), [_person(number, channel) for number in numbers])
            letter = await letters.write(tx, Letter("broadcast:1:en", Say(NEWS)), LONG_AGO)
            await ledger.plan(tx, [_message(n, channel, about, letter) for n in numbers], LONG_AGO)
    if not store.single_writer:
        # What autovacuum does within a minute; without it the first minute measures wrong plans.
        async with store.write() as tx:
            await tx.execute(text("ANALYZE ledger"))
            await tx.execute(text("ANALYZE people"))


def _person(number: int, channel: str) -> dict[str, object]:
    flags = {"answers": False, "remembers": False, "stopped": False, "reachable": True}
    row = {"id": f"p{number}", "channel": channel, "address": str(number + 1), "state": "{}", "version": 1}
    return row | flags | {"seen": LONG_AGO}


def _message(number: int, channel: str, about: str, letter: int) -> Planned:
    key = f"{about}:p{number}"
    where = (f"p{number}", channel, str(number + 1))
    return Planned(key, Urgency.BROADCAST, about, *where, LONG_AGO, letter)
