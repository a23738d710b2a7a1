"""The buttons under a message, within Telegram's rules. What cannot be a button becomes a line of text."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.model import Button, Rows

SCHEME = re.compile("^(tel|sms):")
IN_A_ROW = 8
IN_ALL = 100
CODE_BYTES = 64
LABEL = 100
LINE = 34
"""Characters of labels that fit side by side on a small phone; more, and each button gets its own row."""


def inline(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons that Telegram takes, or None when there are none."""
    kept: list[list[InlineKeyboardButton]] = []
    left = IN_ALL
    for row in _narrow(rows):
        buttons = [_button(button) for button in row][:left]
        left -= len(buttons)
        kept += [buttons] if buttons else []
    return InlineKeyboardMarkup(kept) if kept else None


def lines(rows: Rows, text: str) -> tuple[str, ...]:
    """A number to phone has no button here: it is said with its label, unless the text has it already."""
    spoken = (button for row in rows for button in row if button.url and not _opens(button.url))
    return tuple(_line(button) for button in spoken if not _said(_number(button), text))


def location(label: str) -> ReplyKeyboardMarkup:
    """The one button that only a reply keyboard can be: it asks the phone where it is."""
    button = KeyboardButton(label[:CODE_BYTES], request_location=True)
    return ReplyKeyboardMarkup([[button]], one_time_keyboard=True, resize_keyboard=True)


def _narrow(rows: Rows) -> Iterator[tuple[Button, ...]]:
    for row in rows:
        usable = tuple(button for button in row if button.label.strip() and _works(button))
        wide = sum(len(button.label) for button in usable) > LINE
        yield from _chunks(usable, 1 if wide else IN_A_ROW)


def _chunks(row: tuple[Button, ...], size: int) -> Iterable[tuple[Button, ...]]:
    return (row[start : start + size] for start in range(0, len(row), size))


def _works(button: Button) -> bool:
    if button.url:
        return _opens(button.url)
    return 1 <= len(button.code.encode("utf-8", "replace")) <= CODE_BYTES


def _opens(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(c.isspace() for c in url)


def _button(button: Button) -> InlineKeyboardButton:
    label = button.label if len(button.label) <= LABEL else button.label[: LABEL - 1] + "…"
    if button.url:
        return InlineKeyboardButton(label, url=button.url)
    return InlineKeyboardButton(label, callback_data=button.code)


def _line(button: Button) -> str:
    number = _number(button)
    return button.label if _said(number, button.label) else f"{button.label}: {number}"


def _said(number: str, text: str) -> bool:
    return re.search(r"\s?".join(map(re.escape, number)), text) is not None


def _number(button: Button) -> str:
    """Of "tel:111" or "sms:85258?body=…", what the person has to dial."""
    return SCHEME.sub("", button.url).partition("?")[0]
