"""Sessions: the coming dates, one session, and its form. What is written goes back to the authors' file."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial

from starlette.responses import Response

from bot.authoring import listings
from bot.authoring.files import CannotWrite
from bot.authoring.listings import Kept
from bot.authoring.session_words import differing, fields_of
from bot.authoring.typed import a_day
from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.sessions import coming, form, saving
from bot.console.sessions.coming import Asked
from bot.console.sessions.form import EMPTY, Form
from bot.content.listings import Series
from bot.directory.directory import Directory
from bot.directory.recurrence import cancelled_between
from bot.store import changes

MOST_PAGES = 200
AHEAD = timedelta(days=365)
"""As far as dates are kept for quick answers (bot/directory/recurrence.py)."""
SHOWN = 12
"""Dates on the page of one session."""
CANCELLED_AHEAD = timedelta(days=183)


async def show_all(office: Office, visit: Visit) -> Response:
    """The dates of all sessions, by day."""
    asked = _asked(office, visit)
    rows, more = await _rows(office, visit, office.world.directory, asked)
    given = {name: visit.request.query_params.get(name, "")[:100] for name in ("area", "q", "from")}
    areas = [(one.id, drawing.texts(office).written(one.name)) for one in office.world.content.areas.values()]
    where = partial(coming.where, office.world, drawing.texts(office))
    shown = {"rows": rows, "more": more, "asked": asked, "given": given, "areas": areas, "where": where}
    return drawing.page(office, visit, "sessions.html", 200, **shown)


async def _rows(
    office: Office, visit: Visit, directory: Directory, asked: Asked
) -> tuple[list[coming.Row], bool]:
    found, more = coming.dates(directory, asked)
    async with office.store.read() as tx:
        numbers = await changes.numbers(tx, visit.now, {one.listing.series.id for one in found})
    return coming.rows(directory, found, numbers), more


def _asked(office: Office, visit: Visit) -> Asked:
    """Whatever stands in the address, read as far as it makes sense."""
    query = visit.request.query_params
    day = a_day(query.get("from", ""))
    zone = office.world.directory.zone
    midnight = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) if day else visit.now
    number = query.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    last = visit.now + AHEAD
    since = min(max(visit.now, midnight - timedelta(seconds=1)), last)
    return Asked(since, last, query.get("area", "")[:60], query.get("q", "")[:100], min(page, MOST_PAGES))


# ---- one session -------------------------------------------------------------------------------------------


async def show(office: Office, visit: Visit) -> Response:
    """What it says, where that is kept, and its dates."""
    session = named(visit)
    directory = office.world.directory
    kept = await _kept(office, session)
    listing = directory.listings.get(session)
    if kept is None and listing is None:
        raise Refusal("not-there", 404)
    read = directory.written.get(session) or listing
    shown = kept.series if kept else read.series if read else None
    assert shown is not None
    rows, more = await _rows(office, visit, _only(office, session), Asked(visit.now, visit.now + AHEAD))
    off = _cancelled(office, listing.series, visit) if listing else []
    return drawing.page(
        office,
        visit,
        "sessions-one.html",
        series=shown,
        service=office.world.content.services.get(shown.service),
        place=kept.place if kept else "",
        # Content is read anew some seconds after its file was written.
        waits=read is None or bool(differing(read.series, shown)),
        fields=_readable(fields_of(shown), office),
        choices=form.choices(office, fields_of(shown)),
        rows=rows[:SHOWN],
        more=more or len(rows) > SHOWN,
        off=off,
    )


def _readable(fields: dict[str, str], office: Office) -> dict[str, str]:
    """With its days as people write them."""
    zone = office.world.directory.zone
    days = {name: a_day(fields[name]) for name in ("until", "review")}
    return fields | {name: drawing.day(day, zone) for name, day in days.items() if day}


def named(visit: Visit) -> str:
    """The session in the address."""
    return str(visit.request.path_params.get("session", ""))[:60]


async def _kept(office: Office, session: str) -> Kept | None:
    """Where only its author can change it, what patients see is shown all the same."""
    try:
        return await asyncio.to_thread(listings.find, saving.folders_of(office), session)
    except CannotWrite:
        return None


def _only(office: Office, session: str) -> Directory:
    directory = office.world.directory
    only = {session: directory.listings[session]} if session in directory.listings else {}
    return replace(directory, listings=only)


def _cancelled(office: Office, series: Series, visit: Visit) -> list[tuple[datetime, str]]:
    """The cancelled dates to come, each with its page."""
    zone = office.world.directory.zone
    found = cancelled_between(series, zone, visit.now, visit.now + CANCELLED_AHEAD)
    return [(one.astimezone(zone), coming.date_path(series.id, one)) for one in sorted(set(found))]


# ---- its form ----------------------------------------------------------------------------------------------


async def new(office: Office, visit: Visit) -> Response:
    """Empty, or as another session is: all but its day."""
    other = visit.request.query_params.get("copy", "")[:60]
    if not other:
        return saving.draw(office, visit, Form(EMPTY), None)
    kept = await saving.kept_of(office, other)
    fields = fields_of(kept.series) | {"date": "", "until": "", "review": "", "real": ""}
    if fields["repeat"] == "as-written":
        fields["repeat"] = "week"
    return saving.draw(office, visit, Form(fields), None)


async def change(office: Office, visit: Visit) -> Response:
    kept = await saving.kept_of(office, named(visit))
    fields = fields_of(kept.series)
    return saving.draw(office, visit, Form(fields, kept.version, fields), kept.series)


async def save_changed(office: Office, visit: Visit) -> Response:
    return await saving.save_changed(office, visit, named(visit))


PAGES: tuple[Page, ...] = (
    Page("/sessions", "GET", "look", show_all),
    Page("/sessions/new", "GET", "sessions", new),
    Page("/sessions/new", "POST", "sessions", saving.save_new),
    Page("/sessions/{session}", "GET", "look", show),
    Page("/sessions/{session}/change", "GET", "sessions", change),
    Page("/sessions/{session}/change", "POST", "sessions", save_changed),
)
