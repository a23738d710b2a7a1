"""The console's door: who comes in, whether our own page sent the form, and whether they may."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.visitors import from_our_page
from bot.console import drawing, forms
from bot.console.office import Office, Page, Refusal, Visit
from bot.staff.rights import may
from bot.store import audit, signins
from bot.store.signins import SEEN_EVERY, SignedIn

log = structlog.get_logger(__name__)
HOME = "/staff"
SIGN_IN = "/staff/sign-in"


def cookie_of(office: Office) -> str:
    """The prefix makes browsers refuse a cookie of this name that another site or plain http has set."""
    return "__Host-staff" if secure(office) else "staff"


def secure(office: Office) -> bool:
    return (office.settings.public_url or "").startswith("https://")


def let_in(office: Office, response: Response, token: str) -> None:
    """Give the browser its cookie. Lax, because a link in a message comes from elsewhere."""
    response.set_cookie(cookie_of(office), token, httponly=True, samesite="lax", secure=secure(office))


def show_out(office: Office, response: Response) -> None:
    response.delete_cookie(cookie_of(office), httponly=True, samesite="lax", secure=secure(office))


def token_for(office: Office, cookie: str) -> str:
    """What stands in every form of this browser; only a page of ours knows it."""
    secret = office.settings.secret.get_secret_value() if office.settings.secret else ""
    return hmac.digest(secret.encode(), f"console {cookie}".encode("utf-8", "replace"), "sha256").hex()[:32]


def guarded(office: Office, page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page behind its door. Rights are looked up at every request: a role may have been taken away."""

    async def endpoint(request: Request) -> Response:
        now = office.clock()
        signed_in = await known(office, request, now)
        if signed_in is None:
            return _to_sign_in(request)
        visit = _visit(office, request, signed_in, now)
        try:
            return await page.do(office, await _checked(office, page, visit))
        except Refusal as refusal:
            return await refused(office, visit, refusal)
        except (HTTPException, ClientDisconnect):
            raise
        except Exception as error:
            # The error's message may hold what a person wrote, so only its kind is logged.
            log.error("console.mistake", kind=type(error).__name__, page=page.path)
            return drawing.wrong(office, visit, "our-mistake", 500)

    return endpoint


async def known(office: Office, request: Request, now: datetime) -> SignedIn | None:
    """Who is signed in in this browser. Opening a page counts as being there; a page that asks for its own
    moving part does not, or an open page would stay signed in with nobody before it."""
    cookie = request.cookies.get(cookie_of(office), "")
    if not cookie:
        return None
    async with office.store.read() as tx:
        found = await signins.find(tx, cookie, now)
    by_itself = drawing.FRAGMENT in request.headers
    if found is not None and now - found.seen > SEEN_EVERY and not by_itself:
        async with office.store.write() as tx:
            await signins.seen(tx, found.id, now)
    return found


def _visit(office: Office, request: Request, signed_in: SignedIn, now: datetime) -> Visit:
    token = token_for(office, request.cookies.get(cookie_of(office), ""))
    return Visit(request, signed_in.member, signed_in.id, token, now)


async def _checked(office: Office, page: Page, visit: Visit) -> Visit:
    """With the form read, if it is one of ours. Raises Refusal."""
    if not may(visit.member.role, page.right):
        raise Refusal("no-right", 403, role=visit.member.role)
    if page.method == "GET":
        return visit
    several = await forms.receive(visit.request)
    form = {name: values[-1] for name, values in several.items()}
    ours = hmac.compare_digest(form.get("token", "").encode(), visit.token.encode())
    if not (ours and from_our_page(visit.request, office.website.partition("://")[2])):
        raise Refusal("not-ours", 403)
    return replace(visit, form=form, several=several)


async def refused(office: Office, visit: Visit, refusal: Refusal) -> Response:
    """A sentence for them; what looks like an attack also stands in the audit log."""
    log.info("console.refused", why=refusal.key, page=visit.request.url.path[:80])
    if refusal.status in (403, 413, 415):
        async with office.store.write() as tx:
            about = visit.request.url.path
            await audit.add(tx, visit.who, "refused", about[:100], visit.now, refusal.key)
    return drawing.wrong(office, visit, refusal.key, refusal.status, **refusal.values)


def _to_sign_in(request: Request) -> Response:
    """Back to the same page afterwards, if it is one that can be opened again."""
    after = request.url.path if request.method == "GET" else HOME
    return RedirectResponse(f"{SIGN_IN}?then={quote(after)}", 303)
