"""People by pseudonym: found by a code only, and the one thing staff can do for them here: stop messages."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.directory.recurrence import at_zone
from bot.service import stopping
from bot.store import audit, pseudonyms
from bot.store.pseudonyms import LENGTH, Somebody

LISTED = 50
WHOLE = re.compile(f"[0-9a-f]{{{LENGTH}}}", re.ASCII)
BEGINNING = re.compile(f"[0-9a-f]{{6,{LENGTH}}}", re.ASCII)
DOOR = re.compile("[A-Z2-7]{4}", re.ASCII)


async def listed(office: Office, visit: Visit) -> Response:
    """A page of everybody, or whoever a code names. Each look is in the audit log."""
    asked, zone = visit.request.query_params, office.world.directory.zone
    code, after = asked.get("code", "").replace(" ", "")[:40], asked.get("after", "")
    after = after if WHOLE.fullmatch(after) else ""
    async with office.store.write() as tx:
        if code:
            found: Sequence[Somebody] = await _of_code(office, visit, tx, code)
            many = None
        else:
            found, many = await pseudonyms.page(tx, after, LISTED, zone), await pseudonyms.many(tx)
        what = _looked_for(code, after, bool(found))
        await audit.add(tx, visit.who, "people.look", "people", visit.now, what)
    if code:
        return _page(office, visit, found)
    last = found[-1].code if len(found) == LISTED else ""
    return _page(office, visit, found, last, many)


def _looked_for(code: str, after: str, found: bool) -> str:
    """For the log. What is nobody's code may be somebody's name: it is not written down."""
    if code:
        return f"code {code}" if found else "nobody's code"
    return f"page after {after}" if after else "first page"


def _page(
    office: Office, visit: Visit, found: Sequence[Somebody], last: str = "", many: int | None = None
) -> Response:
    """`last` is the code after which the next page begins; `many` are all, where no code was asked for."""
    asked = visit.request.query_params
    code, day = asked.get("code", "")[:40], asked.get("day", "")[:10]
    return drawing.page(office, visit, "people.html", found=found, last=last, many=many, code=code, day=day)


async def _of_code(office: Office, visit: Visit, tx: AsyncConnection, code: str) -> Sequence[Somebody]:
    """The beginning of a code of this page; or the 4 letters that somebody says at the door, on one day."""
    zone = office.world.directory.zone
    if DOOR.fullmatch(code.upper()):
        first = _midnight(office, visit)
        last = first + timedelta(days=1, hours=1)
        return await pseudonyms.at_the_door(tx, code.upper(), first, last, zone)
    if BEGINNING.fullmatch(code.lower()):
        return await pseudonyms.of_code(tx, code.lower(), zone)
    return ()


def _midnight(office: Office, visit: Visit) -> datetime:
    """When the day they asked for begins; today where they asked for none."""
    zone = office.world.directory.zone
    try:
        day = date.fromisoformat(visit.request.query_params.get("day", ""))
    except ValueError:
        day = visit.now.astimezone(zone).date()
    try:
        return at_zone(datetime.combine(day, time()), zone)
    except OverflowError:
        raise Refusal("not-there", 404) from None


async def sure(office: Office, visit: Visit) -> Response:
    """One person, and the question before their messages are stopped."""
    code = _code(visit)
    async with office.store.write() as tx:
        found = await pseudonyms.of_code(tx, code, office.world.directory.zone)
        if len(found) != 1:
            raise Refusal("not-there", 404)
        await audit.add(tx, visit.who, "people.look", f"person:{code}", visit.now)
    return drawing.page(office, visit, "people-stop.html", one=found[0])


async def stop(office: Office, visit: Visit) -> Response:
    """What /stop does, without a word to them. Again is no mistake."""
    code = _code(visit)
    async with office.store.write() as tx:
        known = await pseudonyms.lock(tx, code, visit.now)
        if known is None:
            raise Refusal("not-there", 404)
        await stopping.stop(tx, known, office.navigator(), visit.now)
        await audit.add(tx, visit.who, "people.stop", f"person:{code}", visit.now)
    office.store.planned.set()
    return drawing.back_to(f"/people/{code}", "person-stopped")


def _code(visit: Visit) -> str:
    """The code in the address, which may be forged."""
    code: str = visit.request.path_params["code"]
    if not WHOLE.fullmatch(code):
        raise Refusal("not-there", 404)
    return code


PAGES: tuple[Page, ...] = (
    Page("/people", "GET", "people", listed),
    Page("/people/{code}", "GET", "people", sure),
    Page("/people/{code}/stop", "POST", "people", stop),
)
