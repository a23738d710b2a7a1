"""Browsers in which staff are signed in: a cookie's hash, whose it is, and until when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import staff
from bot.store.staff import Member
from bot.store.tables import signins
from bot.store.tables import staff as members

LASTS = timedelta(hours=12)
"""A working day: then everybody signs in again."""
IDLE = timedelta(minutes=60)
"""An open page on a ward's computer is nobody's after this."""
SEEN_EVERY = timedelta(minutes=1)


class SignedIn(NamedTuple):
    """Who is signed in, under which row, since when, and when they were last there."""

    id: int
    member: Member
    how: str
    made: datetime
    seen: datetime


_FOUND = (
    select(members, signins.c.id.label("signin"), signins.c.how, signins.c.made, signins.c.seen)
    .join(members, members.c.id == signins.c.staff)
    .where(
        signins.c.token == bindparam("of_token"),
        signins.c.expires > bindparam("now"),
        signins.c.seen > bindparam("since"),
        members.c.ended.is_(None),
    )
)
"""Asked before every page."""


class Browser(NamedTuple):
    """One sign-in of a member; `how` as it was started."""

    id: int
    how: str
    made: datetime
    seen: datetime


def hashed(token: str) -> str:
    """What is kept of a cookie: enough to know it again, too little to make it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


async def start(tx: AsyncConnection, member: int, token: str, how: str, now: datetime) -> None:
    """Let this browser in. `how`: password, passkey, sso or invitation."""
    row = {"staff": member, "token": hashed(token), "how": how, "made": now, "seen": now}
    await tx.execute(insert(signins).values(row | {"expires": now + LASTS}))


async def find(tx: AsyncConnection, token: str, now: datetime) -> SignedIn | None:
    """Whose cookie this is, as they are now; None when it is forged, too old, or they have left."""
    given = {"of_token": hashed(token), "now": now, "since": now - IDLE}
    row = (await tx.execute(_FOUND, given)).one_or_none()
    return None if row is None else SignedIn(row.signin, staff.member_of(row), row.how, row.made, row.seen)


async def seen(tx: AsyncConnection, id: int, now: datetime) -> None:
    """They are still there."""
    await tx.execute(update(signins).where(signins.c.id == id, signins.c.seen < now).values(seen=now))


async def of_member(tx: AsyncConnection, member: int, now: datetime) -> Sequence[Browser]:
    """Where they are signed in, the newest first."""
    good = (signins.c.staff == member, signins.c.expires > now, signins.c.seen > now - IDLE)
    found = select(*(signins.c[name] for name in Browser._fields)).where(*good)
    return [Browser(*row) for row in await tx.execute(found.order_by(signins.c.id.desc()))]


async def made(tx: AsyncConnection, id: int) -> datetime | None:
    """When they signed in."""
    return (await tx.execute(select(signins.c.made).where(signins.c.id == id))).scalar_one_or_none()


async def end(tx: AsyncConnection, id: int) -> None:
    await tx.execute(delete(signins).where(signins.c.id == id))


async def end_of(tx: AsyncConnection, token: str) -> None:
    """What this cookie stood for, if anything."""
    await tx.execute(delete(signins).where(signins.c.token == hashed(token)))


async def end_all(tx: AsyncConnection, member: int, but: int = 0) -> None:
    """Everywhere, except perhaps in this one browser."""
    await tx.execute(delete(signins).where(signins.c.staff == member, signins.c.id != but))


async def sweep(tx: AsyncConnection, now: datetime) -> int:
    """Remove those that are over."""
    over = or_(signins.c.expires <= now, signins.c.seen <= now - IDLE)
    return (await tx.execute(delete(signins).where(over))).rowcount
