"""A long text in parts that Telegram takes: cut between paragraphs, else sentences, else words."""

import re

LIMIT = 4096
"""UTF-16 code units, as Telegram counts: most emoji are 2."""
ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))
UNSENDABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Half a surrogate pair or a NUL would fail the whole message."""
    return UNSENDABLE.sub("\ufffd", text).strip()


def split(text: str, limit: int = LIMIT) -> tuple[str, ...]:
    """At least one part, none over the limit, no character broken."""
    parts: list[str] = []
    rest = clean(text)
    while _units(rest) > limit:
        room = _fitting(rest, limit)
        cut = _cut(rest, room)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*parts, rest) if rest or not parts else tuple(parts)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _fitting(text: str, limit: int) -> int:
    """How many whole characters fit: a character over U+FFFF takes 2 units."""
    return len(text.encode("utf-16-le", "replace")[: 2 * limit].decode("utf-16-le", "ignore"))


def _cut(text: str, room: int) -> int:
    """Where to cut: the last good end in the second half of what fits, or wherever it is full."""
    for end in ENDS:
        places = [found.start() for found in end.finditer(text, room // 2, room + 1)]
        if places:
            return places[-1]
    return room
