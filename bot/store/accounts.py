"""How members of staff sign in to the console: password and authenticator, or single sign-on; and locks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import staff as members
from bot.store.tables import accounts, invitations, passkeys, signins, staff


class Account(NamedTuple):
    """`password` is an Argon2 hash, `totp` a sealed secret; both None for other ways to sign in."""

    staff: int
    password: str | None
    totp: str | None
    totp_step: int
    failures: int
    locked_until: datetime | None
    sso: str | None
    changed: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """What somebody chose to sign in by; nothing at all is a passkey, which stands in its own table."""

    password: str | None = None
    totp: str | None = None
    totp_step: int = 0
    sso: str | None = None


async def of(tx: AsyncConnection, member: int, lock: bool = False) -> Account | None:
    """The account of a member; `lock` holds it until the transaction is over."""
    found = select(*(accounts.c[name] for name in Account._fields)).where(accounts.c.staff == member)
    row = (await tx.execute(found.with_for_update() if lock else found)).one_or_none()
    return Account(*row) if row else None


async def every(tx: AsyncConnection) -> Mapping[int, Account]:
    """By member."""
    rows = await tx.execute(select(*(accounts.c[name] for name in Account._fields)))
    return {row.staff: Account(*row) for row in rows}


async def of_sso(tx: AsyncConnection, sso: str) -> int | None:
    """Whom single sign-on calls this."""
    found = select(accounts.c.staff).where(accounts.c.sso == sso)
    return (await tx.execute(found)).scalar_one_or_none()


async def choose(tx: AsyncConnection, member: int, way: Way, now: datetime) -> bool:
    """From now on only this way; earlier ones, and every sign-in, are over. False: the SSO is another's."""
    await _forget(tx, member)
    row = {"staff": member, "password": way.password, "totp": way.totp, "totp_step": way.totp_step}
    try:
        async with tx.begin_nested():
            await tx.execute(insert(accounts).values(row | {"sso": way.sso, "changed": now}))
    except IntegrityError:
        return False
    return True


async def set_password(tx: AsyncConnection, member: int, password: str, now: datetime | None = None) -> None:
    """`now` where it is another password, and not only another hash of the same one."""
    values: dict[str, object] = {"password": password} | ({"changed": now} if now else {})
    await tx.execute(update(accounts).where(accounts.c.staff == member).values(values))


async def set_authenticator(tx: AsyncConnection, member: int, totp: str, step: int, now: datetime) -> None:
    values = {"totp": totp, "totp_step": step, "changed": now}
    await tx.execute(update(accounts).where(accounts.c.staff == member).values(values))


async def failed(tx: AsyncConnection, member: int, failures: int, locked_until: datetime | None) -> None:
    values: dict[str, object] = {"failures": failures, "locked_until": locked_until}
    await tx.execute(update(accounts).where(accounts.c.staff == member).values(values))


async def came_in(tx: AsyncConnection, member: int, step: int) -> bool:
    """Note the step of the code that let them in; False when it has been used meanwhile."""
    unused = (accounts.c.staff == member, accounts.c.totp_step < step)
    values = {"totp_step": step, "failures": 0, "locked_until": None}
    return (await tx.execute(update(accounts).where(*unused).values(values))).rowcount == 1


async def unlock(tx: AsyncConnection, member: int) -> None:
    await failed(tx, member, 0, None)


async def admins(tx: AsyncConnection, lock: bool = False) -> list[int]:
    """Admins who can sign in; with `lock` nobody else changes who they are until the transaction is over."""
    found = select(staff.c.id).join(accounts, accounts.c.staff == staff.c.id)
    found = found.where(staff.c.role == "admin", staff.c.ended.is_(None)).order_by(staff.c.id)
    held = found.with_for_update(of=staff, key_share=True) if lock else found
    return list((await tx.execute(held)).scalars())


async def leave(tx: AsyncConnection, member: int, now: datetime) -> None:
    """No longer staff: their chat, account, passkeys, links and sign-ins are over at once."""
    await members.end(tx, member, now)
    await _forget(tx, member)
    await tx.execute(delete(invitations).where(invitations.c.staff == member))


async def _forget(tx: AsyncConnection, member: int) -> None:
    for table in (passkeys, signins, accounts):
        await tx.execute(delete(table).where(table.c.staff == member))
