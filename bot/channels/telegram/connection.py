"""The line to Telegram's Bot API, with time-outs that leave few messages in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram.translate import WANTED
from bot.messaging.dispatcher import IN_FLIGHT

WIDE = 128
"""With an answer after 60 ms, 1,100 messages a second."""
FAST = 100.0
"""Above this pace httpx's own transport is the brake (about 300 messages a second, measured); below it,
it is the better one: it also finds its way through a proxy named in the environment."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. A long `answer` leaves few messages in doubt; `poll` is how long Telegram holds a question.

    The first three together stay under the dispatcher's SEND_SECONDS, which knows less about the failure.
    """

    answer: float = 16.0
    connect: float = 3.0
    pool: float = 1.0
    poll: int = 25


class Line(Bot):
    """python-telegram-bot's Bot, which can also fetch updates as they were written."""

    async def updates(self, offset: int | None, wait: int, answer: float) -> list[object]:
        """Raw updates: one that the library cannot read must not block those behind it."""
        asked: dict[str, object] = {"timeout": wait, "allowed_updates": list(WANTED)}
        if offset is not None:
            asked["offset"] = offset
        found: object = await self._post("getUpdates", asked, read_timeout=wait + answer)
        return found if isinstance(found, list) else []

    async def hang_up(self) -> None:
        """Both connections, whether we ever introduced ourselves or not."""
        for request in self._request:
            await request.shutdown()


def width_at(pace: float) -> int:
    """How many requests may be under way at once: at a high pace more, for each takes its time."""
    return WIDE if pace > FAST else IN_FLIGHT


def connect(
    token: str, api: str, pace: float = 29.5, patience: Patience | None = None, width: int | None = None
) -> Line:
    """A line that is not yet used."""
    patience, width = patience or Patience(), width or width_at(pace)
    base = api.rstrip("/")
    return Line(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=_request(patience, width, fast=pace > FAST),
        get_updates_request=_request(patience, 1, fast=False),
    )


def _request(patience: Patience, width: int, *, fast: bool) -> HTTPXRequest:
    limits = httpx.Limits(max_connections=width, max_keepalive_connections=width, keepalive_expiry=15)
    kwargs: Mapping[str, object] = {"transport": AiohttpTransport(limits=limits)} if fast else {}
    return HTTPXRequest(
        connection_pool_size=width,
        read_timeout=patience.answer,
        write_timeout=patience.answer,
        connect_timeout=patience.connect,
        pool_timeout=patience.pool,
        httpx_kwargs=dict(kwargs),
    )
