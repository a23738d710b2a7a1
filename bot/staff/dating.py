"""One date of a session at the desk, cancelled after a yes; and a new session, put into its file."""

from pydantic import ValidationError

from bot.authoring import dates, files, listings
from bot.authoring.dates import Deed, Stale, Standing
from bot.authoring.files import CannotWrite, Folders, Wrong
from bot.authoring.session_reading import Mistaken
from bot.bookings import SessionDate
from bot.messaging.changing import CannotChange
from bot.model import Button, Say
from bot.staff import adding, codes, drafting, times
from bot.staff.asks import AddSession, CallOff, Facts, Show
from bot.staff.screens import number
from bot.staff.work import Work
from bot.store import audit


async def ask_to_call_off(work: Work, ask: Show) -> tuple[Say, ...]:
    """How many people will be told, before anything is done."""
    date, facts = named(ask.name), work.facts
    standing = date and await dates.standing(work.tx, date, facts.world, facts.now)
    if date is None or not standing:
        return (Say(facts.say("old-button")),)
    if standing.starts is None or standing.starts <= facts.now:
        return (Say(_how_it_stands(facts, standing)),)
    people = await dates.told(work.tx, standing)
    key = "off.nobody" if not people else "off.one" if people == 1 else "off.people"
    yes = codes.write("off-yes", name=f"{ask.name}.{standing.version}")
    back = codes.write("who", name=ask.name)
    rows = ((Button(facts.say("button.off-yes"), yes),), (Button(facts.say("button.back"), back),))
    text = facts.say("off.ask", title=drafting.title(facts, date.session), when=_when(facts, standing))
    return (Say(f"{text}\n{facts.say(key, number=number(people))}", rows),)


async def call_off(work: Work, ask: CallOff) -> tuple[Say, ...]:
    facts = work.facts
    name, _, version = ask.name.rpartition(".")
    date = named(name)
    if date is None:
        return (Say(facts.say("old-button")),)
    try:
        people = await dates.change(work.tx, Deed(date, version), facts.world, work.who, facts.now)
    except Stale as stale:
        return (Say(f"{facts.say('off.stale')} {_how_it_stands(facts, stale.now)}"),)
    except CannotChange as refused:
        return (Say(facts.texts(f"console.refused.date-{refused.why}")),)
    return (Say(facts.say("off.done", number=number(people))),)


def named(name: str) -> SessionDate | None:
    """Out of a button's code, which may be forged."""
    session, _, minutes = name.partition(".")
    listed = times.of_minutes(minutes)
    return SessionDate(session, listed) if listed else None


def _how_it_stands(facts: Facts, standing: Standing) -> str:
    if standing.change is None:
        return facts.texts("console.sessions.too-late")
    return facts.say(f"off.is-{standing.change.kind}", name=standing.change.by, when=_when(facts, standing))


def _when(facts: Facts, standing: Standing) -> str:
    return times.written(standing.starts or standing.date.listed, facts.world.directory.zone)


# ---- a new session -----------------------------------------------------------------------------------------


async def add(work: Work, ask: AddSession) -> tuple[Say, ...]:
    """Into the file of its area, after everything was looked at; what cannot be is told."""
    facts, local = work.facts, work.facts.world.local
    original = facts.world.directory.listings.get(ask.told.get("copy", ""))
    if original is None or local.knowledge is None or local.flows is None:
        return (Say(facts.say("new.no-files")),)
    folders = Folders(local.knowledge, local.flows)
    try:
        return (await _added(work, ask, folders),)
    except Wrong as wrong:
        lines = (f"{one.path}:{one.line}: {one.message}" for one in wrong.problems[:5])
        return (Say("\n".join((facts.texts("console.sessions.problems"), *lines))),)
    except (Mistaken, ValidationError):
        return (Say(facts.say("old-button")),)
    except CannotWrite:
        return (Say(facts.texts("console.sessions.unwritten.not-written")),)


async def _added(work: Work, ask: AddSession, folders: Folders) -> Say:
    facts, directory = work.facts, work.facts.world.directory
    original = (directory.written.get(ask.told["copy"]) or directory.listings[ask.told["copy"]]).series
    service = facts.world.content.services[original.service]
    taken = {"new", *directory.listings} | listings.ids(folders)
    id = listings.new_id(facts.texts.written(original.title), service.area or "", taken)
    made = adding.made_of(facts, original, ask.told, id, ask.real)
    edit = listings.added(folders, listings.place_of(service.area), made)
    await files.examine(folders, [edit], facts.now.astimezone(directory.zone).date())
    await audit.add(work.tx, work.who, "session.add", f"session:{id}", facts.now)
    files.place_in(work.tx, folders, [edit])
    return Say(facts.say("new.done", title=facts.texts.written(made.title), place=edit.place))
