"""Everything that is held about one person, for /mydata."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.store import people
from bot.store.ledger import WITH_LETTERS
from bot.store.tables import bookings, consents, enrolments, handovers, ledger, occasions, questions, relays
from bot.store.tables import people as rows

ASKED = ("state", "asked", "closed")
# The person's own words for where something is kept, and the columns that say something about them.
KEPT: tuple[tuple[str, Table, tuple[str, ...]], ...] = (
    ("consents", consents, ("switch", "version", "given", "withdrawn")),
    ("handovers", handovers, (*("kind", "team", "topic", "phone", "note", "best_time"), *ASKED)),
    ("talks", relays, ("side", "text", "at")),
    ("programmes", enrolments, ("programme", "day", "state", "since")),
    ("questions", questions, ("text", "shared")),
)


async def held(tx: AsyncConnection, person: str) -> dict[str, object]:
    """Plain lists and dictionaries, ready to be written as JSON; times in UTC, ISO 8601."""
    found: dict[str, object] = {"person": await _person(tx, person)}
    for name, table, columns in KEPT:
        chosen = select(*(table.c[column] for column in columns)).where(table.c.person == person)
        found[name] = [_readable(row) for row in (await tx.execute(chosen.order_by(table.c.id))).mappings()]
    return found | {"bookings": await _bookings(tx, person), "messages": await _messages(tx, person)}


async def _person(tx: AsyncConnection, person: str) -> dict[str, object]:
    row = (await tx.execute(select(rows).where(rows.c.id == person))).one_or_none()
    if row is None:
        return {}
    state = forms.plain(people.read(row.id, row.channel, row.state))
    return state | {"address": row.address, "seen": row.seen.isoformat(), "reachable": row.reachable}


async def _bookings(tx: AsyncConnection, person: str) -> list[dict[str, object]]:
    """Each with the session and its date."""
    where = [occasions.c[name] for name in ("session", "listed", "starts")]
    own = [bookings.c[name] for name in ("state", "asked", "offered_until", "leads")]
    chosen = select(*where, *own).join(occasions, occasions.c.id == bookings.c.occasion)
    rows_ = await tx.execute(chosen.where(bookings.c.person == person).order_by(occasions.c.starts))
    return [_readable(row) for row in rows_.mappings()]


async def _messages(tx: AsyncConnection, person: str) -> list[dict[str, object]]:
    """What we said and still keep; an earlier report is named without its text, or reports would nest."""
    chosen = WITH_LETTERS.add_columns(ledger.c.state, ledger.c.touched).where(ledger.c.person == person)
    found = []
    for row in await tx.execute(chosen.order_by(ledger.c.id)):
        say = forms.read_say(row.body)
        text = "" if say.sensitive else say.text
        found.append({"text": text, "state": row.state, "time": row.touched.isoformat()})
    return found


def _readable(row: Any) -> dict[str, object]:
    return {name: _iso(value) for name, value in row.items()}


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
