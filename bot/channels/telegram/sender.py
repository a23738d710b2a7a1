"""A Say goes out to Telegram, and every way in which that fails gets its meaning."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import TelegramError

from bot.channels.telegram.drawing import Message, draw
from bot.channels.telegram.errors import AlreadySo, CannotRun, meaning
from bot.conversation.texts import Texts
from bot.failures import Gone, Refused, TryLater
from bot.model import Say
from bot.store.topics import TOPIC

REMEMBERED = 1000
"""Messages of several parts that are half sent; older ones would start again from their first part."""
HALTED = 60.0
"""Seconds that a message waits when the bot itself is refused: it stays planned while the process stops."""
LINK = re.compile(r"\w\.[a-z]{2}", re.IGNORECASE)
"""What Telegram may take for a web address, and show a picture of."""
NOT_THERE = "message to delete not found"
BROADCAST = "broadcast:"
"""How the keys of broadcasts begin (bot/messaging/broadcasts): only these are worth paying for."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramChannel:
    """The dispatcher's way to Telegram. It raises TryLater, Gone, Moved, Refused or Unsure, nothing else."""

    def __init__(self, bot: Bot, texts: Texts, halt: Callable[[CannotRun], None], paid: bool = False) -> None:
        self._paid = paid
        self._bot = bot
        self._texts = texts
        self._halt = halt
        self._gone_out: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    async def send(self, address: str, say: Say, key: str) -> str:
        """Send what has not gone out yet under this key; the last message's id comes back."""
        chat, topic = _chat(address), _topic(address)
        messages = draw(say, self._texts)
        for message in messages[len(self._gone_out.get(key, ())) :]:
            paid = self._paid and key.startswith(BROADCAST)
            self._note(key, await self._send((chat, topic), message, say.sensitive, paid))
        return self._gone_out.pop(key)[-1]

    async def edit(self, address: str, message: str, say: Say) -> None:
        """Other words for a message that was sent; one that had several parts has its last one changed."""
        drawn = draw(say, self._texts)[-1]
        if not isinstance(drawn.markup, InlineKeyboardMarkup | None):
            raise Refused("reply_markup")
        await self._change(
            self._bot.edit_message_text(
                drawn.text,
                chat_id=_chat(address),
                message_id=_message(message),
                reply_markup=drawn.markup,
                link_preview_options=NO_PREVIEW if LINK.search(drawn.text) else None,
            )
        )

    async def delete(self, address: str, message: str) -> None:
        """Take it away; Telegram lets a bot do that for 48 hours. What is gone already is gone."""
        topic = _topic(address) if message == TOPIC else None
        gone = (
            self._bot.delete_message(_chat(address), _message(message))
            if topic is None
            else self._bot.delete_forum_topic(_chat(address), topic)
        )
        try:
            await self._change(gone)
        except Refused as refused:
            if refused.args != (NOT_THERE,):
                raise

    async def _change(self, change: Awaitable[object]) -> None:
        try:
            await change
        except TelegramError as error:
            self._failed(meaning(error))

    async def _send(
        self, where: tuple[int, int | None], message: Message, sensitive: bool, paid: bool
    ) -> str:
        if not message.text:
            raise Refused("text is empty")
        try:
            sent = await self._bot.send_message(
                where[0],
                message.text,
                message_thread_id=where[1],
                reply_markup=message.markup,
                protect_content=sensitive or None,
                allow_paid_broadcast=paid or None,
                link_preview_options=NO_PREVIEW if LINK.search(message.text) else None,
            )
        except TelegramError as error:
            return self._failed(meaning(error))
        return str(sent.message_id)

    def _failed(self, failure: Exception) -> str:
        """Raised without its cause: the library's words may hold the token or the message."""
        if isinstance(failure, AlreadySo):
            return ""
        if isinstance(failure, CannotRun):
            self._halt(failure)
            raise TryLater(HALTED, everyone=True) from None
        raise failure from None

    def _note(self, key: str, message_id: str) -> None:
        self._gone_out[key] = (*self._gone_out.get(key, ()), message_id)
        if len(self._gone_out) > REMEMBERED:
            self._gone_out.popitem(last=False)


def _topic(address: str) -> int | None:
    topic = address.partition(":")[2]
    return int(topic) if topic.isascii() and topic.isdigit() else None


def _message(number: str) -> int:
    try:
        return int(number)
    except ValueError:
        raise Refused("no such message") from None


def _chat(address: str) -> int:
    """A topic of the staff's group is "<chat>:<topic>"."""
    try:
        return int(address.partition(":")[0])
    except ValueError:
        raise Gone from None
