"""One-time links by which members of staff choose how they sign in. Only the hashes of them are kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import staff
from bot.store.signins import hashed
from bot.store.staff import Member
from bot.store.tables import invitations

LASTS = timedelta(hours=24)


class Invited(NamedTuple):
    id: int
    member: Member


async def make(tx: AsyncConnection, member: int, token: str, now: datetime) -> None:
    """A link for this member; an earlier one that nobody opened is worth nothing from now on."""
    await tx.execute(delete(invitations).where(invitations.c.staff == member, invitations.c.used.is_(None)))
    row = {"staff": member, "token": hashed(token), "made": now, "expires": now + LASTS}
    await tx.execute(insert(invitations).values(row))


async def find(tx: AsyncConnection, token: str, now: datetime) -> Invited | None:
    """Whose link this is; None when it is forged, used, too old, or they have left."""
    row = (await tx.execute(select(invitations).where(invitations.c.token == hashed(token)))).one_or_none()
    if row is None or row.used is not None or row.expires <= now:
        return None
    member = await staff.of_id(tx, row.staff)
    return None if member is None or member.ended else Invited(row.id, member)


async def use(tx: AsyncConnection, id: int, now: datetime) -> bool:
    """False when it was used meanwhile."""
    unused = (invitations.c.id == id, invitations.c.used.is_(None))
    return (await tx.execute(update(invitations).where(*unused).values(used=now))).rowcount == 1


async def out(tx: AsyncConnection, now: datetime) -> Mapping[int, datetime]:
    """Until when the links hold that nobody has used yet, by member."""
    unused = (invitations.c.used.is_(None), invitations.c.expires > now)
    rows = await tx.execute(select(invitations.c.staff, invitations.c.expires).where(*unused))
    return {row.staff: row.expires for row in rows}
