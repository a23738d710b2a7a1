"""Members of staff: who they are, what they may do, and the chat that a one-time code has linked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import staff

Role: TypeAlias = Literal["viewer", "navigator", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
CODE_LASTS = timedelta(hours=24)
TRIES = 5
"""Wrong tries after which a code is worth nothing: with 50 random bits nobody gets near a right one."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. `desk` is what they are in the middle of, as JSON; "" is nothing."""

    id: int
    name: str
    role: Role
    channel: str
    address: str
    desk: str
    since: datetime
    ended: datetime | None
    invited: bool
    """A code is out that nobody has used yet."""


async def add(tx: AsyncConnection, name: str, role: Role, now: datetime) -> Member | None:
    """A new member without a chat; None when somebody has this name already."""
    row = {"name": name, "role": role, "since": now}
    put = upsert(tx.dialect.name, staff).values(row).on_conflict_do_nothing(index_elements=["name"])
    made = (await tx.execute(put.returning(staff.c.id))).scalar_one_or_none()
    return None if made is None else await of_id(tx, made)


async def named(tx: AsyncConnection, name: str) -> Member | None:
    row = (await tx.execute(select(staff).where(staff.c.name == name))).one_or_none()
    return None if row is None else member_of(row)


async def of_id(tx: AsyncConnection, id: int) -> Member | None:
    row = (await tx.execute(select(staff).where(staff.c.id == id))).one_or_none()
    return None if row is None else member_of(row)


async def at(tx: AsyncConnection, channel: str, address: str) -> Member | None:
    """Whose chat this is. Asked in every turn on Telegram, whose person is locked already."""
    row = (await tx.execute(_AT, {"of_channel": channel, "of_address": address})).one_or_none()
    return None if row is None else member_of(row)


async def every(tx: AsyncConnection) -> Sequence[Member]:
    """All who ever were, by name."""
    return [member_of(row) for row in await tx.execute(select(staff).order_by(staff.c.name))]


async def linked(tx: AsyncConnection) -> Sequence[Member]:
    """Those whom a message reaches, by name."""
    here = (staff.c.ended.is_(None), staff.c.address.is_not(None))
    return [member_of(row) for row in await tx.execute(select(staff).where(*here).order_by(staff.c.name))]


async def invite(tx: AsyncConnection, id: int, secret: str, now: datetime) -> str:
    """The code that links a chat once: "<id>-<secret>". Only the hash of the secret is kept."""
    values = {"code": hashed(secret), "since": now, "ended": None, "desk": None}
    await tx.execute(update(staff).where(staff.c.id == id).values(values))
    return f"{id}-{secret}"


async def link(tx: AsyncConnection, code: str, channel: str, address: str, now: datetime) -> Member | None:
    """Link this chat to the member of this code. None for one that is wrong, old or used: no more is told."""
    number, _, secret = plain(code).partition("-")
    row = await _invited(tx, number)
    if row is None or now - row.since > CODE_LASTS:
        return None
    if not compare_digest(row.code, hashed(secret)):
        await _wrong(tx, row)
        return None
    elsewhere = (staff.c.channel == channel, staff.c.address == address)
    await tx.execute(update(staff).where(*elsewhere).values(channel=None, address=None, desk=None))
    new = {"channel": channel, "address": address, "code": None, "desk": None, "since": now}
    await tx.execute(update(staff).where(staff.c.id == row.id).values(new))
    return await of_id(tx, row.id)


async def save_desk(tx: AsyncConnection, id: int, desk: str) -> None:
    await tx.execute(update(staff).where(staff.c.id == id).values(desk=desk or None))


async def end(tx: AsyncConnection, id: int, now: datetime) -> None:
    """No longer staff; the name stays, because what they did stays."""
    gone = {"ended": now, "channel": None, "address": None, "code": None, "desk": None}
    await tx.execute(update(staff).where(staff.c.id == id).values(gone))


async def set_role(tx: AsyncConnection, id: int, role: Role) -> None:
    await tx.execute(update(staff).where(staff.c.id == id).values(role=role))


async def rename(tx: AsyncConnection, id: int, name: str) -> bool:
    """False when somebody else has this name."""
    there = await named(tx, name)
    if there is not None:
        return there.id == id
    await tx.execute(update(staff).where(staff.c.id == id).values(name=name))
    return True


async def come_back(tx: AsyncConnection, id: int, now: datetime) -> None:
    """Staff again; how they signed in before is forgotten."""
    await tx.execute(update(staff).where(staff.c.id == id).values(ended=None, since=now))


async def move(tx: AsyncConnection, channel: str, old: str, new: str) -> None:
    """The chat has a new address. Where somebody is linked there already, they stay."""
    if await at(tx, channel, new) is None:
        here = (staff.c.channel == channel, staff.c.address == old)
        await tx.execute(update(staff).where(*here).values(address=new))


def plain(code: str) -> str:
    """A code as it may be typed: small letters, blanks in it."""
    return "".join(code.split()).upper()


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


async def _invited(tx: AsyncConnection, number: str) -> Row[Any] | None:
    """The member whom a code names, if a code is out for them."""
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        return None
    out = (staff.c.id == int(number), staff.c.code.is_not(None), staff.c.ended.is_(None))
    return (await tx.execute(select(staff).where(*out).with_for_update())).one_or_none()


async def _wrong(tx: AsyncConnection, row: Row[Any]) -> None:
    """Count the try where the desk will be; after the last the code is worth nothing."""
    desk = json.loads(row.desk) if row.desk else {}
    desk["wrong"] = desk.get("wrong", 0) + 1
    code = None if desk["wrong"] >= TRIES else row.code
    await tx.execute(update(staff).where(staff.c.id == row.id).values(desk=json.dumps(desk), code=code))


def member_of(row: Row[Any]) -> Member:
    """Of a row with all columns of staff, perhaps beside others."""
    return Member(
        row.id,
        row.name,
        row.role,
        row.channel or "",
        row.address or "",
        row.desk or "",
        row.since,
        row.ended,
        row.code is not None,
    )


_AT = select(staff).where(
    staff.c.channel == bindparam("of_channel"),
    staff.c.address == bindparam("of_address"),
    staff.c.ended.is_(None),
)
