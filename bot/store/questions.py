"""Questions that people agreed to share with the authors."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.store.tables import questions

LONGEST = 1000


async def share(tx: AsyncConnection, person: str, text: str, now: datetime) -> None:
    """Keep one. It stays linked to the person, so that /delete finds it."""
    await tx.execute(insert(questions).values(person=person, text=storable(text, LONGEST), shared=now))
