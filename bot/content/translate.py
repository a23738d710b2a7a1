"""From pydantic's errors to an author's problems: the exact place, each place once, no mistake told twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.content.builder import Mark, Where
from bot.content.expected import names_at
from bot.content.flows import VERBS
from bot.content.problems import Problem
from bot.content.source import Source
from bot.content.wording import Finding, nearest, say

KEY = "[key]"
ABOUT_A_NAME = ("missing", "extra_forbidden")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding at its place in the file."""

    where: Where
    finding: Finding
    at_name: bool


def problems(shape: type[BaseModel], source: Source, error: ValidationError) -> list[Problem]:
    """Every problem of one file's shape."""
    found = [_found(shape, source, dict(one)) for one in error.errors(include_url=False, include_input=False)]
    places: dict[Where, list[Found]] = {}
    for one in _without_echoes(found):
        places.setdefault(one.where, []).append(one)
    return [problem for where, ones in places.items() for problem in _told(source, where, ones)]


def _told(source: Source, where: Where, ones: list[Found]) -> Iterable[Problem]:
    names = [one for one in ones if one.finding.kind == "missing"]
    for one in names:
        yield source.problem(where, say([one.finding]))
    if rest := [one for one in ones if one not in names]:
        position = source.key(where) if rest[0].at_name else source.position(where)
        yield Problem(source.path, *position, say([one.finding for one in rest]))


def _found(shape: type[BaseModel], source: Source, error: Mapping[str, Any]) -> Found:
    loc, kind = error["loc"], error["type"]
    name, at_name = "", kind == "extra_forbidden"
    group = loc
    if kind in ABOUT_A_NAME:
        group, name = loc[:-1], str(loc[-1])
    if loc and loc[-1] == KEY:
        loc, name, at_name = loc[:-1], str(loc[-2]), True
    top = source.top or Mark((1, 1), None)
    where = way(top, group if kind == "missing" else loc, group=kind == "missing")
    names = tuple(VERBS) if kind.startswith("union_tag") else names_at(shape, group)
    mark = source.find(where) or top
    return Found(where, Finding(kind, name, error.get("ctx", {}), mark, names), at_name)


def way(mark: Mark, loc: Where, group: bool = False) -> Where:
    """The way through the file that a pydantic location means: its own words for unions are left out."""
    return max(_ways(mark, loc), key=lambda one: _fitness(mark, one, loc, group))


def _ways(mark: Mark, loc: Where) -> list[Where]:
    if not loc:
        return [()]
    skipped = _ways(mark, loc[1:])
    inside = mark.inside.get(loc[0])
    # The later parts are the surer ones, so on a tie what was skipped comes first.
    return skipped + [(loc[0], *rest) for rest in _ways(inside, loc[1:])] if inside else skipped


def _fitness(top: Mark, where: Where, loc: Where, group: bool) -> tuple[bool, int, bool]:
    mark = top
    for part in where:
        mark = mark.inside[part]
    return not (group and mark.plain), len(where), where[-1:] == loc[-1:]


def _without_echoes(found: list[Found]) -> list[Found]:
    """Leave out what only follows from another mistake."""
    return [one for one in found if not _is_echo(one, found)]


def _is_echo(one: Found, found: list[Found]) -> bool:
    finding = one.finding
    if finding.kind == "missing":
        slips = [
            other.finding
            for other in found
            if other.finding.kind == "extra_forbidden" and other.where[:-1] == one.where
        ]
        return any(nearest(slip.name, slip.names) == finding.name for slip in slips)
    if finding.wants or finding.kind == "too_short":
        return any(
            len(other.where) > len(one.where) and other.where[: len(one.where)] == one.where
            for other in found
        )
    return False
