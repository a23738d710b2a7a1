"""The file behind "Add to calendar". It says when and where, and nothing about who asked for it."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.front import Front
from bot.channels.web.pages import NOBODY
from bot.channels.web.ports import Answering, Navigating
from bot.conversation.session_buttons import read_stamp
from bot.directory.ics import calendar_file

KIND = "text/calendar; charset=utf-8"


class Calendars:
    """One date of one session, as it stands now: asked for again, it updates the event of before."""

    def __init__(self, service: Answering, navigator: Callable[[], Navigating], front: Front) -> None:
        self._service = service
        self._navigator = navigator
        self._front = front

    async def file(self, request: Request) -> Response:
        self._front.hold_back(request)
        date = read_stamp(request.path_params["session"], request.path_params["stamp"])
        if date is None:
            raise HTTPException(404)
        now, changed = self._front.clock(), await self._service.changed(date)
        event = self._navigator().calendar(NOBODY, date, changed, now)
        if event is None:
            raise HTTPException(404)
        named = {"content-disposition": 'attachment; filename="session.ics"'}
        return Response(calendar_file(event, now), headers=named, media_type=KIND)
