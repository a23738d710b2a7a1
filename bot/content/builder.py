"""Plain values and their marks, put together from the YAML parser's events: no recursion, and with limits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from bot.content.scalars import meaning

Where: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of lines and numbers of list items, from the top of the file."""

Position: TypeAlias = tuple[int, int]

DEEPEST = 30
MOST_VALUES = 500_000
"""With every alias counted at its full size: a few lines of aliases can stand for billions of values."""


class Refused(Exception):
    """This is not YAML as we use it; says where and why."""

    def __init__(self, position: Position, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message


@dataclass(slots=True)
class Mark:
    """Where a value stands, and what stands inside it."""

    position: Position
    value: Any
    written: str = ""
    size: int = 1
    bracket: bool = False
    inside: dict[str | int, "Mark"] = field(default_factory=dict)
    keys: dict[str | int, Position] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        return not isinstance(self.value, dict | list)


@dataclass(slots=True)
class Builder:
    """Puts values together from the parser's events, without recursion and with limits."""

    open: list[Mark] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    anchors: dict[str, Mark] = field(default_factory=dict)
    unused: dict[str, Position] = field(default_factory=dict)
    named: list[str | None] = field(default_factory=list)
    slips: list[tuple[Position, str]] = field(default_factory=list)
    top: Mark | None = None
    count: int = 0

    def build(self, events: Iterable[Any]) -> Mark:
        documents = 0
        for event in events:
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise Refused(_start(event), "a second document begins here (---); one file is one document")
            self._take(event)
        if self.top is None or (self.top.plain and self.top.value is None):
            raise Refused((1, 1), "the file is empty; write something or delete it")
        for anchor, position in self.unused.items():
            self.slips.append((position, f"nothing uses &{anchor}; a text that starts with & needs quotes"))
        return self.top

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._finish()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)

    def _scalar(self, event: Any) -> None:
        _refuse_tag(event)
        plain = event.implicit[0] and event.style in (None, "")
        if self._wants_a_name():
            self._name(str(event.value), _start(event))
            return
        value = meaning(event.value) if plain else event.value
        mark = Mark(_start(event), value, event.value)
        if event.anchor:
            self._remember(event.anchor, mark)
        self._put(mark)

    def _begin(self, event: Any) -> None:
        _refuse_tag(event)
        if self._wants_a_name():
            raise Refused(
                _start(event), "a name must be a plain word; a text that starts with { or [ needs quotes"
            )
        if len(self.open) >= DEEPEST:
            raise Refused(_start(event), f"this is nested too deeply; {DEEPEST} levels at most")
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(Mark(_start(event), value, bracket=bool(event.flow_style)))
        self.names.append(None)
        self.named.append(event.anchor)

    def _finish(self) -> None:
        mark, anchor = self.open.pop(), self.named.pop()
        self.names.pop()
        if isinstance(mark.value, dict):
            _merge(mark)
        if anchor:
            self._remember(anchor, mark)
        self._put(mark)

    def _remember(self, anchor: str, mark: Mark) -> None:
        self.anchors[anchor] = mark
        self.unused[anchor] = mark.position

    def _alias(self, event: Any) -> None:
        if self._wants_a_name():
            raise Refused(
                _start(event), "a name must be a plain word; a name that starts with * needs quotes"
            )
        if event.anchor not in self.anchors:
            raise Refused(
                _start(event), f"nothing is marked &{event.anchor}; a text that starts with * needs quotes"
            )
        self.unused.pop(event.anchor, None)
        self._put(self.anchors[event.anchor])

    def _wants_a_name(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and self.names[-1] is None

    def _name(self, name: str, position: Position) -> None:
        mark = self.open[-1]
        if name in mark.keys:
            first = mark.keys[name][0]
            self.slips.append((position, f"'{name}' stands here twice (first in line {first}); keep one"))
        mark.keys[name] = position
        self.names[-1] = name

    def _put(self, mark: Mark) -> None:
        self.count += mark.size
        if self.count > MOST_VALUES:
            raise Refused(mark.position, "too much is repeated with & and *; write it out or split the file")
        if not self.open:
            self.top = mark
            return
        holder = self.open[-1]
        holder.size += mark.size
        if isinstance(holder.value, list):
            holder.inside[len(holder.value)] = mark
            holder.value.append(mark.value)
        elif (name := self.names[-1]) is not None:
            holder.inside[name] = mark
            holder.value[name] = mark.value
            self.names[-1] = None


def _merge(mark: Mark) -> None:
    """`<<: *shared` stands for the lines of what is marked &shared; lines of one's own win."""
    shared = mark.inside.pop("<<", None)
    if shared is None:
        return
    del mark.value["<<"], mark.keys["<<"]
    for one in [shared] if isinstance(shared.value, dict) else list(shared.inside.values()):
        if not isinstance(one.value, dict):
            raise Refused(one.position, "after << a group marked with & is expected, e.g. <<: *shared")
        for name, inside in one.inside.items():
            if name not in mark.value:
                mark.value[name], mark.inside[name], mark.keys[name] = inside.value, inside, one.keys[name]


def _refuse_tag(event: Any) -> None:
    if event.tag not in (None, "!"):
        raise Refused(_start(event), "tags are not used here; a text that starts with ! needs quotes")


def _start(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1
