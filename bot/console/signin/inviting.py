"""Makes the one-time links of staff: for a colleague, and for the first admin of a new deployment."""

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.signin import addresses
from bot.settings import Settings
from bot.store import accounts, audit, invitations, staff
from bot.store.audit import PROGRAM, Who
from bot.store.staff import Member, Role

FIRST = "First admin"
"""A name until its owner types their own."""
HERE = Who(PROGRAM, "start of the program")


async def link(tx: AsyncConnection, settings: Settings, member: Member, who: Who, now: datetime) -> str:
    """A fresh link for this member, who is unlocked with it; an earlier link is worth nothing then."""
    token = secrets.token_urlsafe(32)
    await accounts.unlock(tx, member.id)
    await invitations.make(tx, member.id, token, now)
    await audit.add(tx, who, "staff.invite", f"staff:{member.id}", now, member.role)
    return addresses.link(settings, f"/invited/{token}")


async def joined(tx: AsyncConnection, name: str, role: Role, now: datetime) -> Member | None:
    """A new member, or one who comes back; None where somebody of this name is staff already."""
    there = await staff.named(tx, name)
    if there is None:
        return await staff.add(tx, name, role, now)
    if there.ended is None:
        return None
    await staff.come_back(tx, there.id, now)
    await staff.set_role(tx, there.id, role)
    return await staff.of_id(tx, there.id)


async def first_admin(tx: AsyncConnection, settings: Settings, now: datetime) -> str:
    """A link for whoever has the machine, as long as no admin can sign in; else ""."""
    if await accounts.admins(tx):
        return ""
    member = await _first(tx, now)
    return await link(tx, settings, member, HERE, now) if member else ""


def is_first(member: Member) -> bool:
    """Whether they still have to say who they are."""
    return member.name == FIRST


async def _first(tx: AsyncConnection, now: datetime) -> Member | None:
    there = await staff.named(tx, FIRST)
    if there is None or there.ended:
        return await joined(tx, FIRST, "admin", now)
    await staff.set_role(tx, there.id, "admin")
    return there
