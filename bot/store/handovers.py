"""The navigators' queue: who asked to be phoned back."""

from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.model import AskHandover
from bot.store.tables import handovers

NOTE = 300


async def ask(tx: AsyncConnection, person: str, wish: AskHandover, now: datetime) -> None:
    """Put a request into the queue; a newer one takes the place of an open one."""
    await cancel(tx, person, now)
    await tx.execute(
        insert(handovers).values(
            person=person,
            topic=storable(wish.topic, 100),
            phone=storable(wish.phone, 40),
            note=storable(wish.note, NOTE),
            best_time=storable(wish.when, 100),
            state="open",
            asked=now,
        )
    )


async def cancel(tx: AsyncConnection, person: str, now: datetime) -> None:
    """Take the request back: nobody needs the number or the note any more, so they go at once."""
    opened = (handovers.c.person == person, handovers.c.state == "open")
    await tx.execute(
        update(handovers)
        .where(*opened)
        .values(state="cancelled", closed=now, phone="", note="", best_time="")
    )


async def forget(tx: AsyncConnection, person: str) -> None:
    """The consent to be phoned is gone, and what was kept under it."""
    await tx.execute(delete(handovers).where(handovers.c.person == person))
