"""Nothing secret reaches a log: tokens are cut out of every line, and chatty libraries are hushed."""

import logging
import re
from collections.abc import Iterable

from structlog.typing import EventDict, WrappedLogger

# No \b in front: in "bot123:abc" there is no border between "t" and "1".
TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
INSTEAD = "<token>"
CHATTY = ("httpx", "httpcore", "telegram", "aiohttp", "hpack", "aiosqlite")
"""At DEBUG they write addresses with the token in them, or what people wrote."""


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without anything that looks like a bot's token, and without these secrets."""
    for secret in secrets:
        text = text.replace(secret, INSTEAD) if secret else text
    return TOKEN.sub(INSTEAD, text)


class RedactingFormatter(logging.Formatter):
    """Puts the last hand to a line, traceback and all, after another formatter has made it."""

    def __init__(self, inner: logging.Formatter | None = None, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._inner = inner or logging.Formatter()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._inner.format(record), self._secrets)


def redact_event(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """A structlog processor: stands last before the renderer, after tracebacks have become text."""
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}


def hush() -> None:
    """Whatever level is set: libraries that would write addresses or messages only warn."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
