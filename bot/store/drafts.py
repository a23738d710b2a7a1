"""What became of shared questions and of answers: the article they went into, or that they are not for us."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.store.engine import upsert
from bot.store.tables import drafts


class Draft(NamedTuple):
    """`source` is "question:17" or "relay:4"; `article` is "" for what is not for us, `file` then too."""

    source: str
    article: str
    file: str
    by: str
    made: datetime


async def keep(
    tx: AsyncConnection, sources: Iterable[str], article: str, file: str, by: tuple[str, datetime]
) -> None:
    """From now on nobody is asked about these; `by` is who decided, and when."""
    name, now = by
    fate = {
        "article": storable(article, 40),
        "file": storable(file, 200),
        "by": storable(name, 100),
        "made": now,
    }
    for source in sources:
        put = upsert(tx.dialect.name, drafts).values(source=source, **fate)
        await tx.execute(put.on_conflict_do_update(index_elements=["source"], set_=fate))


async def bring_back(tx: AsyncConnection, sources: Iterable[str]) -> None:
    """They are asked about again."""
    await tx.execute(delete(drafts).where(drafts.c.source.in_(list(sources))))


async def latest(tx: AsyncConnection, limit: int) -> Sequence[Draft]:
    """What was decided last, newest first."""
    found = select(*(drafts.c[name] for name in Draft._fields)).order_by(
        drafts.c.made.desc(), drafts.c.id.desc()
    )
    return [Draft(*row) for row in await tx.execute(found.limit(limit))]
