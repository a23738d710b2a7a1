"""Telegram brings an update to our address: 200 is said only when it is stored."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.connection import Line
from bot.channels.telegram.intake import Doors, Intake
from bot.channels.telegram.webhook import HEADER, LARGEST, PATH, route
from bot.model import Said
from tests.telegram.builders import update
from tests.telegram.inbox import Inbox

SECRET = "s3cret-of_the-webhook"
JSON = "application/json"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def caller(line: Line, inbox: Inbox) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[route(Intake(Doors(inbox.accept, inbox.standing), line), SECRET)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield client


async def post(
    caller: httpx.AsyncClient, body: bytes, secret: bytes = SECRET.encode(), kind: str = JSON
) -> int:
    headers = {HEADER.encode(): secret, b"content-type": kind.encode()}
    return (await caller.post(PATH, content=body, headers=headers)).status_code


HELLO = json.dumps(update({"text": "hello"})).encode()


async def test_an_update_is_stored_and_then_acknowledged(caller: httpx.AsyncClient, inbox: Inbox) -> None:
    assert (await post(caller, HELLO), inbox.events) == (200, [Said("hello")])


async def test_an_update_brought_twice_is_stored_once(caller: httpx.AsyncClient, inbox: Inbox) -> None:
    assert [await post(caller, HELLO), await post(caller, HELLO)] == [200, 200]
    assert len(inbox.rows) == 1


async def test_an_update_that_could_not_be_stored_is_not_acknowledged(
    caller: httpx.AsyncClient, inbox: Inbox
) -> None:
    inbox.out_of_order = 1
    assert await post(caller, HELLO) == 503


@pytest.mark.parametrize("secret", [b"", b"wrong", SECRET.encode() + b"x", "ключ".encode(), b"\xff\xfe"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    caller: httpx.AsyncClient, inbox: Inbox, secret: bytes
) -> None:
    assert (await post(caller, HELLO, secret), inbox.rows) == (403, {})


async def test_a_call_without_any_secret_is_turned_away(caller: httpx.AsyncClient) -> None:
    assert (await caller.post(PATH, content=HELLO)).status_code == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (HELLO, "application/json; charset=utf-8", 200),
        (HELLO, "text/plain", 415),
        (b"{", JSON, 400),
        (b"\xff\xfe\x00", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'"' + b"x" * LARGEST + b'"', JSON, 413),
        (b"null", JSON, 200),
        (b"[1, 2]", JSON, 200),
        (b"", JSON, 400),
    ],
)
async def test_any_body_gets_an_ordinary_status(
    caller: httpx.AsyncClient, body: bytes, kind: str, status: int
) -> None:
    assert await post(caller, body, kind=kind) == status


async def test_only_posts_are_taken(caller: httpx.AsyncClient) -> None:
    assert (await caller.get(PATH)).status_code == 405


def test_without_a_secret_there_is_no_webhook(line: Line, inbox: Inbox) -> None:
    with pytest.raises(ValueError, match="secret"):
        route(Intake(Doors(inbox.accept), line), "")
