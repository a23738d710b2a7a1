"""Saving the form of a session into its file: a new one, or one that somebody else may have changed."""

import asyncio
from datetime import date

from starlette.responses import Response

from bot.authoring import files, listings
from bot.authoring.files import CannotWrite, Changed, Edit, Folders, Wrong
from bot.authoring.listings import ByHand, Kept
from bot.authoring.session_reading import Frame, Mistaken, series_of
from bot.authoring.session_words import Fields, differing, fields_of, merged, received
from bot.console import drawing
from bot.console.office import Office, Refusal, Visit
from bot.console.sessions import form
from bot.console.sessions.form import Form
from bot.content.listings import Series
from bot.messaging import changing
from bot.store import audit, changes

TRIES = 3
"""Another session of the same file may be saved between our look and our word."""


def folders_of(office: Office) -> Folders:
    return Folders(office.settings.knowledge, office.settings.flows)


async def kept_of(office: Office, session: str) -> Kept:
    """The session as its file has it at this moment. Raises Refusal."""
    try:
        kept = await asyncio.to_thread(listings.find, folders_of(office), session)
    except ByHand:
        raise Refusal("session-by-hand", 409) from None
    except CannotWrite as error:
        raise Refusal("file-unreadable", 503, why=error.why) from None
    if kept is None:
        raise Refusal("not-there", 404)
    return kept


def draw(office: Office, visit: Visit, filled: Form, old: Series | None, status: int = 200) -> Response:
    """The form as it stands, with whatever is to be said about it."""
    return drawing.page(
        office,
        visit,
        "sessions-form.html",
        status,
        form=filled,
        old=old,
        choices=form.choices(office, filled.fields),
        today=visit.now.astimezone(office.world.directory.zone).date(),
    )


# ---- a new one ---------------------------------------------------------------------------------------------


async def save_new(office: Office, visit: Visit) -> Response:
    fields = received(visit.several)
    for _ in range(TRIES):
        try:
            new = series_of(fields, _frame(office, visit, None, await _new_id(office, fields)))
            area = office.world.content.services[new.service].area
            edit = listings.added(folders_of(office), listings.place_of(area), new)
            await _put(office, visit, edit, ("session.add", new.id, ""))
        except Changed:
            continue
        except (Mistaken, Wrong, CannotWrite) as error:
            return _again(office, visit, Form(fields), None, error)
        return drawing.back_to(f"/sessions/{new.id}", "session-added")
    return _again(office, visit, Form(fields), None, CannotWrite())


async def _new_id(office: Office, fields: Fields) -> str:
    service = office.world.content.services.get(fields["service"])
    area = (service.area if service else "") or ""
    # What was saved a moment ago is in its file, and not yet in what patients see.
    taken = {"new", *office.world.directory.listings}
    there = await asyncio.to_thread(listings.ids, folders_of(office))
    return listings.new_id(fields["title"], area, taken | there)


# ---- one that is there -------------------------------------------------------------------------------------


async def save_changed(office: Office, visit: Visit, session: str) -> Response:
    """Refused with both people's words when somebody else changed it since the form was opened."""
    fields = received(visit.several)
    for _ in range(TRIES):
        kept = await kept_of(office, session)
        filled = Form(fields, kept.version, form.before(visit.form.get("before", "")))
        if visit.form.get("version") != kept.version:
            return _stale(office, visit, filled, kept)
        try:
            return await _changed(office, visit, filled, kept)
        except Changed:
            continue
    return _again(office, visit, filled, kept.series, CannotWrite())


async def _changed(office: Office, visit: Visit, filled: Form, kept: Kept) -> Response:
    try:
        new = series_of(filled.fields, _frame(office, visit, kept.series, kept.series.id))
        names = differing(kept.series, new)
        if not names:
            return drawing.back_to(f"/sessions/{new.id}", "session-same")
        edit = listings.changed(kept, new)
        if visit.form.get("sure") != "yes":
            people = await told(office, visit, new)
            if people:
                return _sure(office, visit, filled, people)
        await _put(office, visit, edit, ("session.change", new.id, ", ".join(names)))
    except Changed:
        raise
    except (Mistaken, Wrong, CannotWrite) as error:
        return _again(office, visit, filled, kept.series, error)
    return drawing.back_to(f"/sessions/{new.id}", "session-changed")


async def told(office: Office, visit: Visit, new: Series) -> int:
    """How many people hear of it: those who have to do with a date that would be elsewhere, or off."""
    directory = office.world.directory
    if new.id not in directory.listings:
        return 0
    async with office.store.read() as tx:
        staffs = await changes.every(tx, visit.now)
        known = [one for one in await changes.to_come(tx, visit.now) if one.session == new.id]
        numbers = await changes.numbers(tx, visit.now, {new.id})
    moved = changing.moved_by(directory.rewritten(new).changed_by(staffs), known)
    return sum(sum(numbers[one.date]) for one in moved if one.state == "on" and one.date in numbers)


def _sure(office: Office, visit: Visit, filled: Form, people: int) -> Response:
    return drawing.page(office, visit, "sessions-sure.html", form=filled, people=people)


def _stale(office: Office, visit: Visit, filled: Form, kept: Kept) -> Response:
    """What the other one changed, field by field; and the form with the writer's own words still in it."""
    now = fields_of(kept.series)
    together = merged(filled.seen, now, filled.fields)
    offered = form.choices(office, together)
    found = form.differences(offered, filled.seen, now, filled.fields)
    shown = filled._replace(fields=together, seen=now, differences=found)
    return draw(office, visit, shown, kept.series, 409)


# ---- both --------------------------------------------------------------------------------------------------


def _frame(office: Office, visit: Visit, old: Series | None, id: str) -> Frame:
    world = office.world
    return Frame(world.directory, world.content.services, visit.now, old, id)


async def _put(office: Office, visit: Visit, edit: Edit, said: tuple[str, str, str]) -> None:
    """Look at everything first, then write the file and its row in the log together."""
    what, session, detail = said
    folders = folders_of(office)
    today: date = visit.now.astimezone(office.world.directory.zone).date()
    await files.examine(folders, [edit], today)
    async with files.writing(office.store, folders, [edit]) as tx:
        await audit.add(tx, visit.who, what, f"session:{session}", visit.now, detail)


def _again(office: Office, visit: Visit, filled: Form, old: Series | None, error: Exception) -> Response:
    """The form once more, with the same words in it and what stands in the way."""
    if isinstance(error, Mistaken):
        return draw(office, visit, filled._replace(mistakes=error.mistakes), old, 422)
    if isinstance(error, Wrong):
        return draw(office, visit, filled._replace(problems=error.problems), old, 422)
    why = (
        "by-hand" if isinstance(error, ByHand) else "changed" if isinstance(error, Changed) else "not-written"
    )
    return draw(office, visit, filled._replace(unwritten=why), old, 503)
