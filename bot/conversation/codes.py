"""The codes of buttons: what a tap says, in 64 bytes. They come back from outside and may be forged."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Target: TypeAlias = Literal[
    "command",
    "article",
    "more",
    "flow",
    "sessions",
    "reply",
    "page",
    "language",
    "drop",
    "word",
    "letter",
    "feedback",
    "booking",
    "programme",
]

LETTERS: dict[str, Target] = {
    "c": "command",
    "a": "article",
    "m": "more",
    "w": "flow",
    "s": "sessions",
    "r": "reply",
    "p": "page",
    "l": "language",
    "x": "drop",
    "g": "word",
    "i": "letter",
    "h": "feedback",
    "b": "booking",
    "k": "programme",
}
"""The letter z is the staff desk's: see bot/staff/codes.py."""
ROOM = 64
SHAPE = re.compile(r"([a-z]):([A-Za-z0-9=;:_-]{0,62})", re.ASCII)
RUN = re.compile(r"(\d{1,6}):(\d{1,4}):([a-z0-9-]{1,40})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """What was tapped: the kind of target and its name."""

    target: Target
    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An option (or page) of a question: which run, which visit, which option."""

    run: int
    visit: int
    option: str


def write(target: Target, name: str) -> str:
    """The code of a button; an over-long one is a mistake of ours that `prehab check` has refused."""
    letter = next(letter for letter, known in LETTERS.items() if known == target)
    code = f"{letter}:{name}"
    if len(code.encode()) > ROOM:
        raise ValueError(f"a button's code is longer than {ROOM} bytes: {code}")
    return code


def read(code: str) -> Code | None:
    """The target of a tapped code, or None for one that is not ours."""
    found = SHAPE.fullmatch(code)
    if found is None or found[1] not in LETTERS:
        return None
    return Code(LETTERS[found[1]], found[2])


def reply_name(run: int, visit: int, option: str) -> str:
    return f"{run}:{visit}:{option}"


def read_reply(name: str) -> Reply | None:
    """The run, visit and option of a reply's code."""
    found = RUN.fullmatch(name)
    return Reply(int(found[1]), int(found[2]), found[3]) if found else None


def write_filter(wishes: dict[str, str]) -> str:
    """A session search in a code: topic=being-active;mode=online."""
    return ";".join(f"{name}={value}" for name, value in sorted(wishes.items()))


def read_filter(name: str) -> dict[str, str]:
    """The wishes of a session search; parts that make no sense are left out."""
    parts = (part.partition("=") for part in name.split(";"))
    return {key: value for key, _, value in parts if key in FILTERS and value}


FILTERS = ("topic", "kind", "mode", "cancer")
