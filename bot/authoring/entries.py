"""One entry of a list in a file of the authors, as its own lines: all the others stay as they are, byte for
byte."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from ruamel.yaml.comments import CommentedMap

from bot.authoring.yamls import Unreadable, dumped, loaded
from bot.content.builder import Mark
from bot.content.source import parse

DASH = re.compile(r"(\s*)-( +)\S")
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines `first` to `last` (not with it) of a file; `column` is where its names begin, from 0."""

    lines: tuple[str, ...]
    first: int
    last: int
    column: int

    @property
    def text(self) -> str:
        """On its own, with its names at the beginning of the lines."""
        own = list(self.lines[self.first : self.last])
        own[0] = " " * self.column + own[0][self.column :]
        return "".join(line[self.column :] if line.strip() else "\n" for line in own)

    @property
    def version(self) -> str:
        """Another one as soon as anybody has changed a sign of it."""
        return sha256("".join(self.lines[self.first : self.last]).encode()).hexdigest()[:16]

    def put(self, text: str) -> str:
        """The whole file with this text instead."""
        return "".join((*self.lines[: self.first], _dashed(text, self._dash), *self.lines[self.last :]))

    @property
    def _dash(self) -> str:
        """What stands before the first name: "  - "."""
        return self.lines[self.first][: self.column]


def find(text: str, items: str, id: str) -> Entry | None:
    """The entry with this id in the list `items`. Raises Unreadable for one that is written in a way that
    cannot be told from its neighbours."""
    if id not in text:
        return None
    return _at_a_glance(text, id) or _read(text, items, id)


def _at_a_glance(text: str, id: str) -> Entry | None:
    """One that begins with its id in a line of its own, as they usually do: a long file need not be read."""
    begins = re.compile(rf"^( *)-( +)id: *([\"']?){re.escape(id)}\3[ \r]*$", re.MULTILINE)
    found = list(begins.finditer(text))
    if len(found) != 1:
        return None
    lines, first = _lines(text), text.count("\n", 0, found[0].start())
    another = re.compile(rf" {{0,{len(found[0][1])}}}[^ #\r\n]")
    last = next((at for at in range(first + 1, len(lines)) if another.match(lines[at])), len(lines))
    return _entry(lines, first, last)


def _read(text: str, items: str, id: str) -> Entry | None:
    marks = _listed(text, items)
    for number, mark in enumerate(marks):
        if mark.value.get("id") == id:
            lines = _lines(text)
            after = marks[number + 1].position[0] - 1 if number + 1 < len(marks) else len(lines)
            return _entry(lines, mark.position[0] - 1, after)
    return None


def changed(entry: Entry, change: Callable[[CommentedMap], None]) -> str:
    """The whole file, with this done to the entry; its comments and its order are kept."""
    group, style = loaded(entry.text)
    change(group)
    return entry.put(dumped(group, style))


def added(text: str, items: str, group: CommentedMap) -> str:
    """The whole file with one more entry at its end."""
    listed = _listed(text, items) if text.strip() else []
    if not listed:
        kept = re.sub(rf"^{items}:[ ]*(\[\])?[ ]*\n?", "", text, flags=re.MULTILINE)
        return f"{kept}{items}:\n{_dashed(dumped(group), INDENT + '- ')}"
    lines = _lines(text)
    first = listed[0].position[0] - 1
    entry = _entry(lines, first, len(lines))
    before = text if text.endswith("\n") else f"{text}\n"
    return f"{before.rstrip()}\n\n{_dashed(dumped(group), lines[first][: entry.column])}"


def others(text: str, items: str, id: str) -> list[dict[str, object]]:
    """What every other entry of the list says."""
    return [mark.value for mark in _listed(text, items) if mark.value.get("id") != id]


def _listed(text: str, items: str) -> list[Mark]:
    """The entries with where they stand."""
    top = parse("", text.encode()).top
    if top is None or not isinstance(top.value, dict):
        raise Unreadable
    listed = top.inside.get(items)
    if listed is None or not isinstance(listed.value, list):
        return []
    if listed.bracket and listed.value:
        raise Unreadable
    marks = [listed.inside[number] for number in range(len(listed.value))]
    if any(not isinstance(mark.value, dict) for mark in marks):
        raise Unreadable
    return marks


def _lines(text: str) -> tuple[str, ...]:
    """With their ends. Only a newline ends one: other signs that do elsewhere may stand in a text."""
    return tuple(re.findall(r"[^\n]*\n|[^\n]+", text))


def _entry(lines: tuple[str, ...], first: int, last: int) -> Entry:
    found = DASH.match(lines[first])
    if found is None:
        raise Unreadable
    dash, column = len(found[1]), len(found[0]) - 1
    while last > first + 1 and _before_the_next(lines[last - 1], dash):
        last -= 1
    return Entry(lines, first, last, column)


def _before_the_next(line: str, dash: int) -> bool:
    """Blank lines and comments at the dash's depth or less belong to what comes after them."""
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip()) <= dash)


def _dashed(text: str, dash: str) -> str:
    first, *others = _lines(text)
    deeper = " " * len(dash)
    return dash + first + "".join(deeper + line if line.strip() else line for line in others)
