"""Which names may stand at a place in a file: read off the shapes themselves."""

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from bot.content.builder import Where

Arm = tuple[str | None, Any]
"""A tag, where the choice has tags, and the type."""


def names_at(shape: type[BaseModel], loc: Where) -> tuple[str, ...]:
    """The names that may stand in the group at `loc` (a pydantic location, tags of unions and all)."""
    arms = _arms(shape)
    for part in loc:
        arms = _inside(arms, part)
    models = [kind for _, kind in arms if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return tuple(dict.fromkeys(name for model in models for name in _names(model)))


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _arms(annotation: Any) -> list[Arm]:
    origin = get_origin(annotation)
    if origin is Annotated:
        kind, *notes = get_args(annotation)
        tag = next((note.tag for note in notes if isinstance(note, Tag)), None)
        return [(tag or inner, arm) for inner, arm in _arms(kind)]
    if origin in (Union, UnionType):
        return [arm for one in get_args(annotation) for arm in _arms(one)]
    return [(None, annotation)]


def _inside(arms: list[Arm], part: str | int) -> list[Arm]:
    if tagged := [arm for arm in arms if arm[0] is not None and arm[0] == part]:
        return [(None, kind) for _, kind in tagged]
    return [arm for _, kind in arms for arm in _children(kind, part)] or arms


def _children(kind: Any, part: str | int) -> list[Arm]:
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple and isinstance(part, int):
        return _arms(args[0])
    if origin is dict:
        return _arms(args[1])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _field(kind, part)
    return []


def _field(model: type[BaseModel], part: str | int) -> list[Arm]:
    for name, field in model.model_fields.items():
        if part in (name, field.alias):
            notes = [note for note in field.metadata if isinstance(note, Tag)]
            return [(notes[0].tag if notes else tag, kind) for tag, kind in _arms(field.annotation)]
    if "root" in model.model_fields:
        return _children(model.model_fields["root"].annotation, part)
    return []
