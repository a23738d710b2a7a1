"""Letters: a text that many messages share, with what happens to it when it is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.model import Say
from bot.store.engine import insert_new
from bot.store.tables import letters

Late: TypeAlias = Literal["send", "short", "drop"]


@dataclass(frozen=True, slots=True)
class Letter:
    """From `late_from` on the rule `late` holds; from `useless_from` on it is dropped and staff are told."""

    key: str
    say: Say
    short: Say | None = None
    late: Late = "send"
    late_from: datetime | None = None
    useless_from: datetime | None = None


async def write(tx: AsyncConnection, letter: Letter, now: datetime) -> int:
    """The letter's number. One with this key that is there already is never changed."""
    row = {
        "key": letter.key,
        "body": forms.write(letter.say),
        "short": forms.write(letter.short) if letter.short else None,
        "late": letter.late,
        "late_from": letter.late_from,
        "useless_from": letter.useless_from,
        "written": now,
    }
    await tx.execute(insert_new(tx.dialect.name, letters, "key"), row)
    found = await tx.execute(select(letters.c.id).where(letters.c.key == letter.key))
    number: int = found.scalar_one()
    return number


async def read(tx: AsyncConnection, ids: Iterable[int]) -> Mapping[int, Letter]:
    """The letters of these numbers."""
    found = await tx.execute(select(letters).where(letters.c.id.in_(list(ids))))
    return {row.id: _letter(row._mapping) for row in found}


def _letter(row: Mapping[Any, Any]) -> Letter:
    return Letter(
        row["key"],
        forms.read_say(row["body"]),
        forms.read_say(row["short"]) if row["short"] else None,
        row["late"],
        row["late_from"],
        row["useless_from"],
    )
