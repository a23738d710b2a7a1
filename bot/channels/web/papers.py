"""Someone's own pages for printing: the last page a flow made, and their plan."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.chat import CHANNEL
from bot.channels.web.front import Front
from bot.channels.web.pages import Pages
from bot.channels.web.ports import Answering, Navigating
from bot.conversation.planning import WEB_PLAN, WEB_PRINT
from bot.model import Person


class Papers:
    """Shown to the browser that made them, or by a signed link; to anyone else they are not there."""

    def __init__(
        self, service: Answering, navigator: Callable[[], Navigating], front: Front, pages: Pages
    ) -> None:
        self._service = service
        self._navigator = navigator
        self._front = front
        self._pages = pages

    async def latest(self, request: Request) -> Response:
        """The page that a flow showed last."""
        return await self._of_visitor(request, WEB_PRINT)

    async def plan(self, request: Request) -> Response:
        return await self._of_visitor(request, WEB_PLAN)

    async def linked(self, request: Request) -> Response:
        """A page behind a signed link, as Telegram's messages hold them."""
        self._front.hold_back(request)
        read = self._navigator().page_of_link(request.path_params["token"], self._front.clock())
        person = await self._service.person_of(read[1]) if read else None
        if read is None or person is None:
            raise HTTPException(404)
        return await self._sheet(read[0], person)

    async def _of_visitor(self, request: Request, path: str) -> Response:
        visitor = self._front.visitor(request)
        if visitor.fresh:
            return RedirectResponse("/", 303)
        return await self._sheet(path, await self._service.person(CHANNEL, visitor.id))

    async def _sheet(self, path: str, person: Person) -> Response:
        navigator, today = self._navigator(), self._front.clock().date()
        say = navigator.plan_page(person) if path == WEB_PLAN else await self._service.last_page(person.id)
        if say is None:
            raise HTTPException(404)
        return self._pages.sheet(person, say, today)
