"""One date of a session: who comes, by their codes; and cancelling or moving it, which the database keeps."""

from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from bot.authoring import dates
from bot.authoring.dates import Deed, Stale, Standing
from bot.authoring.typed import a_day, a_time
from bot.bookings import SessionDate
from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.pages.sessions import named
from bot.console.sessions.coming import date_path, where
from bot.content.listings import Series
from bot.directory.whereabouts import refusal
from bot.messaging.changing import CannotChange
from bot.store import bookings

LATEST = 2**31 // 60
"""A start in minutes of universal time; later ones are forged."""


async def show(office: Office, visit: Visit) -> Response:
    return await _show(office, visit, "sessions-date.html")


async def show_codes(office: Office, visit: Visit) -> Response:
    """To be printed, and ticked off at the door."""
    return await _show(office, visit, "sessions-codes.html")


async def _show(office: Office, visit: Visit, template: str) -> Response:
    async with office.store.read() as tx:
        standing = await dates.standing(tx, _date(visit), office.world, visit.now)
        if standing is None:
            raise Refusal("not-there", 404)
        series = _series(office, standing)
        coming = await bookings.coming(tx, standing.date, series.capacity if series else None)
    if standing.date != _date(visit):
        return drawing.back_to(date_path(standing.date.session, standing.date.listed))
    return drawing.page(office, visit, template, **_frame(office, visit, standing), coming=coming)


def _date(visit: Visit) -> SessionDate:
    """Out of the address, which may be forged."""
    written = str(visit.request.path_params.get("listed", ""))
    if not (written.isascii() and written.isdigit() and len(written) < 10 and int(written) < LATEST):
        raise Refusal("not-there", 404)
    return SessionDate(named(visit), datetime.fromtimestamp(int(written) * 60, UTC))


def _series(office: Office, standing: Standing) -> Series | None:
    listing = office.world.directory.listings.get(standing.date.session)
    return listing.series if listing else None


def _frame(office: Office, visit: Visit, standing: Standing) -> dict[str, Any]:
    """What every page about a date shows."""
    series = _series(office, standing)
    starts = standing.starts or (standing.occasion.starts if standing.occasion else standing.date.listed)
    return {
        "standing": standing,
        "series": series,
        "title": series.title["en"] if series else standing.date.session,
        "starts": starts,
        "where": where(office.world, drawing.texts(office), standing.date.session),
        "path": f"/staff{date_path(standing.date.session, standing.date.listed)}",
        "whom": f"{standing.date.session}@{standing.date.listed.astimezone(UTC):%Y-%m-%dT%H:%MZ}",
        "can_change": standing.starts is not None and starts > visit.now and visit.may("sessions"),
    }


# ---- cancelling --------------------------------------------------------------------------------------------


async def ask_cancel(office: Office, visit: Visit) -> Response:
    """How many people will be told, before anything is done."""
    standing, people = await _looked_at(office, visit)
    return drawing.page(
        office, visit, "sessions-cancel.html", **_frame(office, visit, standing), people=people
    )


async def cancel(office: Office, visit: Visit) -> Response:
    return await _do(office, visit, None, "date-cancelled")


# ---- moving ------------------------------------------------------------------------------------------------


async def ask_move(office: Office, visit: Visit) -> Response:
    standing, people = await _looked_at(office, visit)
    return _move_form(office, visit, standing, people)


def _move_form(
    office: Office,
    visit: Visit,
    standing: Standing,
    people: int,
    mistake: str = "",
    to: datetime | None = None,
) -> Response:
    local = (standing.starts or standing.date.listed).astimezone(office.world.directory.zone)
    typed = {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"} | {
        name: visit.form[name] for name in ("date", "time") if name in visit.form
    }
    shown: dict[str, Any] = {"people": people, "mistake": mistake, "to": to, "typed": typed}
    status = 422 if mistake else 200
    return drawing.page(
        office, visit, "sessions-move.html", status, **_frame(office, visit, standing), **shown
    )


async def move(office: Office, visit: Visit) -> Response:
    """First what would happen, then, when they are sure, it happens."""
    standing, people = await _looked_at(office, visit)
    if visit.form.get("version") != standing.version:
        return _stale(office, visit, standing)
    to, mistake = _to(office, visit, standing)
    if to is None or mistake or visit.form.get("sure") != "yes":
        return _move_form(office, visit, standing, people, mistake, to)
    return await _do(office, visit, to, "date-moved")


def _to(office: Office, visit: Visit, standing: Standing) -> tuple[datetime | None, str]:
    """Where to, or the end of the sentence's key that says why not."""
    day, at = a_day(visit.form.get("date", "")), a_time(visit.form.get("time", ""))
    if day is None or at is None:
        return None, "unreadable"
    to = dates.on_the_clock(datetime.combine(day, at), office.world.directory)
    if to is None:
        return None, "clocks-skip"
    why = refusal(office.world.directory, standing.date, to.astimezone(UTC), visit.now)
    return to.astimezone(UTC), why if why in ("to-past", "same", "taken") else ""


# ---- both --------------------------------------------------------------------------------------------------


async def _looked_at(office: Office, visit: Visit) -> tuple[Standing, int]:
    async with office.store.read() as tx:
        standing = await dates.standing(tx, _date(visit), office.world, visit.now)
        if standing is None:
            raise Refusal("not-there", 404)
        return standing, await dates.told(tx, standing)


async def _do(office: Office, visit: Visit, to: datetime | None, said: str) -> Response:
    """Done, or refused with what somebody else did meanwhile."""
    date = _date(visit)
    deed = Deed(date, visit.form.get("version", ""), to)
    try:
        async with office.store.write() as tx:
            people = await dates.change(tx, deed, office.world, visit.who, visit.now)
    except Stale as stale:
        return _stale(office, visit, stale.now)
    except CannotChange as refused:
        raise Refusal(f"date-{refused.why}", 409) from None
    office.store.planned.set()
    return drawing.back_to(date_path(date.session, date.listed), said, str(people))


def _stale(office: Office, visit: Visit, standing: Standing) -> Response:
    """What somebody else did, and what this one wanted, which they can still do from there."""
    wanted = {name: visit.form.get(name, "") for name in ("date", "time")}
    return drawing.page(
        office, visit, "sessions-stale.html", 409, **_frame(office, visit, standing), wanted=wanted
    )


PAGES: tuple[Page, ...] = (
    Page("/sessions/{session}/{listed}", "GET", "look", show),
    Page("/sessions/{session}/{listed}/codes", "GET", "people", show_codes),
    Page("/sessions/{session}/{listed}/cancel", "GET", "sessions", ask_cancel),
    Page("/sessions/{session}/{listed}/cancel", "POST", "sessions", cancel),
    Page("/sessions/{session}/{listed}/move", "GET", "sessions", ask_move),
    Page("/sessions/{session}/{listed}/move", "POST", "sessions", move),
)
