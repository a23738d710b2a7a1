"""One date of a session, cancelled or moved by a member of staff: kept in the database, never in the file."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import SessionDate
from bot.conversation.world import World
from bot.directory.directory import Directory
from bot.directory.recurrence import at_zone
from bot.directory.whereabouts import called_off, whereabouts
from bot.messaging import changing
from bot.store import audit, changes, occasions
from bot.store.audit import Who
from bot.store.bookings import KEPT, counts
from bot.store.occasions import Change, Occasion


class Standing(NamedTuple):
    """How a date stands. `change` is what staff did to it, `occasion` its row where anybody booked it;
    `starts` is where it is now, and None when it is off."""

    date: SessionDate
    change: Change | None
    occasion: Occasion | None
    starts: datetime | None
    by_author: bool
    """Its author cancelled it, in the file."""

    @property
    def version(self) -> str:
        """Another one as soon as anybody has cancelled or moved it."""
        return str(int(sha256(repr(self.change).encode()).hexdigest()[:8], 16) % 1_000_000)


class Stale(Exception):
    """Somebody else changed the date since it was looked at; `now` is how it stands."""

    def __init__(self, now: Standing) -> None:
        super().__init__()
        self.now = now


class Deed(NamedTuple):
    """What is to be done with a date that was seen in `version`: moved there, or (to None) cancelled."""

    date: SessionDate
    version: str
    to: datetime | None = None


async def standing(tx: AsyncConnection, date: SessionDate, world: World, now: datetime) -> Standing | None:
    """How the date stands in the database at this moment; None when nobody knows it."""
    change = await occasions.change_of(tx, date)
    if change and change.listed != date.listed:
        # A link to where it was moved to: its name is its listed start.
        date = SessionDate(date.session, change.listed)
    occasion = await occasions.find(tx, date)
    directory = world.directory.changed_by(await changes.every(tx, now))
    listing = directory.listings.get(date.session)
    found = whereabouts(directory, date)
    off = listing is not None and called_off(directory, listing, date.listed)
    if found is None and not off and occasion is None:
        return None
    by_author = off and not (change and change.kind == "cancelled")
    return Standing(date, change, occasion, found.starts if found else None, by_author)


async def told(tx: AsyncConnection, standing: Standing) -> int:
    """How many people have to do with it, and would hear of a change."""
    if standing.occasion is None:
        return 0
    numbers = await counts(tx, standing.occasion.id)
    return sum(numbers.get(state, 0) for state in KEPT)


async def change(tx: AsyncConnection, deed: Deed, world: World, who: Who, now: datetime) -> int:
    """Do it; how many people are told. Raises Stale and changing.CannotChange."""
    await changing.hold(tx, deed.date, world, now)
    before = await standing(tx, deed.date, world, now)
    if before and before.version != deed.version:
        raise Stale(before)
    return await change_now(tx, deed, world, who, now)


async def change_now(tx: AsyncConnection, deed: Deed, world: World, who: Who, now: datetime) -> int:
    """The same for who typed it in one line, and so has looked at no version."""
    date, zone = deed.date, world.directory.zone
    if deed.to is None:
        people = await changing.cancel(tx, date, world, who.name, now)
        what, detail = "session.cancel", f"{people} told"
    else:
        people = await changing.move(tx, date, deed.to, world, who.name, now)
        what = "session.move"
        detail = f"to {deed.to.astimezone(zone):%Y-%m-%dT%H:%M}, {people} told"
    await audit.add(tx, who, what, about(world.directory, date), now, detail)
    return people


def about(directory: Directory, date: SessionDate) -> str:
    """As the audit log names it: session:sco-get-active@2026-11-26T10:30"""
    return f"session:{date.session}@{date.listed.astimezone(directory.zone):%Y-%m-%dT%H:%M}"


def on_the_clock(wall: datetime, directory: Directory) -> datetime | None:
    """The moment of this local time; None for an hour that the clocks skip."""
    moment = at_zone(wall, directory.zone)
    return moment if moment.replace(tzinfo=None, fold=0) == wall else None
