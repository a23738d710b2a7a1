"""What comes of a message in every way that Telegram can fail, over real HTTP on loopback."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from io import StringIO

import pytest

from bot.channels.telegram.connection import Line, Patience, connect
from bot.channels.telegram.errors import RIVAL, STRANGER, CannotRun
from bot.channels.telegram.redact import RedactingFormatter
from bot.channels.telegram.sender import TelegramChannel
from bot.conversation.texts import Texts
from bot.failures import Gone, Moved, Refused, TryLater, Unsure
from bot.model import Button, Say
from tests.telegram.emulator import TOKEN, FakeTelegram, Fault, FaultsInTurn, flood

HELLO = Say("Hello")
PACES = pytest.mark.parametrize("pace", [28.0, 1000.0], ids=["httpx", "aiohttp"])
Opened = Callable[[str, float], Line]


class Halts(list[CannotRun]):
    """Why the process was told to stop."""


@pytest.fixture
def halts() -> Halts:
    return Halts()


@pytest.fixture
def channel(line: Line, texts: Texts, halts: Halts) -> TelegramChannel:
    return TelegramChannel(line, texts, halts.append)


async def failure(channel: TelegramChannel, say: Say = HELLO, address: str = "501") -> Exception:
    with pytest.raises(Exception) as raised:
        await channel.send(address, say, "k1")
    return raised.value if isinstance(raised.value, Exception) else AssertionError("not an exception")


def status(code: int, description: str, **parameters: object) -> Fault:
    return Fault("status", False, code, description, parameters)


async def test_a_message_arrives_as_it_was_written(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    message_id = await channel.send("501", Say("2 < 3 & *so* _on_ <b>", ((Button("Yes", "c:menu"),),)), "k1")
    [message] = telegram.delivered
    assert (message.text, message_id) == ("2 < 3 & *so* _on_ <b>", str(message.message_id))
    assert message.markup == {"inline_keyboard": [[{"text": "Yes", "callback_data": "c:menu"}]]}


async def test_links_show_no_preview_and_sensitive_words_cannot_be_passed_on(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    await channel.send("501", Say("See www.nhs.uk/conditions"), "k1")
    await channel.send("501", Say("Your answers", sensitive=True), "k2")
    assert [message.protected for message in telegram.delivered] == [False, True]
    assert [message.previews_off for message in telegram.delivered] == [True, False]


async def test_after_a_flood_everyone_waits_as_long_as_telegram_says(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", flood(3))
    error = await failure(channel)
    assert isinstance(error, TryLater)
    assert (error.seconds, error.everyone) == (3.0, True)


async def test_a_flood_without_a_time_waits_too(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.faults = FaultsInTurn("sendMessage", status(429, "Too Many Requests: retry later"))
    error = await failure(channel)
    assert isinstance(error, TryLater) and error.everyone


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (status(403, "Forbidden: bot was blocked by the user"), Gone),
        (status(403, "Forbidden: user is deactivated"), Gone),
        (status(400, "Bad Request: chat not found"), Gone),
        (status(400, "Bad Request: can't parse entities"), Refused),
        (status(400, "Bad Request: message is too long"), Refused),
        (status(502, "Bad Gateway"), Unsure),
        (status(500, "Internal Server Error"), Unsure),
    ],
)
async def test_an_answer_of_telegram_has_one_meaning(
    channel: TelegramChannel, telegram: FakeTelegram, fault: Fault, kind: type[Exception]
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", fault)
    assert type(await failure(channel)) is kind


async def test_a_chat_that_moved_tells_its_new_address(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    fault = status(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007)
    telegram.faults = FaultsInTurn("sendMessage", fault)
    error = await failure(channel)
    assert isinstance(error, Moved) and error.address == "-1007"


async def test_what_is_already_so_is_no_failure(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.faults = FaultsInTurn("sendMessage", status(400, "Bad Request: message is not modified"))
    assert await channel.send("501", HELLO, "k1") == ""


@pytest.mark.parametrize(("code", "sentence"), [(401, STRANGER), (404, STRANGER), (409, RIVAL)])
async def test_a_refused_bot_halts_and_keeps_the_message_for_later(
    channel: TelegramChannel, telegram: FakeTelegram, halts: Halts, code: int, sentence: str
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", status(code, "Unauthorized"))
    error = await failure(channel)
    assert isinstance(error, TryLater) and error.everyone
    assert [str(halt) for halt in halts] == [sentence]
    assert TOKEN not in repr(halts)


@PACES
@pytest.mark.parametrize("kind", ["late", "cut"])
async def test_when_no_answer_comes_nobody_knows(
    telegram: FakeTelegram, lines: Opened, texts: Texts, pace: float, kind: str
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", Fault(kind, done=True))  # type: ignore[arg-type]
    channel = TelegramChannel(lines(telegram.url, pace), texts, Halts().append)
    assert type(await failure(channel)) is Unsure
    assert len(telegram.delivered) == 1


@PACES
async def test_a_connection_cut_before_it_was_read_is_in_doubt_as_well(
    telegram: FakeTelegram, lines: Opened, texts: Texts, pace: float
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", None, Fault("cut"))
    channel = TelegramChannel(lines(telegram.url, pace), texts, Halts().append)
    await channel.send("501", HELLO, "k0")
    assert type(await failure(channel)) is Unsure


@PACES
async def test_a_message_that_never_left_is_sent_again(lines: Opened, texts: Texts, pace: float) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        channel = TelegramChannel(
            lines(f"http://127.0.0.1:{closed.getsockname()[1]}", pace), texts, Halts().append
        )
        error = await failure(channel)
    assert isinstance(error, TryLater) and not error.everyone


@PACES
async def test_a_message_that_found_no_free_connection_is_sent_again(
    telegram: FakeTelegram, texts: Texts, pace: float
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", Fault("late"))
    narrow = connect(TOKEN, telegram.url, pace, Patience(answer=0.6, connect=0.3, pool=0.05), width=1)
    channel = TelegramChannel(narrow, texts, Halts().append)
    sends = (channel.send(chat, HELLO, chat) for chat in ("501", "502"))
    results = await asyncio.gather(*sends, return_exceptions=True)
    await narrow.hang_up()
    assert [type(result) for result in results] == [Unsure, TryLater]


@pytest.mark.parametrize("address", ["", "anne", "12.5"])
async def test_an_address_that_is_none_is_gone(channel: TelegramChannel, address: str) -> None:
    assert type(await failure(channel, address=address)) is Gone


async def test_an_empty_message_is_refused_before_it_leaves(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    assert type(await failure(channel, Say(" \n"))) is Refused
    assert telegram.calls == []


async def test_a_long_message_goes_on_where_it_stopped(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    long = Say("first " * 600 + "\n\n" + "second " * 500, ((Button("Yes", "a"),),))
    telegram.faults = FaultsInTurn("sendMessage", None, flood(1))
    assert isinstance(await failure(channel, long), TryLater)
    await channel.send("501", long, "k1")
    assert [message.text[:6] for message in telegram.delivered] == ["first ", "second"]
    assert ["inline_keyboard" in message.markup for message in telegram.delivered] == [False, True]


@pytest.fixture
async def logged() -> AsyncIterator[StringIO]:
    """Everything that is logged, at the chattiest level, as our formatter writes it."""
    written, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(RedactingFormatter(logging.Formatter("%(name)s %(message)s")))
    names = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio")
    before = {name: logging.getLogger(name).level for name in names}
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    for name in names:
        logging.getLogger(name).setLevel(before[name])


async def test_no_token_is_logged_even_at_debug(
    channel: TelegramChannel, telegram: FakeTelegram, logged: StringIO
) -> None:
    telegram.faults = FaultsInTurn("sendMessage", None, status(401, "Unauthorized"), Fault("cut"))
    await channel.send("501", HELLO, "k1")
    await failure(channel)
    await failure(channel)
    logging.getLogger("test").exception("failed", exc_info=ValueError(f"https://x/bot{TOKEN}/getMe"))
    assert "sendMessage" in logged.getvalue()
    assert TOKEN.partition(":")[2] not in logged.getvalue()
