"""The inbox keeps an event, not the update it came in: so no name, number or file is ever stored."""

import json
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from bot.model import Event, Located, Opened, Said, Sent, Tapped

KINDS: dict[str, TypeAdapter[Event]] = {
    kind.__name__: TypeAdapter(kind) for kind in (Said, Tapped, Located, Sent, Opened)
}


def pack(event: Event) -> str:
    """The event as one line of JSON."""
    return json.dumps({"kind": type(event).__name__, "of": asdict(event)})


def unpack(payload: str) -> Event | None:
    """The event again; None for what is none (an emptied payload, or one of another version)."""
    try:
        written = json.loads(payload)
        return KINDS[written["kind"]].validate_python(written["of"])
    except (ValueError, KeyError, TypeError, ValidationError):
        return None
