"""Messages that may or may not have arrived, and what staff should know: one list each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.staff import doing, lists
from bot.staff.asks import Facts, Resolve
from bot.staff.work import Work
from bot.store import notices, occasions, unsure

LISTED = 50
ID = re.compile("[1-9][0-9]{0,14}", re.ASCII)


async def listed(office: Office, visit: Visit) -> Response:
    """The oldest first."""
    async with office.store.read() as tx:
        found = await unsure.listed(tx, 10_000)
        facts = await _dated(tx, office, visit, [one.about for one in found[:LISTED]])
    lines = [(one, lists.about_in_words(facts, one.about)) for one in found[:LISTED]]
    return drawing.page(office, visit, "unsure.html", lines=lines, more=len(found[LISTED:]))


async def resolve(office: Office, visit: Visit) -> Response:
    """One of them, or all: send again, or leave. Pressing twice does it once."""
    chosen, again = visit.form.get("id", ""), visit.form.get("do") == "again"
    if not (again or visit.form.get("do") == "leave") or not (chosen == "all" or ID.fullmatch(chosen)):
        raise Refusal("not-there", 404)
    ids = () if chosen == "all" else (int(chosen),)
    async with office.store.write() as tx:
        facts = Facts(office.world, drawing.texts(office), visit.now)
        done = await doing.resolve(Work(tx, visit.member, facts, "console"), Resolve(ids, again))
    office.store.planned.set()
    return drawing.back_to("/unsure", "unsure-again" if again else "unsure-leave", str(done))


async def told(office: Office, visit: Visit) -> Response:
    """What staff should know, newest first."""
    async with office.store.read() as tx:
        found = sorted(await notices.every(tx), key=lambda one: (one.last, one.id), reverse=True)
        facts = await _dated(tx, office, visit, [one.about for one in found])
    known = office.world.content.texts["en"]
    lines = []
    for one in found[:LISTED]:
        about = lists.about_in_words(facts, one.about)
        said = f"staff.notice.{one.kind}" in known
        lines.append((one, facts.say(f"notice.{one.kind}", about=about) if said else f"{one.kind}: {about}"))
    return drawing.page(office, visit, "notices.html", lines=lines, more=len(found[LISTED:]))


async def _dated(tx: AsyncConnection, office: Office, visit: Visit, abouts: Sequence[str]) -> Facts:
    """The facts with the dates of sessions that these speak of."""
    facts = Facts(office.world, drawing.texts(office), visit.now)
    return replace(facts, dates=await occasions.of_ids(tx, lists.dates_in(abouts)))


PAGES: tuple[Page, ...] = (
    Page("/unsure", "GET", "people", listed),
    Page("/unsure", "POST", "people", resolve),
    Page("/notices", "GET", "look", told),
)
