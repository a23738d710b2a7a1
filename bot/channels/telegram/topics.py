"""Making a topic in the staff's group; what can go wrong is told in the sender's words."""

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.errors import CannotRun, meaning
from bot.failures import Refused

LONGEST = 128
"""Characters of a topic's name."""


class TelegramTopics:
    """Raises TryLater (surely not made), Gone, Moved, Refused or Unsure (nobody knows)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def make(self, chat: str, title: str) -> str:
        """The address of the new topic: "<chat>:<topic>"."""
        try:
            made = await self._bot.create_forum_topic(int(chat), title[:LONGEST])
        except TelegramError as error:
            failure = meaning(error)
            # Without its cause: the library's words may hold the token.
            raise (Refused("bot") if isinstance(failure, CannotRun) else failure) from None
        return f"{chat}:{made.message_thread_id}"
