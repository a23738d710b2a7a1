"""The pace of a staff group, which all its topics share; its row stands beside the channels' own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import paces
from bot.store.columns import EPOCH
from bot.store.tables import paces as rows

# Telegram takes 20 a minute to a group: 4 at once and then one every 4 seconds are 19 in any minute.
BETWEEN = timedelta(seconds=4)
CATCH_UP = 3 * BETWEEN
MICROSECOND = timedelta(microseconds=1)


def group_of(address: str) -> str:
    """The chat of a topic ("<chat>:<topic>", and a group's begins with a minus); "" for everybody else."""
    chat, _, topic = address.partition(":")
    return chat if topic and chat.startswith("-") else ""


async def full(tx: AsyncConnection, addresses: Iterable[str], now: datetime) -> set[str]:
    """The groups of these addresses that take nothing now. Without any topic nothing is asked."""
    groups = {group_of(address) for address in addresses} - {""}
    if not groups:
        return set()
    # What lies further ahead was written before the clock was set back.
    waits = rows.c.next_microsecond.between(_at(now) + 1, _at(now + BETWEEN))
    found = select(rows.c.channel).where(rows.c.channel.in_(groups), waits)
    return set((await tx.execute(found)).scalars().all())


async def taken(tx: AsyncConnection, addresses: Iterable[str], now: datetime) -> None:
    """A message goes to each of these groups, none of which is full."""
    for group in {group_of(address) for address in addresses} - {""}:
        turnstile = await paces.lock(tx, group)
        earliest = min(max(turnstile.next_microsecond, _at(now - CATCH_UP)), _at(now))
        await paces.move(tx, group, earliest + BETWEEN // MICROSECOND)


def _at(now: datetime) -> int:
    return (now - EPOCH) // MICROSECOND
