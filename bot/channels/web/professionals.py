"""Pages for colleagues, without a sign-in: approved answers to copy, what is near a place, a list to print.

What is typed comes by POST, so that it stands in no address, no history and no server's log.
"""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.forms import LONGEST, Posted, receive
from bot.channels.web.front import Front
from bot.channels.web.pages import NOBODY, Pages
from bot.channels.web.ports import Navigating
from bot.conversation import professionals
from bot.conversation.professionals import Nearby, in_full
from bot.conversation.world import World

LISTED = 4
"""Sessions and services of each kind on a list for a patient: more is more paper than anybody reads."""


class Professionals:
    """Nobody is known here, nothing is kept, and nothing that was typed is counted."""

    def __init__(self, navigator: Callable[[], Navigating], front: Front, pages: Pages) -> None:
        self._navigator = navigator
        self._front = front
        self._pages = pages

    async def start(self, request: Request) -> Response:
        return self._draw("professionals.html")

    async def answers(self, request: Request) -> Response:
        """The approved answers to what was asked; a red flag's card comes before them all."""
        posted = await self._asked(request)
        text, now = posted.text[:LONGEST], self._front.clock()
        if not text.strip():
            return self._draw("professionals.html", 422, mistake="question")
        if card := self._navigator().flagged_card(NOBODY, posted.text, now):
            return self._draw("professionals-answers.html", asked=text, card=card)
        looked = professionals.look_up(self._world, text, now.date())
        return self._draw("professionals-answers.html", asked=text, looked=looked)

    async def answer(self, request: Request) -> Response:
        """One answer, under an address that can be passed on."""
        self._front.hold_back(request)
        found = self._world.content.articles.get(request.path_params["id"])
        if found is None:
            raise HTTPException(404)
        one = professionals.approved(self._world, found, self._front.clock().date())
        return self._draw("professionals-answer.html", one=one)

    async def topics(self, request: Request) -> Response:
        self._front.hold_back(request)
        return self._draw("professionals-topics.html", topics=professionals.by_topic(self._world))

    async def near(self, request: Request) -> Response:
        """What is near; the second button of the same form makes the list to print."""
        posted = await self._asked(request)
        text, now = posted.text[:LONGEST], self._front.clock()
        if not text.strip():
            return self._draw("professionals.html", 422, mistake="place")
        if card := self._navigator().flagged_card(NOBODY, posted.text, now):
            return self._draw("professionals-answers.html", asked="", card=card)
        found = professionals.near(self._world, text, now)
        if not isinstance(found, Nearby):
            return self._draw("professionals-where.html", typed=text, where=found)
        if posted.tap:
            return self._list(found, large=posted.tap == "large", near=True)
        return self._draw("professionals-near.html", found=found, typed=text, near=True)

    async def area(self, request: Request) -> Response:
        self._front.hold_back(request)
        return self._draw("professionals-near.html", found=self._of_area(request), typed="", near=False)

    async def area_list(self, request: Request) -> Response:
        self._front.hold_back(request)
        return self._list(self._of_area(request), "large" in request.query_params, near=False)

    @property
    def _world(self) -> World:
        return self._navigator().world

    async def _asked(self, request: Request) -> Posted:
        self._front.hold_back(request)
        return await receive(request)

    def _of_area(self, request: Request) -> Nearby:
        found = professionals.in_area(self._world, request.path_params["area"], self._front.clock())
        if found is None:
            raise HTTPException(404)
        return found

    def _list(self, found: Nearby, large: bool, near: bool) -> Response:
        parts = (("in-person", found.in_person), ("at-home", found.at_home), ("services", found.services))
        listed = [(key, offers[:LISTED]) for key, offers in parts if offers]
        day = in_full(self._front.clock().date())
        return self._draw(
            "professionals-list.html", found=found, parts=listed, large=large, near=near, day=day
        )

    def _draw(self, template: str, status: int = 200, **shown: object) -> Response:
        content = self._world.content
        frame: dict[str, object] = {
            "mistake": "",
            "card": None,
            "looked": None,
            "areas": tuple(content.areas.values()),
            "links": [id for id in ("who-does-what", "staff-resources") if id in content.articles],
            "website": (self._world.local.website or "").rstrip("/"),
        }
        return self._pages.page(template, status, **{**frame, **shown})
