"""Broadcasts: the list, one of them with all that can be done to it, and its report."""

import json
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.broadcasting import deeds, shown
from bot.console.broadcasting.writing import PAGES as WRITING
from bot.console.drawing import FRAGMENT
from bot.console.office import Office, Page, Visit
from bot.insights.cells import table
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast, Preview, Report
from bot.messaging.broadcasts.looking import LIVE
from bot.staff import screens
from bot.staff.asks import Deed
from bot.store import audiences, overview, staff

LISTED = 40
SO_FAR = ("holding", "sending", "stopped", "recalling")
"""States in which something may be out already, and more to come."""


async def every(office: Office, visit: Visit) -> Response:
    """The newest, and how far each is. The part that moves is asked for alone."""
    older = visit.request.query_params.get("older", "")
    before = int(older) if older.isascii() and older.isdigit() and len(older) < 10 else None
    async with office.store.read() as tx:
        rows = await broadcasts.every(tx, LISTED, before)
        live = {one.id: await broadcasts.report(tx, one.id) for one in rows if one.state in SO_FAR}
        ended = await overview.ended(tx, [one.id for one in rows])
    facts = deeds.facts_of(office, visit)
    lines = [(one, shown.whom(facts, one.draft), _how_far(one, live, ended)) for one in rows]
    alone = FRAGMENT in visit.request.headers
    template = "broadcasts-lines.html" if alone else "broadcasts-list.html"
    oldest = rows[-1].id if len(rows) == LISTED else 0
    return drawing.page(office, visit, template, lines=lines, oldest=oldest, before=before or "")


def _how_far(one: Broadcast, live: dict[int, Report], ended: Any) -> tuple[int, int] | None:
    """How many have it, of how many; None before anything could go out."""
    if one.id in live:
        return live[one.id].sent, live[one.id].frozen
    if one.id in ended:
        figures = json.loads(ended[one.id])
        return figures["sent"], figures["frozen"]
    return None


async def one(office: Office, visit: Visit) -> Response:
    """All about one broadcast; the part that moves is asked for alone."""
    async with office.store.read() as tx:
        row = await deeds.found(tx, deeds.number(visit))
        if FRAGMENT in visit.request.headers:
            return await _part(office, visit, tx, row)
        return await _whole(office, visit, tx, row)


async def _part(office: Office, visit: Visit, tx: AsyncConnection, row: Broadcast) -> Response:
    progress = await _progress(office, visit, tx, row)
    return drawing.page(office, visit, "broadcasts-progress.html", it=progress)


async def _whole(
    office: Office, visit: Visit, tx: AsyncConnection, row: Broadcast, wrong: str = ""
) -> Response:
    """With `wrong`, a sentence that says why something was not done; all else is as it is now."""
    facts, preview = deeds.facts_of(office, visit), await _preview(office, visit, tx, row)
    names = [await staff.of_id(tx, id) if id else None for id in (row.by, row.approved_by)]
    return drawing.page(
        office,
        visit,
        "broadcasts-one.html",
        409 if wrong else 200,
        it=await _progress(office, visit, tx, row),
        moves=row.state in LIVE,
        wrong=wrong,
        when=screens.when(facts, row) if row.state in ("draft", "waits", "set") else "",
        reach=preview.reach if preview else None,
        left_out=shown.left_out(facts, preview.reach.left_out) if preview else (),
        warnings=shown.warnings(facts, preview),
        seen=shown.seen(row.draft, office.world, preview.reach.by_language if preview else None),
        history=shown.history(facts, await broadcasts.history(tx, row.id)),
        author=names[0].name if names[0] else "",
        approver=names[1].name if names[1] else "",
    )


async def _progress(office: Office, visit: Visit, tx: AsyncConnection, row: Broadcast) -> shown.Progress:
    report = await broadcasts.report(tx, row.id)
    return shown.progress(deeds.facts_of(office, visit), row, report, visit.member)


async def _preview(office: Office, visit: Visit, tx: AsyncConnection, row: Broadcast) -> Preview | None:
    """Only while it can still be changed or refused; afterwards the figures say it."""
    if row.state not in ("draft", "waits"):
        return None
    try:
        return await broadcasts.preview(tx, row.id, office.world, visit.now)
    except broadcasts.Refusal:
        reach = await audiences.reach(tx, row.draft.audience)
        return Preview((), reach)


async def step(deed: Deed, office: Office, visit: Visit) -> Response:
    """Do it, or say why not beside what is there now."""
    try:
        done = await deeds.do(office, visit, deed)
    except broadcasts.Refusal as refusal:
        return await not_done(office, visit, refusal)
    return drawing.back_to(f"/broadcasts/{done.id}", f"broadcast-{deed}", str(done.id))


async def not_done(office: Office, visit: Visit, refusal: broadcasts.Refusal) -> Response:
    wrong = drawing.texts(office)(refusal.key, 0, **refusal.values)
    async with office.store.read() as tx:
        return await _whole(office, visit, tx, await deeds.found(tx, deeds.number(visit)), wrong)


async def sure(office: Office, visit: Visit) -> Response:
    """Before anything is deleted everywhere."""
    async with office.store.read() as tx:
        row = await deeds.found(tx, deeds.number(visit))
        report = await broadcasts.report(tx, row.id)
    return drawing.page(office, visit, "broadcasts-recall.html", row=row, report=report)


async def report(office: Office, visit: Visit) -> Response:
    """The report as a table for a spreadsheet: numbers only."""
    async with office.store.read() as tx:
        row = await deeds.found(tx, deeds.number(visit))
        figures = await broadcasts.report(tx, row.id)
    texts = drawing.texts(office)
    head = (texts("console.broadcasts.outcome"), texts("console.broadcasts.people"))
    lines = [(line.words, line.many) for line in shown.outcomes(deeds.facts_of(office, visit), figures)]
    name = f"broadcast-{row.id}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    body = table((head, *lines, (texts("console.broadcasts.in-all"), figures.total)))
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


FORMS: tuple[Deed, ...] = (
    "propose",
    "send-to-me",
    "approve",
    "refuse",
    "take-back",
    "cancel",
    "resume",
    "recall",
)

PAGES: tuple[Page, ...] = (
    Page("/broadcasts", "GET", "look", every),
    *WRITING,
    Page("/broadcasts/{id}", "GET", "look", one),
    Page("/broadcasts/{id}/report.csv", "GET", "look", report),
    Page("/broadcasts/{id}/recall", "GET", "write", sure),
    Page("/broadcasts/{id}/stop", "POST", "stop", partial(step, "stop")),
    *(Page(f"/broadcasts/{{id}}/{deed}", "POST", "write", partial(step, deed)) for deed in FORMS),
)
