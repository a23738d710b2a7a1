"""Puts the web chat together: routes, headers, and a kind page for whatever goes wrong."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from traceback import extract_tb

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.channels.web.calendars import Calendars
from bot.channels.web.chat import Chat
from bot.channels.web.front import Front
from bot.channels.web.headers import Headers, headers
from bot.channels.web.leaflets import Leaflets
from bot.channels.web.pages import STATIC, Pages
from bot.channels.web.papers import Papers
from bot.channels.web.ports import Answering, Navigating
from bot.channels.web.professionals import Professionals
from bot.channels.web.site import Site
from bot.clock import Clock
from bot.settings import Settings

Endpoint = Callable[[Request], Awaitable[Response]]
Row = tuple[str, Endpoint, str]
"""A path, who answers it, and the method."""
log = structlog.get_logger()


def app(
    service: Answering,
    navigator: Callable[[], Navigating],
    settings: Settings,
    clock: Clock,
    extra_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """The whole web chat; `extra_routes` (Telegram's webhook) share the server, not the forms' rules."""
    front, pages = Front(settings, clock), Pages(navigator)
    chat = Chat(service, navigator, front, pages)
    always = headers(front.secure)
    site, papers = Site(chat, navigator, front, pages), Papers(service, navigator, front, pages)
    calendars, colleagues = Calendars(service, navigator, front), Professionals(navigator, front, pages)
    doors = Leaflets(service, navigator, front, pages)
    own = (
        *_routes(chat, site, papers, calendars),
        *_for_professionals(colleagues),
        ("/l/{code}", doors.landing, "GET"),
        ("/screen/{area}", doors.screen, "GET"),
        ("/screen/{area}/{purpose}.svg", doors.code, "GET"),
    )
    routes = [*_guarded(own, chat), Mount("/static", Files(directory=STATIC)), *extra_routes]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Headers, always=always)],
        exception_handlers={HTTPException: _wrong(pages), Exception: _ready(pages, always)},
    )


def _routes(chat: Chat, site: Site, papers: Papers, calendars: Calendars) -> tuple[Row, ...]:
    return (
        ("/", site.start, "GET"),
        ("/chat", chat.post, "POST"),
        ("/chat", site.back, "GET"),
        ("/news", chat.news, "GET"),
        ("/about", site.about, "GET"),
        ("/print", papers.latest, "GET"),
        ("/plan", papers.plan, "GET"),
        ("/p/{token}", papers.linked, "GET"),
        ("/calendar/{session}/{stamp}.ics", calendars.file, "GET"),
        ("/clear", site.clear, "POST"),
        ("/leave", site.leave, "GET"),
        ("/healthz", site.healthz, "GET"),
    )


def _for_professionals(pages: Professionals) -> tuple[Row, ...]:
    return (
        ("/professionals", pages.start, "GET"),
        ("/professionals/answers", pages.answers, "POST"),
        ("/professionals/answers", pages.topics, "GET"),
        ("/professionals/answers/{id}", pages.answer, "GET"),
        ("/professionals/near", pages.near, "POST"),
        ("/professionals/near", pages.start, "GET"),
        ("/professionals/areas/{area}", pages.area, "GET"),
        ("/professionals/areas/{area}/list", pages.area_list, "GET"),
    )


def _guarded(table: Iterable[Row], chat: Chat) -> Iterator[BaseRoute]:
    for path, endpoint, method in table:
        yield Route(path, _kept_safe(endpoint, chat), methods=[method])


class Files(StaticFiles):
    """Our styles and script. Their address changes with their content, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _kept_safe(endpoint: Endpoint, chat: Chat) -> Endpoint:
    async def safe(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (HTTPException, ClientDisconnect):
            raise
        except Exception as error:
            # The error's message may hold what a person wrote, so only its kind and place are logged.
            log.error("web.mistake", kind=type(error).__name__, where=_where(error))
            return chat.mistaken(request)

    return safe


def _where(error: Exception) -> str:
    last = extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _wrong(pages: Pages) -> Callable[[Request, Exception], Response]:
    def wrong(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        response = pages.error(error.status_code)
        response.headers.update(error.headers or {})
        return response

    return wrong


def _ready(pages: Pages, always: Mapping[str, str]) -> Callable[[Request, Exception], Response]:
    """Drawn while all is well, so that it still stands when nothing else does."""
    page = pages.error(500).body

    def ready(request: Request, error: Exception) -> Response:
        return HTMLResponse(page, 500, headers=always)

    return ready
