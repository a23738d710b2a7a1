"""Which switches a person turned on and off, with the text they read and when."""

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import consents


async def give(tx: AsyncConnection, person: str, switch: str, version: str, now: datetime) -> None:
    """Turn a switch on; an earlier consent to it ends, so that one row at most is in force."""
    await withdraw(tx, person, switch, now)
    await tx.execute(insert(consents).values(person=person, switch=switch, version=version, given=now))


async def withdraw(tx: AsyncConnection, person: str, switch: str, now: datetime) -> None:
    """Turn a switch off."""
    given = (consents.c.person == person, consents.c.switch == switch, consents.c.withdrawn.is_(None))
    await tx.execute(update(consents).where(*given).values(withdrawn=now))
