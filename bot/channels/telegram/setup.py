"""What people see before they write: commands and descriptions, written only when they changed."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count

import structlog
from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.connection import Line
from bot.channels.telegram.errors import BAD_ADDRESS, STRANGER, CannotRun, seconds
from bot.channels.telegram.poller import FIRST_WAIT, LONGEST_WAIT
from bot.channels.telegram.translate import WANTED
from bot.channels.telegram.webhook import PATH
from bot.conversation.texts import Texts

COMMANDS = (
    "start",
    "menu",
    "find",
    "sessions",
    "person",
    "back",
    "help",
    "glossary",
    "language",
    "mydata",
    "delete",
    "stop",
)
AT_ONCE = 40
TRIES = 3

Act = Callable[[], Awaitable[object]]

log = structlog.get_logger()


async def arrive(line: Line) -> None:
    """Learn our own name; waits while Telegram cannot be reached, and stops if it does not know the token."""
    try:
        await _until_done(line.initialize)
    except InvalidToken:
        raise CannotRun(STRANGER) from None


async def introduce(line: Line, texts: Texts) -> None:
    """Commands and descriptions, in English and in every language that has them, as far as we are let."""
    for language in texts.sentences:
        if "telegram.description" in texts.sentences[language]:
            own = Texts(texts.sentences, language, texts.values)
            code = None if language == "en" else language
            for part in (_commands, _description, _short_description):
                await _try(partial(part, line, own, code))


async def listen(line: Line, public_url: str | None, secret: str) -> None:
    """Tell Telegram where to bring updates, or that we fetch them. What people wrote meanwhile stays."""
    if public_url is None:
        await _try(partial(line.delete_webhook, drop_pending_updates=False))
        return
    try:
        await _until_done(partial(_hook, line, public_url.rstrip("/") + PATH, secret))
    except (BadRequest, InvalidToken):
        raise CannotRun(BAD_ADDRESS) from None


async def _hook(line: Line, url: str, secret: str) -> None:
    await line.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=WANTED,
        max_connections=AT_ONCE,
        drop_pending_updates=False,
    )


async def _commands(line: Line, texts: Texts, language: str | None) -> None:
    commands = tuple(BotCommand(name, texts(f"telegram.command.{name}")) for name in COMMANDS)
    if await line.get_my_commands(language_code=language) != commands:
        await line.set_my_commands(commands, language_code=language)


async def _description(line: Line, texts: Texts, language: str | None) -> None:
    words = texts("telegram.description")
    if (await line.get_my_description(language_code=language)).description != words:
        await line.set_my_description(words, language_code=language)


async def _short_description(line: Line, texts: Texts, language: str | None) -> None:
    words = texts("telegram.short-description")
    if (await line.get_my_short_description(language_code=language)).short_description != words:
        await line.set_my_short_description(words, language_code=language)


async def _try(act: Act) -> None:
    """What people can do without keeps nobody from being answered; the next start tries it again."""
    try:
        await _until_done(act, tries=TRIES)
    except TelegramError as error:
        log.warning("telegram.setup_left_out", why=type(error).__name__)


async def _until_done(act: Act, tries: int | None = None) -> None:
    """Again while the network or Telegram is busy: all of these may be done twice."""
    for attempt in count(1):
        try:
            await act()
            return
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            if attempt == tries:
                raise
            await asyncio.sleep(_pause(error, attempt))


def _pause(error: TelegramError, attempt: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds(error.retry_after)
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempt - 1, 10))
