"""How a person and a message are written as text in a row, and read back as the same value."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from bot.model import Person, Say

_person = TypeAdapter(Person)
_say = TypeAdapter(Say)


def _plain(value: object) -> object:
    """Dates carry a mark: without it "2026-01-02" typed as words and a date look the same in JSON."""
    match value:
        case datetime():
            return {"$time": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case Mapping():
            return dict(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(type(value).__name__)


def _marked(found: dict[str, Any]) -> object:
    if "$time" in found:
        return datetime.fromisoformat(found["$time"])
    return date.fromisoformat(found["$date"]) if "$date" in found else found


def write(value: Person | Say) -> str:
    """Plain ASCII: no character that a person typed can be refused by a database."""
    return json.dumps(value, default=_plain, separators=(",", ":"))


def read_person(text: str) -> Person:
    return _person.validate_python(json.loads(text, object_hook=_marked))


def read_say(text: str) -> Say:
    return _say.validate_python(json.loads(text, object_hook=_marked))


def plain(value: Person | Say) -> dict[str, object]:
    """The same as ordinary dictionaries and lists, for a file to keep."""
    found: dict[str, object] = json.loads(json.dumps(value, default=_readable))
    return found


def _readable(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else _plain(value)


def storable(text: str, limit: int) -> str:
    """Free text as every database takes it: no NUL, no half character, at most `limit` characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")[:limit]
