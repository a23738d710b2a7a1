"""The pages around the conversation: arriving, what we keep, clearing and leaving."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.channels.web.chat import Chat
from bot.channels.web.forms import clean, receive
from bot.channels.web.front import Front
from bot.channels.web.pages import NOBODY, Pages, View
from bot.channels.web.ports import Navigating
from bot.leaflet_links import PAYLOAD


class Site:
    """Everything that is not a message."""

    def __init__(self, chat: Chat, navigator: Callable[[], Navigating], front: Front, pages: Pages) -> None:
        self._chat = chat
        self._navigator = navigator
        self._front = front
        self._pages = pages

    async def start(self, request: Request) -> Response:
        """The chat on arrival: our latest messages, or the welcome."""
        if request.method == "HEAD":
            return Response()
        self._front.hold_back(request)
        visitor = self._front.visitor(request)
        if "start" in request.query_params:
            # The address without the payload is what stays in the history, and a reload asks nothing again.
            await self._chat.open(visitor, clean(request.query_params["start"])[:PAYLOAD])
            return self._front.remember(visitor, RedirectResponse("/#latest", 303))
        # Asked before what is shown, so that nothing falls between the two.
        news = await self._chat.listens(visitor, await self._chat.person(visitor))
        earlier = await self._chat.recent(visitor)
        says = () if earlier else await self._chat.open(visitor, "")
        token = self._front.visitors.token(visitor)
        view = View(await self._chat.person(visitor), token, earlier, says=says, news=news)
        return self._front.remember(visitor, self._pages.chat(view))

    async def back(self, request: Request) -> Response:
        """The address of a posted form, entered by hand."""
        return RedirectResponse("/", 303)

    async def about(self, request: Request) -> Response:
        return self._pages.about(await self._chat.person(self._front.visitor(request)))

    async def clear(self, request: Request) -> Response:
        """The next page belongs to somebody new: nobody can read this chat again from this browser."""
        posted, visitor = await receive(request), self._front.visitor(request)
        if not self._front.ours(request, visitor, posted):
            raise HTTPException(403)
        return self._forgetting(RedirectResponse("/", 303))

    async def leave(self, request: Request) -> Response:
        """The quick exit is a link, so that it works without scripts and asks nothing first."""
        return self._forgetting(RedirectResponse(self._navigator().texts_for(NOBODY)("web.exit-to"), 303))

    async def healthz(self, request: Request) -> Response:
        return PlainTextResponse("ok")

    def _forgetting(self, response: Response) -> Response:
        self._front.visitors.forget(response)
        return response
