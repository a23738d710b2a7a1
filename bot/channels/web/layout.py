"""Turns the words of a message into paragraphs, bullets and links; a template draws them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from bot.model import Button, Say

BULLET = re.compile(r"^\s*[-•*]\s+")
WEB = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]")
PHONE = re.compile(r"(?<![\d.,£/-])(?:999|111|116 ?\d{3}|0\d{2,4}(?: ?\d{2,4}){2,3})(?![\d/-]|[.,]\d)")
LINK = re.compile(f"{WEB.pattern}|{PHONE.pattern}")
FLAGGED = ("emergency", "crisis", "urgent", "concern")
HEADED = (*FLAGGED, "page")
SCHEMES = ("https:", "tel:")
OWN = re.compile(r"/print|/plan|/calendar/[a-z0-9-]{1,40}/\d{10}\.ics", re.ASCII)
"""Pages and files of ours that a button may lead to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and where they lead if they are a link."""

    text: str
    url: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list with one bullet a line."""

    kind: Literal["paragraph", "bullets"]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready for the template. A card's first line is its heading."""

    look: str
    heading: Line
    blocks: tuple[Block, ...]
    rows: tuple[tuple[Button, ...], ...]
    ask_location: bool


def draw(say: Say) -> Drawn:
    first, _, rest = say.text.partition("\n")
    headed = say.look in HEADED
    text = rest if headed else say.text
    rows = tuple(row for row in (tuple(b for b in row if safe(b)) for row in say.rows) if row)
    return Drawn(say.look, pieces(first) if headed else (), tuple(blocks(text)), rows, say.ask_location)


def safe(button: Button) -> bool:
    """A link of any other kind (`javascript:`) is not shown."""
    return not button.url or button.url.startswith(SCHEMES) or bool(OWN.fullmatch(button.url))


def blocks(text: str) -> Iterator[Block]:
    """An empty line ends a paragraph; lines with a dash are one list."""
    for kind, group in groupby(text.strip().split("\n"), _kind):
        lines = tuple(pieces(BULLET.sub("", line)) for line in group)
        if kind != "gap":
            yield Block("bullets" if kind == "bullets" else "paragraph", lines)


def _kind(line: str) -> str:
    if not line.strip():
        return "gap"
    return "bullets" if BULLET.match(line) else "paragraph"


def pieces(line: str) -> Line:
    """The words of a line, with web addresses and phone numbers as links."""
    found: list[Piece] = []
    end = 0
    for match in LINK.finditer(line):
        found += [Piece(line[end : match.start()]), Piece(match[0], _url(match[0]))]
        end = match.end()
    return tuple(piece for piece in [*found, Piece(line[end:])] if piece.text)


def _url(words: str) -> str:
    return words if words.startswith("http") else f"tel:{words.replace(' ', '')}"
