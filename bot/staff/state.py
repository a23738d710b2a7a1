"""What a member of staff is in the middle of: the one thing that the desk waits for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

Waits: TypeAlias = Literal[
    "", "words", "correct", "follow", "time", "answer", "new-time", "new-often", "new-places", "new-sure"
]
PATIENCE = timedelta(minutes=60)
"""After that, what they type is an ordinary message again."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`waits` is what the next message will be taken for: words of broadcast `id` in `language`, or a time.

    `texts` are the languages of a correction that are written already. Once words have been taken, `wrote`
    stays, so that an edit of that message is an edit of the words and not a question to the navigator.
    `saving` is a new session that is being looked at and put into its file meanwhile; it waits for nobody.
    """

    waits: Waits = ""
    id: int = 0
    language: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    until: datetime | None = None
    wrote: bool = False
    saving: Mapping[str, str] = field(default_factory=dict)


NOTHING = Desk()


def waiting(
    waits: Waits, id: int, now: datetime, language: str = "", texts: Mapping[str, str] | None = None
) -> Desk:
    return Desk(waits, id, language, texts or {}, now + PATIENCE)


def write(desk: Desk) -> str:
    """As JSON, for the member's row; "" is nothing."""
    if desk == NOTHING:
        return ""
    until = desk.until.isoformat() if desk.until else None
    return json.dumps(
        {
            "waits": desk.waits,
            "id": desk.id,
            "language": desk.language,
            "texts": dict(desk.texts),
            "until": until,
            "wrote": desk.wrote,
            "saving": dict(desk.saving),
        }
    )


def read(text: str, now: datetime) -> Desk:
    """What `write` wrote; what is too old, or not to be read any more, is nothing."""
    found = json.loads(text) if text else {}
    saving = found.get("saving", {})
    if found.get("waits") not in get_args(Waits) or not found.get("until"):
        return Desk(saving=saving)
    until = datetime.fromisoformat(found["until"])
    if until < now:
        return Desk(saving=saving)
    return Desk(found["waits"], found["id"], found["language"], found["texts"], until, found["wrote"], saving)
