"""The porch before the console's door: pages for somebody whom nobody knows yet, each guarded alike."""

import asyncio
import math
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hmac import compare_digest
from typing import Literal, TypeAlias

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channels.web.limits import Limiter, address
from bot.channels.web.visitors import from_our_page
from bot.console import drawing, forms
from bot.console.door import HOME, secure, token_for
from bot.console.office import Office, Refusal

log = structlog.get_logger(__name__)
OURS = re.compile(r"/staff(/[\w.~@:%=+-]+)*", re.ASCII)
NOT_BACK_TO = ("/staff/sign-in", "/staff/sign-out", "/staff/invited")
AT_ONCE = 2
"""Passwords that are checked at the same time: each takes 64 MB and a processor."""


@dataclass(frozen=True)
class Porch:
    """One for a process. An address may be a whole hospital: 30 tries at once, then one every 2 seconds."""

    office: Office
    pace: Limiter = field(default_factory=lambda: Limiter(burst=30, per_second=0.5))
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


@dataclass(frozen=True, slots=True)
class Caller:
    """One request of somebody who has not signed in. `token` stands in every form of their browser."""

    request: Request
    cookie: str
    token: str
    now: datetime
    form: Mapping[str, str] = field(default_factory=dict)


Do: TypeAlias = Callable[[Porch, Caller], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Step:
    """A page before the door, or a form's target. The path begins after /staff."""

    path: str
    method: Literal["GET", "POST"]
    do: Do


def open_to_all(porch: Porch, step: Step) -> Callable[[Request], Awaitable[Response]]:
    """The page with its guard: our own form, an ordinary size, not too fast."""

    async def endpoint(request: Request) -> Response:
        caller = _caller(porch.office, request)
        try:
            response = await step.do(porch, await _checked(porch, step, caller))
        except Refusal as refusal:
            log.info("console.refused", why=refusal.key, page=step.path)
            response = turned_away(porch.office, refusal.key, refusal.status, **refusal.values)
        except (HTTPException, ClientDisconnect):
            raise
        except Exception as error:
            # The error's message may hold what a person wrote, so only its kind is logged.
            log.error("console.mistake", kind=type(error).__name__, page=step.path)
            response = turned_away(porch.office, "our-mistake", 500)
        return _remembered(porch.office, caller, response)

    return endpoint


def turned_away(office: Office, key: str, status: int, **values: str) -> Response:
    """Why it cannot be done, in a sentence (console.refused.<key>)."""
    return drawing.bare(office, "signin-refused.html", status, why=f"console.refused.{key}", values=values)


def keep_pace(porch: Porch, caller: Caller) -> None:
    """Raises Refusal when too much comes from this address."""
    wait = porch.pace.wait(address(caller.request, porch.office.settings.trusted_proxies), caller.now)
    if wait:
        raise Refusal("too-fast", 429, seconds=str(math.ceil(wait)))


def own_path(then: str) -> str:
    """Where to go afterwards: only to a page of the console, whatever a link says."""
    # A browser reads %2e as a point.
    above = ".." in then.lower().replace("%2e", ".")
    good = OURS.fullmatch(then) and not then.startswith(NOT_BACK_TO) and not above
    return then if good else HOME


def set_note(office: Office, response: Response, name: str, sealed: str) -> None:
    """A short-lived cookie between two steps of a sign-in. Lax: single sign-on comes back from elsewhere."""
    response.set_cookie(named(office, name), sealed, httponly=True, samesite="lax", secure=secure(office))


def clear_note(office: Office, response: Response, name: str) -> None:
    response.delete_cookie(named(office, name), httponly=True, samesite="lax", secure=secure(office))


def note(office: Office, request: Request, name: str) -> str:
    return request.cookies.get(named(office, name), "")


def named(office: Office, name: str) -> str:
    """The prefix makes browsers refuse a cookie of this name that another site or plain http has set."""
    return f"__Host-staff-{name}" if secure(office) else f"staff-{name}"


def _caller(office: Office, request: Request) -> Caller:
    cookie = note(office, request, "before") or secrets.token_urlsafe(24)
    return Caller(request, cookie, token_for(office, cookie), office.clock())


async def _checked(porch: Porch, step: Step, caller: Caller) -> Caller:
    """With the form read, if it is one of ours. Raises Refusal."""
    if step.method == "GET":
        return caller
    keep_pace(porch, caller)
    form = {name: values[-1] for name, values in (await forms.receive(caller.request)).items()}
    ours = compare_digest(form.get("token", "").encode(), caller.token.encode())
    if not (ours and from_our_page(caller.request, porch.office.website.partition("://")[2])):
        raise Refusal("not-ours", 403)
    return replace(caller, form=form)


def _remembered(office: Office, caller: Caller, response: Response) -> Response:
    if caller.request.cookies.get(named(office, "before")) != caller.cookie:
        set_note(office, response, "before", caller.cookie)
    return response
