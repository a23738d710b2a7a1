"""The moment when somebody is let in: a fresh cookie, the old one worth nothing, and a row in the log."""

import secrets

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import RedirectResponse, Response

from bot.console.door import HOME, cookie_of, let_in
from bot.console.office import Office
from bot.console.signin.porch import Caller
from bot.store import audit, signins
from bot.store.audit import PROGRAM, Who
from bot.store.staff import Member

PAGE = Who(PROGRAM, "sign-in page")
"""Who writes that somebody was refused: it is not known who they were."""


async def start(office: Office, tx: AsyncConnection, caller: Caller, member: Member, how: str) -> str:
    """Sign them in; what this browser held before is over. The new cookie."""
    await signins.end_of(tx, caller.request.cookies.get(cookie_of(office), ""))
    cookie = secrets.token_urlsafe(32)
    await signins.start(tx, member.id, cookie, how, caller.now)
    await audit.add(tx, Who(member.id, member.name), "signin", about(member.id), caller.now, how)
    return cookie


def welcome(office: Office, cookie: str, then: str = HOME) -> Response:
    response = RedirectResponse(then, 303)
    let_in(office, response, cookie)
    return response


async def turn_away(tx: AsyncConnection, caller: Caller, whom: str, how: str) -> None:
    """`whom`: "staff:3", or what is not known; never what was typed."""
    await audit.add(tx, PAGE, "signin.refused", whom, caller.now, how)


def about(member: int) -> str:
    """How the audit log names a member of staff."""
    return f"staff:{member}"
