"""`prehab staff …`: who is staff, what they may do, and how they come in: by link, or by code in a chat."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import clock
from bot.console.signin import inviting
from bot.settings import Settings
from bot.store import accounts, audit, staff
from bot.store.audit import COMMAND_LINE
from bot.store.engine import Store
from bot.store.migrations import migrate
from bot.store.staff import CODE_LASTS, ROLES, Member, Role

Result = TypeVar("Result")
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like one another; 32 of them, so that ten are 50 random bits."""
LENGTH = 10
LONGEST_NAME = 100
NEW_ROLE = "navigator"
"""Of who is invited without one."""


class Mistake(Exception):
    """What the operator typed cannot be done; the message says why."""


def add_command(settings: Settings, name: str, role: str) -> str:
    """A new member, and the code to link their chat."""
    return _in(settings, lambda tx, now: add(tx, name, role, secret(), now))


def invite_command(settings: Settings, name: str, role: str | None) -> str:
    """A link to the console, for a new member or for one who must choose anew how they sign in."""
    return _in(settings, lambda tx, now: invite(tx, settings, name, role, now))


def code_command(settings: Settings, name: str) -> str:
    """A new code for somebody who is staff already; an earlier code is worth nothing from now on."""
    return _in(settings, lambda tx, now: new_code(tx, name, secret(), now))


def end_command(settings: Settings, name: str) -> str:
    """No longer staff, from this moment on."""
    return _in(settings, lambda tx, now: end(tx, name, now))


def list_command(settings: Settings) -> Table:
    """Everybody, with their role and their link."""

    async def members(tx: AsyncConnection, now: datetime) -> Table:
        return table_of(await staff.every(tx), now)

    return _in(settings, members)


async def add(tx: AsyncConnection, name: str, role: str, secret: str, now: datetime) -> str:
    name, known = _good_name(name), _good_role(role)
    if (there := await staff.named(tx, name)) and there.ended is None:
        raise Mistake(f"'{name}' is staff already; for a new code: prehab staff code '{name}'")
    member = await _joined(tx, name, known, now)
    told = _told(name, await staff.invite(tx, member.id, secret, now))
    await _note(tx, "staff.add", member, now, role)
    return told


async def invite(tx: AsyncConnection, settings: Settings, name: str, role: str | None, now: datetime) -> str:
    name, known = _good_name(name), _good_role(role or NEW_ROLE)
    there = await staff.named(tx, name)
    if there and there.ended is None and role not in (None, there.role):
        raise Mistake(f"'{name}' is staff already, as {there.role}; an admin changes that in the console")
    member = there if there and there.ended is None else await _joined(tx, name, known, now)
    link = await inviting.link(tx, settings, member, COMMAND_LINE, now)
    told = f"A link for {name} ({member.role}), for 24 hours and one use:"
    return f"{told}\n\n    {link}\n\nGive it to them yourself; whoever opens it first is {name} to us."


async def new_code(tx: AsyncConnection, name: str, secret: str, now: datetime) -> str:
    member = await _known(tx, name)
    told = _told(member.name, await staff.invite(tx, member.id, secret, now))
    await _note(tx, "staff.code", member, now)
    return told


async def end(tx: AsyncConnection, name: str, now: datetime) -> str:
    member = await _known(tx, name)
    await accounts.leave(tx, member.id, now)
    await _note(tx, "staff.end", member, now)
    return f"{member.name} is not staff any more; their chat is an ordinary one again."


def _good_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise Mistake(f"a name has 1 to {LONGEST_NAME} characters")
    return name


def _good_role(role: str) -> Role:
    if role not in ROLES:
        raise Mistake(f"there is no role '{role}'; there are: {', '.join(ROLES)}")
    return role


async def _joined(tx: AsyncConnection, name: str, role: Role, now: datetime) -> Member:
    member = await inviting.joined(tx, name, role, now)
    if member is None:
        raise Mistake(f"'{name}' has just been added by somebody else")
    return member


async def _note(tx: AsyncConnection, what: str, member: Member, now: datetime, detail: str = "") -> None:
    await audit.add(tx, COMMAND_LINE, what, f"staff:{member.id}", now, detail)


def table_of(members: Iterable[Member], now: datetime) -> Table:
    table = Table(title="Staff", title_justify="left")
    for name in ("name", "role", "chat", "since"):
        table.add_column(name)
    for row in _rows(members, now):
        table.add_row(*row)
    return table


def _rows(members: Iterable[Member], now: datetime) -> Iterator[tuple[str, ...]]:
    for one in members:
        yield one.name, one.role, _standing(one, now), f"{one.since:%d %b %Y}"


def _standing(member: Member, now: datetime) -> str:
    if member.ended:
        return "ended"
    if member.address:
        return f"linked on {member.channel}"
    if not member.invited:
        return "no code; make one"
    return "code is out" if now - member.since <= CODE_LASTS else "code is too old; make one"


async def _known(tx: AsyncConnection, name: str) -> Member:
    member = await staff.named(tx, " ".join(name.split()))
    if member is None or member.ended:
        raise Mistake(f"nobody called '{name}' is staff; see: prehab staff list")
    return member


def _told(name: str, code: str) -> str:
    hours = int(CODE_LASTS.total_seconds() // 3600)
    return (
        f"A code for {name}, for {hours} hours and one use. They type this to the bot on Telegram:\n\n"
        f"    /link {code}\n\nGive it to them yourself; whoever types it is {name} to us."
    )


def secret() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _in(
    settings: Settings, work: Callable[[AsyncConnection, datetime], Coroutine[Any, Any, Result]]
) -> Result:
    """Do it in one transaction on this deployment's database."""

    async def done() -> Result:
        await migrate(settings.database)
        store = Store(settings.database)
        try:
            async with store.write() as tx:
                return await work(tx, clock.now())
        finally:
            await store.close()

    return asyncio.run(done())
