"""The rows behind reminders: whose they are, when, and which messages are planned for them already."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.bookings import SessionDate
from bot.store.ledger import WAITING
from bot.store.tables import bookings, ledger, occasions, people

OURS = ("remind:", "after:")
"""How the keys of reminders, and of the question afterwards, begin."""
KEPT = ("booked", "waiting", "offered", "reminded")
AT_A_TIME = 1000


class Attending(NamedTuple):
    """A booking with its date and with where its owner is reached. `leads` is None for the session's own."""

    booking: int
    person: str
    state: str
    leads: tuple[int, ...] | None
    version: int
    channel: str
    address: str
    language: str
    occasion: int
    session: str
    listed: datetime
    starts: datetime
    ends: datetime

    @property
    def date(self) -> SessionDate:
        return SessionDate(self.session, self.listed)


_COLUMNS = (
    bookings.c.id.label("booking"),
    *(bookings.c[name] for name in ("person", "state", "leads", "version")),
    *(people.c[name] for name in ("channel", "address", "language")),
    occasions.c.id.label("occasion"),
    *(occasions.c[name] for name in ("session", "listed", "starts", "ends")),
)
_JOINED = (
    select(*_COLUMNS)
    .join(people, people.c.id == bookings.c.person)
    .join(occasions, occasions.c.id == bookings.c.occasion)
    .order_by(bookings.c.id)
)


async def of(tx: AsyncConnection, ids: Sequence[int]) -> list[Attending]:
    """These bookings, in their order."""
    found: list[Attending] = []
    for some in _batches(ids):
        found += [_attending(row) for row in await tx.execute(_JOINED.where(bookings.c.id.in_(some)))]
    return found


async def at(tx: AsyncConnection, occasion: int) -> list[Attending]:
    """Everybody who has to do with this date and has not stopped."""
    here = (bookings.c.occasion == occasion, bookings.c.state.in_(KEPT), people.c.stopped.is_(False))
    return [_attending(row) for row in await tx.execute(_JOINED.where(*here))]


def _attending(row: Iterable[object]) -> Attending:
    one = Attending(*row)  # type: ignore[arg-type]
    return one._replace(leads=tuple(json.loads(str(one.leads)))) if one.leads else one


async def renew(tx: AsyncConnection, ids: Sequence[int]) -> None:
    """The next plan of these bookings has new keys."""
    for some in _batches(ids):
        newer = {"version": bookings.c.version + 1}
        await tx.execute(update(bookings).where(bookings.c.id.in_(some)).values(newer))


async def drop(tx: AsyncConnection, ids: Sequence[int], now: datetime, reason: str) -> None:
    """What is planned for these bookings does not go out any more."""
    for some in _batches(ids):
        theirs = set(await _whose(tx, some))
        # Found by person first: a look through all that is planned for everybody would be a long one.
        about = ledger.c.about.in_(sorted({about for _, about in theirs}))
        found = select(*(ledger.c[name] for name in ("id", "person", "about", "state")))
        found = found.where(ledger.c.person.in_(sorted({person for person, _ in theirs})), about, _ours())
        waiting = [row for row in await tx.execute(found) if row.state in WAITING]
        rows = [row.id for row in waiting if (row.person, row.about) in theirs]
        ended = update(ledger).where(ledger.c.id.in_(rows), ledger.c.state.in_(WAITING))
        await tx.execute(ended.values(state="dropped", reason=reason, touched=now))


async def _whose(tx: AsyncConnection, ids: Sequence[int]) -> list[tuple[str, str]]:
    """The person of each booking, and what its messages are about."""
    found = await tx.execute(select(bookings.c.person, bookings.c.occasion).where(bookings.c.id.in_(ids)))
    return [(person, f"occasion:{occasion}") for person, occasion in found]


async def drop_at(tx: AsyncConnection, occasion: int, now: datetime, reason: str) -> None:
    """The same for everybody at this date."""
    here = (ledger.c.about == f"occasion:{occasion}", ledger.c.state.in_(WAITING), _ours())
    await tx.execute(update(ledger).where(*here).values(state="dropped", reason=reason, touched=now))


async def unwanted(tx: AsyncConnection, occasion: int) -> set[str]:
    """Whose reminders of this date have ended because they withdrew them: they are not planned anew."""
    here = (ledger.c.about == f"occasion:{occasion}", ledger.c.key.like("remind:%"))
    newest = select(func.max(ledger.c.id)).where(*here).group_by(ledger.c.person)
    stopped = (ledger.c.state == "dropped", ledger.c.reason == "stopped")
    found = select(ledger.c.person).where(ledger.c.id.in_(newest), *stopped)
    return set((await tx.execute(found)).scalars())


def _ours() -> ColumnElement[bool]:
    return or_(*(ledger.c.key.like(f"{beginning}%") for beginning in OURS))


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
