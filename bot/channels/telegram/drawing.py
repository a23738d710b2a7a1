"""How a Say looks on Telegram: plain text in parts, buttons under the last."""

from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.channels.telegram import keyboard
from bot.channels.telegram.split import split
from bot.conversation.texts import Texts
from bot.model import Say


@dataclass(frozen=True, slots=True)
class Message:
    """One message as Telegram takes it."""

    text: str
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = None


def draw(say: Say, texts: Texts) -> tuple[Message, ...]:
    """The messages of a Say, in order."""
    text = "\n".join((say.text, *keyboard.lines(say.rows, say.text)))
    parts = tuple(Message(part) for part in split(text))
    buttons = keyboard.inline(say.rows)
    if not say.ask_location:
        return _under(parts, buttons)
    asking = keyboard.location(texts("telegram.share-location"))
    if buttons is None:
        return _under(parts, asking)
    # A message carries one keyboard only, and the answers must stay where the question is.
    return (*_under(parts, buttons), Message(texts("telegram.location-hint"), asking))


def _under(
    parts: tuple[Message, ...], markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None
) -> tuple[Message, ...]:
    return (*parts[:-1], replace(parts[-1], markup=markup))
