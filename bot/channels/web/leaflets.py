"""What codes on paper lead to: the page with the ways in; and the screen of a waiting room."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.forms import clean
from bot.channels.web.front import Front
from bot.channels.web.limits import Limiter
from bot.channels.web.pages import Pages
from bot.channels.web.ports import Answering, Navigating
from bot.conversation.world import World
from bot.leaflet_links import Leaflet, Purpose, Wish, read_short_code
from bot.leaflets.addresses import link_of
from bot.leaflets.doorway import FRONT, doorway, payload_of, signed
from bot.leaflets.qr import svg
from bot.leaflets.screen import CODES, slides

AGAIN = "private, max-age=600"
"""The way back to this page is not another scan."""
DRAWN = "public, max-age=3600"
SCANS, SCANS_AGAIN = 60, 1 / 30
"""Scans that one address adds to the figures at once, and a second: enough for a waiting room."""


class Leaflets:
    """Knows nothing of who scans: no cookie is read or given."""

    def __init__(
        self, service: Answering, navigator: Callable[[], Navigating], front: Front, pages: Pages
    ) -> None:
        self._service = service
        self._navigator = navigator
        self._front = front
        self._pages = pages
        self._scans = Limiter(burst=SCANS, per_second=SCANS_AGAIN)

    async def landing(self, request: Request) -> Response:
        """What the code is for, and the ways in. A code that nobody knows leads to the front door."""
        world, code = self._navigator().world, clean(request.path_params["code"])
        self._front.hold_back(request)
        leaflet = await self._leaflet(world, code)
        if leaflet.id and _is_a_look(request) and self._front.counts(request, self._scans):
            await self._service.scanned(leaflet, self._front.clock().astimezone(world.directory.zone).date())
        page = doorway(world, leaflet, payload_of(world, leaflet, code))
        response = self._pages.spoken("landing.html", page.language, page=page)
        response.headers["cache-control"] = AGAIN
        return response

    async def screen(self, request: Request) -> Response:
        """The slides of an area, one shown; without scripts, the page turns itself."""
        world, area = self._navigator().world, request.path_params["area"]
        if area not in world.content.areas:
            raise HTTPException(404)
        language = _language(world, request)
        codes = {purpose: await self._code(area, purpose, language) for purpose in CODES}
        shown = slides(world, (area, language), codes, self._website(request), self._front.clock())
        number = _number(request, len(shown))
        stopped = "stop" in request.query_params
        return self._pages.spoken(
            "screen.html", language, slides=shown, number=number, area=area, stopped=stopped
        )

    async def code(self, request: Request) -> Response:
        """The QR code of a slide."""
        world, area, purpose = self._navigator().world, request.path_params["area"], _purpose(request)
        if area not in world.content.areas or purpose is None:
            raise HTTPException(404)
        leaflet = await self._code(area, purpose, _language(world, request))
        drawn = svg(link_of(self._website(request), world.local.leaflets, leaflet))
        return Response(drawn, media_type="image/svg+xml", headers={"cache-control": DRAWN})

    async def _leaflet(self, world: World, code: str) -> Leaflet:
        if (said := signed(world, code)) is not None:
            return said
        number = read_short_code(code)
        return (await self._service.leaflet(number) if number else None) or FRONT

    async def _code(self, area: str, purpose: Purpose, language: str) -> Leaflet:
        return await self._service.screen_leaflet(
            Wish(purpose, area=area, language=language, kind="screen", large=True)
        )

    def _website(self, request: Request) -> str:
        return self._navigator().world.local.website or str(request.base_url)


def _is_a_look(request: Request) -> bool:
    """Not a program that only asks whether the page is there, nor a browser that reads ahead."""
    ahead = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return request.method == "GET" and "prefetch" not in ahead


def _language(world: World, request: Request) -> str:
    language = world.content.languages.get(request.query_params.get("language", "en"))
    return language.id if language and language.enabled else "en"


def _number(request: Request, count: int) -> int:
    """Which slide, from 1."""
    asked = request.query_params.get("slide", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    return number if 1 <= number <= count else 1


def _purpose(request: Request) -> Purpose | None:
    return next((one for one in CODES if one == request.path_params["purpose"]), None)
