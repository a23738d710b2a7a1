"""The audit log: who read and changed what. Only added to; each row is sealed with the one before it."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.forms import storable
from bot.store.engine import insert_new
from bot.store.tables import audit, audit_ends

ROOT = "0" * 64
"""What stands before the first row."""
PROGRAM = 0
"""The `staff` of what the program or the command line did."""
AT_A_TIME = 500
"""Rows of one look, and of one sweep."""


class Who(NamedTuple):
    """A member of staff by id and name; `id` is PROGRAM for the command line."""

    id: int
    name: str


COMMAND_LINE = Who(PROGRAM, "command line")
"""Whoever has the machine: `prehab …`."""


class Entry(NamedTuple):
    """A row of the log, `detail` without words of a patient; `at` in universal time."""

    id: int
    at: datetime
    staff: int
    name: str
    what: str
    about: str
    detail: str
    seal: str


class Ends(NamedTuple):
    """The newest row and its seal, and the last row that was swept away with its seal."""

    newest: int
    seal: str
    swept: int
    swept_seal: str


async def add(tx: AsyncConnection, who: Who, what: str, about: str, now: datetime, detail: str = "") -> None:
    """Write one row, in the transaction of what it tells about: neither is kept without the other."""
    ends = await _locked(tx)
    entry = Entry(
        ends.newest + 1,
        now.astimezone(UTC),
        who.id,
        storable(who.name, 100),
        storable(what, 40),
        storable(about, 100),
        storable(detail, 300),
        "",
    )
    entry = entry._replace(seal=sealed(ends.seal, entry))
    await tx.execute(insert(audit).values(entry._asdict()))
    await tx.execute(update(audit_ends).values(newest=entry.id, seal=entry.seal))


def sealed(before: str, entry: Entry) -> str:
    """The seal of a row: SHA-256 over the seal before it and everything that the row says."""
    # Milliseconds, because the database keeps no more: a seal must hold for what is read back.
    said = [before, entry.id, entry.at.astimezone(UTC).isoformat(timespec="milliseconds"), *entry[2:7]]
    return sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


async def ends(tx: AsyncConnection) -> Ends:
    """Where the log begins and ends; of an empty one, at its root."""
    row = (await tx.execute(select(*(audit_ends.c[name] for name in Ends._fields)))).one_or_none()
    return Ends(*row) if row else Ends(0, ROOT, 0, ROOT)


async def page(tx: AsyncConnection, after: int, until: int, limit: int = AT_A_TIME) -> list[Entry]:
    """The rows after this one, up to and with that one, oldest first."""
    found = _found().where(audit.c.id > after, audit.c.id <= until)
    return [Entry(*row) for row in await tx.execute(found.order_by(audit.c.id).limit(limit))]


async def latest(
    tx: AsyncConnection, limit: int, before: int | None = None, about: str = "", staff: int | None = None
) -> list[Entry]:
    """The newest rows, newest first; of one thing only, or of one member, where they are named."""
    found = _found().order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        found = found.where(audit.c.id < before)
    if about:
        found = found.where(audit.c.about == about)
    if staff is not None:
        found = found.where(audit.c.staff == staff)
    return [Entry(*row) for row in await tx.execute(found)]


async def sweep(tx: AsyncConnection, before: datetime) -> int:
    """Remove rows older than this from the beginning; the seal of the last of them stays, to verify from.

    At most AT_A_TIME of them, without a gap: a row with an older time behind a younger one waits for that.
    """
    swept = (await _locked(tx)).swept
    first_young = select(func.min(audit.c.id)).where(audit.c.at >= before)
    young = (await tx.execute(first_young)).scalar_one_or_none()
    old = select(audit.c.id, audit.c.seal).where(audit.c.id <= swept + AT_A_TIME)
    old = old if young is None else old.where(audit.c.id < young)
    row = (await tx.execute(old.order_by(audit.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        return 0
    await tx.execute(update(audit_ends).values(swept=row.id, swept_seal=row.seal))
    return (await tx.execute(delete(audit).where(audit.c.id <= row.id))).rowcount


def _found() -> Select[Any]:
    return select(*(audit.c[name] for name in Entry._fields))


async def _locked(tx: AsyncConnection) -> Ends:
    """The ends, held until the transaction is over: rows are sealed one after the other."""
    first = {"id": 1, "newest": 0, "seal": ROOT, "swept": 0, "swept_seal": ROOT}
    await tx.execute(insert_new(tx.dialect.name, audit_ends, "id"), first)
    columns = (audit_ends.c[name] for name in Ends._fields)
    return Ends(*(await tx.execute(select(*columns).with_for_update())).one())
