"""YAML read into plain values with their positions beside them; whatever is not plain YAML is a problem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bot.content.builder import Builder, Mark, Position, Refused, Where
from bot.content.hints import hint
from bot.content.problems import Problem, Severity

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_CHARACTERS = 2_000_000

UNPRINTABLE = re.compile("[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its values, their positions, and what was wrong with it as YAML."""

    path: str
    top: Mark | None
    problems: tuple[Problem, ...] = ()

    @property
    def value(self) -> Any:
        return self.top.value if self.top else None

    def position(self, where: Where) -> Position:
        """Of a plain value: where it begins. Of a group or a list: its name, or its place in the list."""
        if self.top is None:
            return (1, 1)
        mark, position = self.top, self.top.position
        for part in where:
            if part not in mark.inside:
                return position
            name, mark = mark.keys.get(part), mark.inside[part]
            position = name if name and not mark.plain else mark.position
        return position

    def key(self, where: Where) -> Position:
        """Where the name itself stands, for what is wrong with a name."""
        mark = self.find(where[:-1])
        return mark.keys.get(where[-1], self.position(where)) if mark else self.position(where)

    def find(self, where: Where) -> Mark | None:
        """The value at this place, if there is one."""
        mark = self.top
        for part in where:
            mark = mark.inside.get(part) if mark else None
        return mark

    def problem(self, where: Where, message: str, severity: Severity = "error") -> Problem:
        """A problem of this place."""
        return Problem(self.path, *self.position(where), message, severity)


def parse(path: str, raw: bytes) -> Source:
    """Read one file. Nothing in it can crash or stall the reader."""
    try:
        text = _text(raw)
        builder = Builder()
        top = builder.build(_events(text))
    except Refused as refused:
        return Source(path, None, (Problem(path, *refused.position, refused.message),))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Source(path, None, (_broken(path, error, text),))
    problems = tuple(Problem(path, *position, message) for position, message in builder.slips)
    return Source(path, top, problems)


def _text(raw: bytes) -> str:
    if len(raw) > MOST_CHARACTERS:
        raise Refused(
            (1, 1), f"the file is too long ({len(raw):,} bytes); split it: {MOST_CHARACTERS:,} at most"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        raise Refused(_end(before), "this is not a letter in UTF-8; save the file as UTF-8") from error
    if strange := UNPRINTABLE.search(text):
        code = f"U+{ord(strange[0]):04X}"
        raise Refused(
            _end(text[: strange.start()]), f"an invisible character ({code}) stands here; delete it"
        )
    if not text.strip():
        raise Refused((1, 1), "the file is empty; write something or delete it")
    return text


def _end(text: str) -> Position:
    lines = re.split("\r\n|[\r\n]", text)
    return len(lines), len(lines[-1]) + 1


def _events(text: str) -> Iterator[Any]:
    loader = LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _broken(path: str, error: Exception, text: str) -> Problem:
    said = str(getattr(error, "problem", None) or error)
    first, second = ("context_mark", "problem_mark") if _is_open(said) else ("problem_mark", "context_mark")
    mark = getattr(error, first, None) or getattr(error, second, None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    line = min(line, len(lines) - 1)
    return Problem(path, line + 1, column + 1, hint(said, lines[line], column))


def _is_open(said: str) -> bool:
    """What is never closed is best mended where it was opened."""
    return "end of stream" in said or "',' or" in said
