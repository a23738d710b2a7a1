"""Leaflets that were made: what each code leads to, and who asked for it. Nobody else is in here."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.leaflet_links import Leaflet, Wish
from bot.store.engine import upsert
from bot.store.tables import leaflets

SAME = ("purpose", "target", "area", "language", "kind", "large")


@dataclass(frozen=True, slots=True)
class Made:
    """A leaflet as it was wished for, by whom and when first."""

    id: int
    wish: Wish
    by: str
    at: datetime

    @property
    def leaflet(self) -> Leaflet:
        """What its link says."""
        wish = self.wish
        return Leaflet(self.id, wish.purpose, wish.target, wish.area, wish.language)


async def make(tx: AsyncConnection, wish: Wish, by: str, now: datetime) -> Made:
    """This leaflet; the same wish again is the same one, so that what was printed stays right."""
    if (there := await _same(tx, wish)) is not None:
        return there
    row = {**asdict(wish), "by": by[:100], "made": now}
    await tx.execute(
        upsert(tx.dialect.name, leaflets).values(row).on_conflict_do_nothing(index_elements=SAME)
    )
    made = await _same(tx, wish)
    if made is None:
        raise LookupError("a leaflet is not there right after it was made")
    return made


async def of_id(tx: AsyncConnection, id: int) -> Made | None:
    row = (await tx.execute(select(leaflets).where(leaflets.c.id == id))).one_or_none()
    return None if row is None else _made(row)


async def latest(tx: AsyncConnection, limit: int = 100) -> list[Made]:
    """Newest first."""
    found = select(leaflets).order_by(leaflets.c.id.desc()).limit(limit)
    return [_made(row) for row in await tx.execute(found)]


async def _same(tx: AsyncConnection, wish: Wish) -> Made | None:
    same = [leaflets.c[name] == value for name, value in asdict(wish).items()]
    row = (await tx.execute(select(leaflets).where(*same))).one_or_none()
    return None if row is None else _made(row)


def _made(row: Row[Any]) -> Made:
    wish = Wish(*(getattr(row, name) for name in SAME))
    return Made(row.id, wish, row.by, row.made)
