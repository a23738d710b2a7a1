"""The audit log: newest first, of one thing or one member, and whether it is whole."""

from typing import NamedTuple

from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Visit
from bot.console.signin.chat_codes import number
from bot.store import audit, chain, staff
from bot.store.chain import Verified

AT_ONCE = 50


class Filter(NamedTuple):
    """`staff` is a member's id, or "" for everybody; the program and the command line are "0"."""

    about: str
    staff: str
    before: int


async def show(office: Office, visit: Visit) -> Response:
    return await _page(office, visit, None)


async def verify(office: Office, visit: Visit) -> Response:
    async with office.store.read() as tx:
        found = await chain.verify(tx)
    return await _page(office, visit, found)


async def _page(office: Office, visit: Visit, verified: Verified | None) -> Response:
    asked = _filter(visit)
    async with office.store.read() as tx:
        ends, members = await audit.ends(tx), await staff.every(tx)
        found = await audit.latest(
            tx,
            AT_ONCE + 1,
            asked.before or None,
            asked.about,
            number(asked.staff) if asked.staff else None,
        )
    shown = {"rows": found[:AT_ONCE], "older": found[AT_ONCE - 1].id if len(found) > AT_ONCE else 0}
    shown |= {"asked": asked, "ends": ends, "members": members, "verified": verified}
    return drawing.page(office, visit, "audit.html", 200, **shown)


def _filter(visit: Visit) -> Filter:
    asked = visit.request.query_params
    return Filter(
        asked.get("about", "").replace("\x00", "")[:100].strip(),
        asked.get("staff", "") if asked.get("staff", "").isdigit() else "",
        number(asked.get("before", "")),
    )


PAGES: tuple[Page, ...] = (
    Page("/audit", "GET", "audit", show),
    Page("/audit/verify", "POST", "audit", verify),
)
