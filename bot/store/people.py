"""The rows of people: found by channel and address, locked for a turn, saved by compare-and-swap."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import Row, UpdateBase, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.model import Person
from bot.store.engine import insert_new
from bot.store.tables import people

log = structlog.get_logger(__name__)


class Stale(Exception):
    """Somebody else saved this person meanwhile: decide again."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the store has them, with the version that a save must still find."""

    person: Person
    channel: str
    address: str
    version: int


async def lock(
    tx: AsyncConnection, channel: str, address: str, now: datetime, wait: bool = True
) -> Known | None:
    """The person at this address, made if new, ours until the end of the transaction.

    None only with `wait` off, when another process has them.
    """
    here, found = {"of_channel": channel, "of_address": address}, _LOCKED[wait]
    if (row := (await tx.execute(found, here)).one_or_none()) is not None:
        return _known(row)
    person = Person(id=uuid4().hex, channel=channel)
    if await _add(tx, Known(person, channel, address, 1), now):
        return Known(person, channel, address, 1)
    row = (await tx.execute(found, here)).one_or_none()
    return None if row is None else _known(row)


async def save(tx: AsyncConnection, known: Known, person: Person, seen: datetime | None = None) -> None:
    """Keep the person as they are now, unless their row has changed since it was read.

    `seen` is given when they wrote to us: then they are reachable, too.
    """
    heard = {"reachable": True, "seen": seen} if seen else {}
    kept = replace(person, id=known.person.id, channel=known.channel)
    here = {"of_id": known.person.id, "of_version": known.version, "version": known.version + 1}
    if (await tx.execute(_SAVE, here | _columns(kept) | heard)).rowcount != 1:
        raise Stale(known.person.id)


async def find(tx: AsyncConnection, channel: str, address: str) -> Person | None:
    """The person at this address, only looked at."""
    row = (await tx.execute(_AT, {"of_channel": channel, "of_address": address})).one_or_none()
    return None if row is None else read(row.id, row.channel, row.state)


async def of_id(tx: AsyncConnection, id: str) -> Person | None:
    """The person of that id, only looked at."""
    row = (await tx.execute(select(people).where(people.c.id == id))).one_or_none()
    return None if row is None else read(row.id, row.channel, row.state)


async def reaches(tx: AsyncConnection, id: str) -> bool:
    """Whether what we send gets to them, as far as we know."""
    found = select(people.c.reachable).where(people.c.id == id)
    return bool((await tx.execute(found)).scalar_one_or_none())


async def unreachable(tx: AsyncConnection, channel: str, address: str) -> None:
    """They blocked us or are gone; a message from them makes them reachable again."""
    await _mark(tx, channel, address, reachable=False)


async def returned(tx: AsyncConnection, channel: str, address: str) -> None:
    """They let us in again."""
    await _mark(tx, channel, address, reachable=True)


async def _mark(tx: AsyncConnection, channel: str, address: str, reachable: bool) -> None:
    here = (people.c.channel == channel, people.c.address == address)
    await tx.execute(update(people).where(*here).values(reachable=reachable))


async def move(tx: AsyncConnection, channel: str, old: str, new: str) -> None:
    """The chat has a new address. Where somebody is already known there, that row stays as it is."""
    if (await tx.execute(_AT, {"of_channel": channel, "of_address": new})).first() is None:
        here = (people.c.channel == channel, people.c.address == old)
        await tx.execute(update(people).where(*here).values(address=new))


async def _add(tx: AsyncConnection, known: Known, now: datetime) -> bool:
    where = {"id": known.person.id, "channel": known.channel, "address": known.address}
    row = where | {"version": known.version, "reachable": True, "seen": now} | _columns(known.person)
    return (await tx.execute(_new(tx.dialect.name), row)).first() is not None


@cache
def _new(dialect: str) -> UpdateBase:
    return insert_new(dialect, people, "channel", "address").returning(people.c.id)


_AT = select(people.c.id, people.c.channel, people.c.address, people.c.state, people.c.version).where(
    people.c.channel == bindparam("of_channel"), people.c.address == bindparam("of_address")
)
# No key changes, so rows that link to this person can be written meanwhile: a place that is offered to them.
_LOCKED = {wait: _AT.with_for_update(key_share=True, skip_locked=not wait) for wait in (True, False)}
_SAVE = update(people).where(people.c.id == bindparam("of_id"), people.c.version == bindparam("of_version"))


def _known(row: Row[Any, Any, Any, Any, Any]) -> Known:
    return Known(read(row.id, row.channel, row.state), row.channel, row.address, row.version)


def read(id: str, channel: str, state: str) -> Person:
    """The person of a row. One that this version cannot read starts afresh: better than no answer."""
    try:
        return forms.read_person(state)
    except (ValueError, TypeError, KeyError):
        log.error("a person's state could not be read", person=id)
        return Person(id=id, channel=channel)


def _columns(person: Person) -> dict[str, object]:
    return {
        "state": forms.write(person),
        "answers": holds_answers(person),
        "remembers": bool(person.remembered),
        # A query must leave out both kinds.
        "stopped": person.stopped or person.grieving,
        "quiet_until": person.quiet_until,
        "area": person.area,
        "language": person.language,
        "interests": searchable(person.interests),
    }


def searchable(interests: tuple[tuple[str, str], ...]) -> str:
    """ "|cancer=lung|topic=sleep|": each can be found with LIKE, and none is part of another."""
    return "".join(f"|{name}={value}" for name, value in interests) + "|" if interests else ""


def holds_answers(person: Person) -> bool:
    """Whether a flow keeps something the person told, or we know by which leaflet they came: both for a
    day. A flow that has just ended does, for *back*."""
    runs = (person.place, person.parked, person.finished)
    return bool(person.came_by) or any(place and (place.kept or place.chosen) for place in runs)
