"""The codes of the desk's buttons: what a tap says, in 64 bytes. They may be forged."""

import re
from dataclasses import dataclass

ROOM = 64
SHAPE = re.compile(r"z:([a-z-]{1,10})(?::(\d{1,9}):(\d{1,6}))?(?::([A-Za-z0-9=._-]{1,44}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """What is wanted (`verb`), of which broadcast, as it was seen in which version; `name` says the rest."""

    verb: str
    id: int = 0
    version: int = 0
    name: str = ""


def ours(code: str) -> bool:
    """Whether a button is the desk's at all, whoever taps it."""
    return code.startswith("z:")


def write(verb: str, id: int = 0, version: int = 0, name: str = "") -> str:
    """The code of a button."""
    number = f":{id}:{version}" if id else ""
    code = f"z:{verb}{number}" + (f":{name}" if name else "")
    if len(code.encode()) > ROOM or read(code) != Code(verb, id, version, name):
        raise ValueError(f"this cannot be a button's code: {code}")
    return code


def read(code: str) -> Code | None:
    """What was tapped, or None for what is not ours."""
    found = SHAPE.fullmatch(code)
    if found is None:
        return None
    return Code(found[1], int(found[2] or 0), int(found[3] or 0), found[4] or "")
