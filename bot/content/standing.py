"""Where each thing that authors have dated stands: its file and line, its review, whether it is a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from bot.content.files import File, Files

Noun: TypeAlias = Literal["article", "contact", "word", "service", "session", "programme", "flow"]

NOUNS: dict[str, Noun] = {
    "articles": "article",
    "contacts": "contact",
    "glossary": "word",
    "services": "service",
    "sessions": "session",
    "programmes": "programme",
    "flows": "flow",
}
"""By the kind of file (see bot/content/kinds.py)."""
ITEM = re.compile(r"^( *)- *id: *([a-z0-9][a-z0-9-]*)")
BEGINS = {
    "programmes": re.compile(r"^()programme: *([a-z0-9][a-z0-9-]*)"),
    "flows": re.compile(r"^()flow: *([a-z0-9][a-z0-9-]*)"),
}
"""Where one begins, for files that are one thing as a whole; in all others it is an ITEM."""
TELLS = re.compile(r"""(?:^|[\s{,])(review|status): *["']?([\w-]+)""")


@dataclass(frozen=True, slots=True)
class Standing:
    """`line` counts from 1. A flow has no review."""

    noun: Noun
    id: str
    path: str
    line: int
    review: date | None = None
    draft: bool = False


def standing(files: Files) -> tuple[Standing, ...]:
    """Everything with a review or a draft mark, in the order of the files.

    Read line by line: the whole reader takes seconds, and a page of the console may not. What is not
    written as `prehab check` and our own editor write it is left out.
    """
    return tuple(one for file in files.files if file.kind.name in NOUNS for one in _in(file))


def _in(file: File) -> Iterator[Standing]:
    lines = file.raw.decode("utf-8", "replace").splitlines()
    begin = BEGINS.get(file.kind.name, ITEM)
    begins = [(number, found) for number, line in enumerate(lines) if (found := begin.match(line))]
    if not begins:
        return
    # Messages and steps have ids, too, but stand further in than what they belong to.
    outermost = min(len(found[1]) for _, found in begins)
    own = [(number, found) for number, found in begins if len(found[1]) == outermost]
    ends = [number for number, _ in own[1:]] + [len(lines)]
    for (number, found), end in zip(own, ends, strict=True):
        told: dict[str, str] = {}
        for line in lines[number:end]:
            if "review:" in line or "status:" in line:
                told = dict(TELLS.findall(line)) | told
        yield Standing(
            NOUNS[file.kind.name],
            found[2],
            f"{file.kind.folder}/{file.place}",
            number + 1,
            _day(told.get("review", "")),
            told.get("status") == "draft",
        )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
