"""All files that were read, with their positions: where a rule finds things and says what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.content.builder import Where
from bot.content.kinds import Kind
from bot.content.problems import Problem, Severity
from bot.content.source import Source

Shaped = TypeVar("Shaped", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its kind, its source, and its shape if it has one."""

    kind: Kind
    source: Source
    shape: BaseModel | None


@dataclass(frozen=True)
class Sources:
    """Every file by its path. Empty when the content came from the cache: then positions are 1:1."""

    sheets: Mapping[str, Sheet]

    def files(self, shape: type[Shaped]) -> Iterator[tuple[str, Shaped]]:
        """Every file of a shape that could be read, drafts and all."""
        for path, sheet in self.sheets.items():
            if isinstance(sheet.shape, shape):
                yield path, sheet.shape

    def problem(self, path: str, where: Where, message: str, severity: Severity = "error") -> Problem:
        """A problem of this place, e.g. `problem("flows/welcome.yaml", ("steps", "bye"), ...)`."""
        sheet = self.sheets.get(path)
        return (
            sheet.source.problem(where, message, severity)
            if sheet
            else Problem(path, 1, 1, message, severity)
        )

    def ids(self, noun: str) -> frozenset[str]:
        """Every id of a noun ("article", "flow" ...), also from files with mistakes in them."""
        return self._ids.get(noun, frozenset())

    def items(self, noun: str) -> Iterator[tuple[str, Where, str]]:
        """File, place and id of everything of a noun."""
        for path, sheet in self.sheets.items():
            if sheet.kind.noun == noun:
                for where, name in _ids(sheet):
                    yield path, where, name

    def may_lack(self, noun: str) -> bool:
        """Whether a file of this noun could not be read so far that its ids are known."""
        sheets = (sheet for sheet in self.sheets.values() if sheet.kind.noun == noun)
        return any(sheet.shape is None and not any(_ids(sheet)) for sheet in sheets)

    @cached_property
    def _ids(self) -> Mapping[str, frozenset[str]]:
        nouns = {sheet.kind.noun for sheet in self.sheets.values()}
        return {noun: frozenset(name for _, _, name in self.items(noun)) for noun in nouns}


def _ids(sheet: Sheet) -> Iterator[tuple[Where, str]]:
    """The ids as they are written, whatever else may be wrong with the file."""
    top = sheet.source.value
    if not sheet.kind.items:
        yield from _id(top, sheet.kind.noun, ())
        return
    listed = top.get(sheet.kind.items) if isinstance(top, dict) else None
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        yield from _id(item, "id", (sheet.kind.items, number))


def _id(item: Any, name: str, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(item, dict) and isinstance(item.get(name), str):
        yield (*where, name), item[name]
