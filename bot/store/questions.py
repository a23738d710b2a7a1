"""Questions that people agreed to share with the authors, scrubbed before they come here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.store.tables import drafts, questions

LONGEST = 1000


class Shared(NamedTuple):
    """One question; `person` only tells whether two are from the same one."""

    id: int
    person: str
    text: str
    shared: datetime


async def share(tx: AsyncConnection, person: str, text: str, now: datetime) -> None:
    """Keep one. It stays linked to the person, so that /delete finds it."""
    await tx.execute(insert(questions).values(person=person, text=storable(text, LONGEST), shared=now))


async def waiting(tx: AsyncConnection, limit: int) -> Sequence[Shared]:
    """The newest of those that nobody has dealt with, in the order in which they came."""
    found = select(*(questions.c[name] for name in Shared._fields)).where(~_dealt_with())
    rows = await tx.execute(found.order_by(questions.c.id.desc()).limit(limit))
    return [Shared(*row) for row in rows][::-1]


async def of(tx: AsyncConnection, ids: Iterable[int]) -> Sequence[Shared]:
    """Those of these that are still there and that nobody has dealt with."""
    found = select(*(questions.c[name] for name in Shared._fields))
    rows = await tx.execute(
        found.where(questions.c.id.in_(list(ids)), ~_dealt_with()).order_by(questions.c.id)
    )
    return [Shared(*row) for row in rows]


async def words(tx: AsyncConnection, sources: Iterable[str]) -> dict[str, str]:
    """What was asked and dealt with, by source, as far as it is still kept."""
    ids = [int(one.partition(":")[2]) for one in sources if one.startswith("question:")]
    found = select(questions.c.id, questions.c.text)
    rows = await tx.execute(found.where(questions.c.id.in_(ids), _dealt_with()))
    return {source_of(row.id): row.text for row in rows}


async def count(tx: AsyncConnection) -> int:
    """How many nobody has dealt with yet."""
    found = select(func.count()).select_from(questions).where(~_dealt_with())
    number: int = (await tx.execute(found)).scalar_one()
    return number


def source_of(id: int) -> str:
    """What a question is called among the drafts."""
    return f"question:{id}"


def _dealt_with() -> ColumnElement[bool]:
    # SQLite may give a number again after its question was swept: what was shared later is another one.
    source = literal("question:") + cast(questions.c.id, String)
    return exists().where(and_(drafts.c.source == source, drafts.c.made >= questions.c.shared))
