"""The conversation: a form comes in, the service answers, and the page or only the new part goes out."""

import math
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.forms import LONGEST, Posted, receive
from bot.channels.web.front import Front
from bot.channels.web.gates import Reply, Visit, refused
from bot.channels.web.pages import NOBODY, Pages, View
from bot.channels.web.ports import Answering, Navigating
from bot.channels.web.visitors import Visitor, nonce
from bot.model import Arrival, Event, Opened, Person, Say

CHANNEL = "web"
SHOWN = 20
"""Our earlier messages that a page shows again."""
FRAGMENT = "x-fragment"
"""The page's script sends this header, and gets only what is new."""


class Chat:
    """Takes what a browser sends to the service and back; keeps nothing of it."""

    def __init__(
        self, service: Answering, navigator: Callable[[], Navigating], front: Front, pages: Pages
    ) -> None:
        self._service = service
        self._navigator = navigator
        self._front = front
        self._pages = pages

    async def person(self, visitor: Visitor) -> Person:
        return NOBODY if visitor.fresh else await self._service.person(CHANNEL, visitor.id)

    async def recent(self, visitor: Visitor) -> tuple[Say, ...]:
        return () if visitor.fresh else await self._service.recent(CHANNEL, visitor.id, SHOWN)

    async def listens(self, visitor: Visitor, person: Person) -> int | None:
        """Where a page begins to ask for the team's answers; None where nobody writes with the team."""
        return (await self._service.pushed(CHANNEL, visitor.id, None)).newest if person.relay else None

    async def news(self, request: Request) -> Response:
        """What has come since the page was drawn; 204 when nothing has."""
        self._front.hold_back(request)
        visitor, after = self._front.visitor(request), request.query_params.get("after", "")
        if visitor.fresh or not (after.isascii() and after.isdigit() and len(after) <= 15):
            return Response(status_code=204)
        person = await self.person(visitor)
        pushed = await self._service.pushed(CHANNEL, visitor.id, int(after))
        if person.relay and not pushed.says:
            return Response(status_code=204)
        news = pushed.newest if person.relay else None
        view = View(person, self._front.visitors.token(visitor), says=pushed.says, news=news)
        return self._pages.fragment(view)

    async def open(self, visitor: Visitor, payload: str) -> tuple[Say, ...]:
        """Someone came, perhaps by a leaflet's link."""
        return await self._handle(visitor, nonce(), ("opened",), Opened(payload))

    async def post(self, request: Request) -> Response:
        """Someone wrote, pressed a button or shared where they are."""
        request.state.posted = posted = await receive(request)
        visitor = self._front.visitor(request)
        visit = Visit(
            visitor,
            await self.person(visitor),
            posted,
            ours=self._front.ours(request, visitor, posted),
            wait=self._front.wait(request, visitor),
            now=self._front.clock(),
        )
        reply = refused(self._navigator(), visit) or await self._answer(visit)
        return await self._show(request, visit, reply)

    def mistaken(self, request: Request) -> Response:
        """Our own bug: a kind line with the numbers, or the card if there was a red flag."""
        posted = getattr(request.state, "posted", Posted())
        navigator, visitor = self._navigator(), self._front.visitor(request)
        card = navigator.flagged_card(NOBODY, posted.text, self._front.clock())
        says = (card or navigator.our_mistake(NOBODY),)
        view = View(token=self._front.visitors.token(visitor), says=says, draft=posted.text)
        return self._front.remember(visitor, self._draw(request)(view, 500))

    async def _answer(self, visit: Visit) -> Reply:
        posted, event = visit.posted, visit.posted.event
        if event is None:
            return Reply(empty=True)
        says = await self._handle(visit.visitor, posted.nonce or nonce(), posted.content, event)
        if not posted.whole:
            says += (self._say(visit, "web.too-long"),)
        # Answers that are erased cannot be shown a second time; silence would look like a fault.
        return Reply(says or (self._say(visit, "web.again"),))

    def _say(self, visit: Visit, key: str) -> Say:
        return Say(self._navigator().texts_for(visit.person)(key))

    async def _handle(
        self, visitor: Visitor, mark: str, content: tuple[str, ...], event: Event
    ) -> tuple[Say, ...]:
        update = self._front.visitors.update(visitor, mark, *content)
        return await self._service.handle(Arrival(CHANNEL, visitor.id, update, event))

    async def _show(self, request: Request, visit: Visit, reply: Reply) -> Response:
        # Asked again, because the answer may have changed the language, or begun a talk with the team.
        person = await self.person(visit.visitor)
        news = await self.listens(visit.visitor, person)
        earlier = () if FRAGMENT in request.headers else await self.recent(visit.visitor)
        view = View(
            person=person,
            token=self._front.visitors.token(visit.visitor),
            earlier=_before(earlier, reply.says),
            echo=self._echo(visit, (*earlier, *reply.says)) if reply.taken else "",
            says=reply.says,
            draft="" if reply.taken else visit.posted.text,
            empty=reply.empty,
            news=news,
        )
        response = self._draw(request)(view, reply.status)
        if visit.wait:
            response.headers["retry-after"] = str(math.ceil(visit.wait))
        return self._front.remember(visit.visitor, response)

    def _draw(self, request: Request) -> Callable[[View, int], Response]:
        return self._pages.fragment if FRAGMENT in request.headers else self._pages.chat

    def _echo(self, visit: Visit, says: tuple[Say, ...]) -> str:
        """What the person did, in words; a button's words stand on the button."""
        posted = visit.posted
        if posted.tap:
            buttons = (button for say in says for row in say.rows for button in row)
            return next((button.label for button in buttons if button.code == posted.tap), "")
        if posted.where:
            return self._navigator().texts_for(visit.person)("web.located")
        return posted.text if len(posted.text) <= LONGEST else f"{posted.text[:LONGEST]} …"


def _before(earlier: tuple[Say, ...], says: tuple[Say, ...]) -> tuple[Say, ...]:
    """What was said before this turn: the store already knows this turn's words too."""
    known = set(says)
    tail = next(
        (n for n, say in enumerate(reversed(earlier)) if n == len(says) or say not in known), len(earlier)
    )
    return earlier[: len(earlier) - tail]
