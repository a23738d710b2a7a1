"""A new session from the desk, put into its file between turns: the look at all content takes some seconds,
and nobody else could write meanwhile."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import structlog
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.authoring import files, listings
from bot.authoring.files import CannotWrite, Changed, Edit, Folders, Wrong
from bot.authoring.session_reading import Mistaken
from bot.content.listings import Series
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.model import Say
from bot.staff import adding, state, telling
from bot.staff.asks import Facts
from bot.store import audit, people, staff
from bot.store.audit import Who
from bot.store.engine import Store
from bot.store.staff import Member

log = structlog.get_logger(__name__)


class Made(NamedTuple):
    """What goes into the files, and what is told then. No edits: it is there already."""

    session: str
    edits: tuple[Edit, ...]
    say: Say


class Overtaken(Exception):
    """Another worker has done it."""


async def tick(store: Store, world: World, now: datetime) -> None:
    """Every 2 seconds, in every worker: each wish is met once, whichever comes first."""
    async with store.read() as tx:
        wishes = [(one, state.read(one.desk, now).saving) for one in await staff.linked(tx)]
    for member, wish in wishes:
        if wish:
            await _save(store, world, member, wish, now)
            store.planned.set()


async def _save(store: Store, world: World, member: Member, wish: Mapping[str, str], now: datetime) -> None:
    """Look at everything first; then file, audit log and answer in one step, or none of them."""
    facts = Facts(world, Texts(world.content.texts), datetime.fromisoformat(wish["at"]))
    folders = Folders(world.local.knowledge, world.local.flows)  # type: ignore[arg-type]  # see adding.save
    made = await _made(facts, folders, wish)
    try:
        async with files.writing(store, folders, made.edits) as tx:
            await _settle(tx, member, wish, made, now)
    except (Overtaken, Changed):
        # Somebody wrote the file meanwhile: the next round looks at everything again.
        return
    except CannotWrite:
        failed = Made("", (), Say(facts.texts("console.sessions.unwritten.not-written")))
        async with store.write() as tx:
            await _settle(tx, member, wish, failed, now)


async def _made(facts: Facts, folders: Folders, wish: Mapping[str, str]) -> Made:
    """The edit, when nothing is wrong with it; else why not."""
    try:
        made = await asyncio.to_thread(_edited, facts, folders, wish)
        today = facts.now.astimezone(facts.world.directory.zone).date()
        await files.examine(folders, made.edits, today)
        return made
    except Wrong as wrong:
        lines = (f"{one.path}:{one.line}: {one.message}" for one in wrong.problems[:5])
        return Made("", (), Say("\n".join((facts.texts("console.sessions.problems"), *lines))))
    except (Mistaken, ValidationError, LookupError):
        return Made("", (), Say(facts.say("old-button")))
    except Exception as error:
        # Whatever it is, it would be the same every 2 seconds; so it is told and ends here.
        log.error("a session from the desk could not be saved", error=type(error).__name__)
        return Made("", (), Say(facts.texts("console.sessions.unwritten.not-written")))


def _edited(facts: Facts, folders: Folders, wish: Mapping[str, str]) -> Made:
    """Raises LookupError when the one it is like is not there any more."""
    directory = facts.world.directory
    original = (directory.written.get(wish["copy"]) or directory.listings[wish["copy"]]).series
    area, title = facts.world.content.services[original.service].area, facts.texts.written(original.title)
    taken = {"new", *directory.listings} | listings.ids(folders)

    def named(id: str) -> Series:
        return adding.made_of(facts, original, wish, id, wish["real"] == "yes")

    first = listings.new_id(title, area or "", ())
    for id in sorted(one for one in taken if one.startswith(first)):
        # The process died after the file was written, and before that was written down.
        if (kept := listings.find(folders, id)) and kept.series == named(id):
            return _told(facts, kept.series, kept.place, ())
    made = named(listings.new_id(title, area or "", taken))
    edit = listings.added(folders, listings.place_of(area), made)
    return _told(facts, made, edit.place, (edit,))


def _told(facts: Facts, made: Series, place: str, edits: tuple[Edit, ...]) -> Made:
    title = facts.texts.written(made.title)
    return Made(made.id, edits, Say(facts.say("new.done", title=title, place=place)))


async def _settle(
    tx: AsyncConnection, member: Member, wish: Mapping[str, str], made: Made, now: datetime
) -> None:
    """The wish is met, or told why not. Raises Overtaken."""
    # As a turn of theirs does: so that neither forgets what the other did to their desk.
    await people.lock(tx, member.channel, member.address, now)
    known = await staff.of_id(tx, member.id)
    desk = state.read(known.desk, now) if known else state.NOTHING
    if known is None or desk.saving != wish:
        raise Overtaken
    await staff.save_desk(tx, member.id, state.write(replace(desk, saving={})))
    await telling.tell(tx, known, f"saving:{wish['at']}", made.say, now)
    if made.session:
        await audit.add(tx, Who(member.id, member.name), "session.add", f"session:{made.session}", now)
