"""The one row a bot by which all processes together keep its pace and its silence."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import insert_new
from bot.store.tables import paces


class Turnstile(NamedTuple):
    """When the next message may go, in microseconds since 1970, and until when nobody sends."""

    next_microsecond: int
    frozen_until: datetime | None


async def lock(tx: AsyncConnection, channel: str) -> Turnstile:
    """The row, ours until the end of the transaction; so claims of all processes come one after another."""
    found = select(paces.c.next_microsecond, paces.c.frozen_until).where(paces.c.channel == channel)
    row = (await tx.execute(found.with_for_update())).one_or_none()
    if row is None:
        made = insert_new(tx.dialect.name, paces, "channel")
        await tx.execute(made, {"channel": channel, "next_microsecond": 0})
        row = (await tx.execute(found.with_for_update())).one()
    return Turnstile(row.next_microsecond, row.frozen_until)


async def move(tx: AsyncConnection, channel: str, next_microsecond: int) -> None:
    """Messages were claimed: the next may go then."""
    await tx.execute(
        update(paces).where(paces.c.channel == channel).values(next_microsecond=next_microsecond)
    )


async def thaw(tx: AsyncConnection, channel: str) -> None:
    """The clock was set back: nobody knows how much of the silence is left, and the channel will tell."""
    await tx.execute(update(paces).where(paces.c.channel == channel).values(frozen_until=None))


async def freeze(tx: AsyncConnection, channel: str, until: datetime) -> None:
    """The channel said 429: every process of this bot is silent until then; a longer silence stays."""
    longer = paces.c.frozen_until.is_(None) | (paces.c.frozen_until < until)
    await tx.execute(update(paces).where(paces.c.channel == channel, longer).values(frozen_until=until))
