"""The passkeys of staff: what is needed to know them again, and when they were used last."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import passkeys


class Passkey(NamedTuple):
    """`credential` is the authenticator's id for it, `sign_count` how often that says it has signed."""

    id: int
    staff: int
    credential: bytes
    public_key: bytes
    sign_count: int
    name: str
    made: datetime
    used: datetime | None


class New(NamedTuple):
    credential: bytes
    public_key: bytes
    sign_count: int
    name: str


async def of_member(tx: AsyncConnection, member: int) -> Sequence[Passkey]:
    return await _found(tx, passkeys.c.staff == member)


async def of_credential(tx: AsyncConnection, credential: bytes) -> Passkey | None:
    found = await _found(tx, passkeys.c.credential == credential)
    return found[0] if found else None


async def counts(tx: AsyncConnection) -> Mapping[int, int]:
    """How many each member has."""
    return Counter((await tx.execute(select(passkeys.c.staff))).scalars())


async def add(tx: AsyncConnection, member: int, new: New, now: datetime) -> bool:
    """False when this very passkey is somebody's already."""
    row = {**new._asdict(), "staff": member, "made": now}
    put = upsert(tx.dialect.name, passkeys).values(row).on_conflict_do_nothing(index_elements=["credential"])
    return (await tx.execute(put.returning(passkeys.c.id))).scalar_one_or_none() is not None


async def use(tx: AsyncConnection, id: int, count: int, asked: datetime, now: datetime) -> bool:
    """Note that it signed what we asked for then. False where it has signed since: an answer counts once."""
    fresh = (passkeys.c.id == id, or_(passkeys.c.used.is_(None), passkeys.c.used < asked))
    values = {"used": now, "sign_count": count}
    return (await tx.execute(update(passkeys).where(*fresh).values(values))).rowcount == 1


async def remove(tx: AsyncConnection, member: int, id: int) -> bool:
    own = (passkeys.c.id == id, passkeys.c.staff == member)
    return (await tx.execute(delete(passkeys).where(*own))).rowcount == 1


async def _found(tx: AsyncConnection, which: object) -> Sequence[Passkey]:
    found = select(*(passkeys.c[name] for name in Passkey._fields)).where(which)  # type: ignore[arg-type]
    return [Passkey(*row) for row in await tx.execute(found.order_by(passkeys.c.id))]
