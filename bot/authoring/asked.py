"""More ways of asking an article that is there, line by line; and what colleagues changed meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.authoring.articles import ITEMS, dumped
from bot.authoring.entries import DASH, find
from bot.authoring.files import Edit, Read
from bot.authoring.yamls import Unreadable, scalar
from bot.content.source import parse

Action = Literal["new", "changed", "gone"]


def with_asked(file: Read, place: str, id: str, words: Sequence[str]) -> Edit | None:
    """The file with more ways of asking an article, all other lines as they are. None when the article is not
    in it, or all of them are there already. Raises Unreadable."""
    found = _asked(file.text, id)
    if found is None:
        return None
    here, line, column = found
    known = {_plain(one) for one in here}
    new = [one for one in words if _plain(one) not in known]
    if not new:
        return None
    all_lines = file.text.split("\n")
    added = [f"{' ' * column}- {dumped(scalar(one))}" for one in new]
    return Edit(place, "\n".join([*all_lines[:line], *added, *all_lines[line:]]), file.mark)


def _asked(text: str, id: str) -> tuple[list[str], int, int] | None:
    """The ways of asking, the number of the line after the last, and the column of their dashes."""
    top = parse("", text.encode()).top
    listed = top.inside.get(ITEMS) if top else None
    for article in listed.inside.values() if listed else ():
        if article.value.get("id") != id:
            continue
        asked = article.inside["asked"]
        if asked.bracket or not asked.inside:
            raise Unreadable
        last = asked.inside[len(asked.value) - 1].position
        all_lines = text.split("\n")
        dash = DASH.match(all_lines[last[0] - 1])
        if dash is None:
            raise Unreadable
        return list(asked.value), _after(all_lines, last[0], len(dash[1])), len(dash[1])
    return None


def _after(all_lines: Sequence[str], line: int, column: int) -> int:
    """Past the further lines of a long text: all that are indented deeper than the dash."""
    while line < len(all_lines) and (bare := all_lines[line].lstrip()):
        if len(all_lines[line]) - len(bare) <= column:
            break
        line += 1
    return line


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


# ---- two authors at once -----------------------------------------------------------------------------------


def versions(text: str) -> dict[str, str]:
    """Every article of a file with a mark of its words. Raises Unreadable."""
    top = parse("", text.encode()).top
    listed = top.inside.get(ITEMS) if top else None
    ids = [one.value.get("id") for one in listed.inside.values()] if listed else []
    found = {id: find(text, ITEMS, id) for id in ids if isinstance(id, str)}
    return {id: entry.version for id, entry in found.items() if entry}


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, Action], ...]:
    """Which articles somebody else added, changed or took away meanwhile."""
    new: list[tuple[str, Action]] = [(id, "new") for id in now if id not in before]
    new += [(id, "changed") for id in now if id in before and before[id] != now[id]]
    new += [(id, "gone") for id in before if id not in now]
    return tuple(new)
