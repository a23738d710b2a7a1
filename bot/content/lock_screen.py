"""What no locked phone may show: words about health, in reminders and in the messages of programmes."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.content.shapes import Shape, Words

POSSESSIVE = re.compile(r"['’‘`]s\b")


class LockScreenFile(Shape):
    """knowledge/lock-screen.yaml"""

    words: tuple[Words, ...]
    """A word with * at its end stands for all that begin so; several words for these words in a row."""


@dataclass(frozen=True, slots=True)
class LockScreen:
    """The list of one content."""

    words: tuple[str, ...] = ()

    def blocked(self, text: str) -> tuple[str, ...]:
        """The words of this text that may not be there, as they stand in it; none when it may be shown."""
        pattern = _pattern(self.words)
        return tuple(found[0].strip() for found in pattern.finditer(_plain(text))) if pattern else ()


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    # The longest first, so that "cancer centre" is told as a whole.
    forms = sorted((_form(word) for word in words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)")


def _form(word: str) -> str:
    inside = r"\s+".join(re.escape(part) for part in _plain(word.rstrip("*")).split())
    return inside + r"\w*" if word.endswith("*") else inside


def _plain(text: str) -> str:
    """Small letters without accents; hyphens are blanks, and the 's of a name is joined to it."""
    small = POSSESSIVE.sub("s", unicodedata.normalize("NFKD", text).casefold())
    return "".join(_letters(small))


def _letters(text: str) -> Iterator[str]:
    for letter in text:
        if not unicodedata.combining(letter):
            yield " " if letter in "-‐‑–_/" else letter
