"""People as staff may see them: a code, where they write from, what is on. No name, no address, no word.

The code is the beginning of the number that a person has with us, so the primary key finds it. The codes
that people say at the door are made of person and date together: they can only be looked for on a date.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import SessionDate, short_code
from bot.store import people
from bot.store.bookings import KEPT
from bot.store.people import Known
from bot.store.tables import bookings, consents, occasions
from bot.store.tables import people as table

LENGTH = 12
"""Characters of a code: among 100,000 people two have the same one in 1 of 50,000 deployments."""
AFTER_HEX = "g"
MOST = 20


class Somebody(NamedTuple):
    """`week` is the Monday of the week in which they last wrote; `switches` are on; `bookings` are all that
    they hold or held, as long as we keep them."""

    code: str
    channel: str
    area: str
    language: str
    stopped: bool
    reachable: bool
    week: date
    switches: tuple[str, ...]
    bookings: int


async def page(tx: AsyncConnection, after: str, limit: int, zone: ZoneInfo) -> Sequence[Somebody]:
    """The next ones after a code, in the order of codes, which says nothing about anybody."""
    found = _rows().where(table.c.id > f"{after}{AFTER_HEX}") if after else _rows()
    return await _somebodies(tx, found.limit(limit), zone)


async def of_code(tx: AsyncConnection, code: str, zone: ZoneInfo) -> Sequence[Somebody]:
    """Everybody whose code begins so."""
    return await _somebodies(tx, _rows().where(_begins(code)).limit(MOST), zone)


async def at_the_door(
    tx: AsyncConnection, code: str, first: datetime, last: datetime, zone: ZoneInfo
) -> Sequence[Somebody]:
    """Whoever can say this code at a date that starts between these moments."""
    found = select(bookings.c.person, occasions.c.session, occasions.c.listed)
    found = found.join(occasions, occasions.c.id == bookings.c.occasion)
    found = found.where(occasions.c.starts.between(first, last), bookings.c.state.in_(KEPT))
    ids = {
        row.person
        for row in await tx.execute(found)
        if short_code(row.person, SessionDate(row.session, row.listed)) == code
    }
    return await _somebodies(tx, _rows().where(table.c.id.in_(ids)).limit(MOST), zone)


async def many(tx: AsyncConnection) -> int:
    return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def lock(tx: AsyncConnection, code: str, now: datetime) -> Known | None:
    """The one person of this whole code, ours until the end of the transaction; None where there are not
    exactly one."""
    where = select(table.c.channel, table.c.address).where(_begins(code)).limit(2)
    rows = (await tx.execute(where)).all()
    known = await people.lock(tx, rows[0].channel, rows[0].address, now) if len(rows) == 1 else None
    # Erased at this very moment, the lock makes somebody new there: that one goes with the transaction.
    return known if known and known.person.id.startswith(code) else None


def _begins(code: str) -> Any:
    return table.c.id.between(code, f"{code}{AFTER_HEX}")


def _rows() -> Select[Any]:
    chosen = ("id", "channel", "area", "language", "stopped", "reachable", "seen")
    return select(*(table.c[name] for name in chosen)).order_by(table.c.id)


async def _somebodies(tx: AsyncConnection, found: Select[Any], zone: ZoneInfo) -> Sequence[Somebody]:
    rows = (await tx.execute(found)).all()
    ids = [row.id for row in rows]
    on, booked = await _switches(tx, ids), await _booked(tx, ids)
    return [
        Somebody(
            row.id[:LENGTH],
            row.channel,
            row.area,
            row.language,
            row.stopped,
            row.reachable,
            monday(row.seen, zone),
            tuple(sorted(on[row.id])),
            booked.get(row.id, 0),
        )
        for row in rows
    ]


def monday(seen: datetime, zone: ZoneInfo) -> date:
    """The week of a moment: the day itself is nobody's business."""
    day = seen.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


async def _switches(tx: AsyncConnection, ids: Iterable[str]) -> Mapping[str, set[str]]:
    found = select(consents.c.person, consents.c.switch)
    on: dict[str, set[str]] = defaultdict(set)
    for row in await tx.execute(
        found.where(consents.c.person.in_(list(ids)), consents.c.withdrawn.is_(None))
    ):
        on[row.person].add(row.switch)
    return on


async def _booked(tx: AsyncConnection, ids: Iterable[str]) -> Mapping[str, int]:
    counted = select(bookings.c.person, func.count()).where(bookings.c.person.in_(list(ids)))
    counted = counted.where(bookings.c.state.in_(KEPT)).group_by(bookings.c.person)
    return {person: number for person, number in await tx.execute(counted)}
