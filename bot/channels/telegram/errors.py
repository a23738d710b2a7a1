"""What an error of Telegram means for a message: try later, gone, moved, refused, or nobody knows."""

from collections.abc import Iterator
from datetime import timedelta

import aiohttp
import httpcore
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.failures import Gone, Moved, Refused, TryLater, Unsure

# httpx's own exceptions say less: with its aiohttp transport a connection that was cut *after* the message
# went out is a ConnectTimeout. So the exception beneath decides.
NEVER_SENT = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.ProxyError,
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
)
NO_SUCH_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
KNOWN_REFUSALS = (
    "too long",
    "message to edit not found",
    "message to delete not found",
    "be edited",
    "be deleted",
    "text is empty",
    "button_data_invalid",
    "button_url_invalid",
    "reply_markup",
)
FLOOD = "too many requests"


class CannotRun(Exception):
    """Telegram will not work until the operator has changed something; the sentence says what."""


STRANGER = "Telegram does not know this bot: set TELEGRAM_BOT_TOKEN to what @BotFather gave you."
BAD_ADDRESS = "Telegram refuses NAVIGATOR_PUBLIC_URL: it must be https and reachable from the internet."
RIVAL = "Another process already fetches this bot's messages: stop one, or use a webhook for several."


class AlreadySo(Exception):
    """Telegram would change nothing: what we wanted is there."""


def meaning(error: TelegramError) -> Exception:
    """The one table of what can go wrong with a message, and what it tells the sender to do."""
    match error:
        case RetryAfter():
            return TryLater(seconds(error.retry_after), everyone=True)
        case Forbidden():
            return Gone()
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case BadRequest():
            return _refusal(error.message.lower())
        case InvalidToken() | Conflict():
            return CannotRun(STRANGER if isinstance(error, InvalidToken) else RIVAL)
    return _network(error)


def seconds(wait: float | timedelta) -> float:
    """python-telegram-bot is about to change the type of `retry_after`; either will do."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _refusal(description: str) -> Exception:
    if "not modified" in description:
        return AlreadySo()
    if any(known in description for known in NO_SUCH_CHAT):
        return Gone()
    # The description itself may quote the message, so only its kind is kept.
    return Refused(next((known for known in KNOWN_REFUSALS if known in description), "bad request"))


def _network(error: TelegramError) -> Exception:
    """BadRequest and TimedOut are NetworkErrors too, so the class alone decides nothing: the cause does."""
    if FLOOD in error.message.lower():
        return TryLater(1.0, everyone=True)
    if any(isinstance(cause, NEVER_SENT) for cause in _causes(error)):
        return TryLater()
    return Unsure()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
