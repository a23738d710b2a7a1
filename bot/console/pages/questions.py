"""Unanswered questions that people agreed to share: in groups, until each has become something."""

import asyncio
import re

from starlette.responses import Response

from bot.authoring.scrub import scrub
from bot.console import drawing
from bot.console.knowing import groups
from bot.console.knowing.articles import article
from bot.console.knowing.phrasings import phrasings
from bot.console.knowing.sources import sources_of
from bot.console.office import Office, Page, Refusal, Visit
from bot.store import audit, drafts, questions

MOST = 5000
"""Questions that are read at a time: the newest."""
PER_PAGE = 12
DECIDED = 10


async def every(office: Office, visit: Visit) -> Response:
    """The groups, biggest first, and what was decided last."""
    number = _number(visit.request.query_params.get("page", ""))
    async with office.store.read() as tx:
        rows = await questions.waiting(tx, MOST)
        total = await questions.count(tx)
        decided = await drafts.latest(tx, DECIDED)
        asked = await questions.words(tx, [one.source for one in decided])
    world = office.world
    found = await asyncio.to_thread(groups.grouped, world, rows)
    here = found[number * PER_PAGE : (number + 1) * PER_PAGE]
    shown = await asyncio.to_thread(lambda: [groups.as_shown(world, rows, one) for one in here])
    return drawing.page(
        office,
        visit,
        "questions.html",
        groups=shown,
        number=number,
        more=len(found) > (number + 1) * PER_PAGE,
        count=len(found),
        total=total,
        left_out=total - len(rows),
        decided=decided,
        asked={source: scrub(text).text for source, text in asked.items()},
    )


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


async def dismiss(office: Office, visit: Visit) -> Response:
    """Not for us: kept as decided, and can be taken back."""
    sources = sources_of(visit)
    async with office.store.write() as tx:
        ids = [int(one.partition(":")[2]) for one in sources if one.startswith("question:")]
        left = await questions.of(tx, ids)
        if not left:
            raise Refusal("dealt-with")
        kept = [questions.source_of(one.id) for one in left]
        await drafts.keep(tx, kept, "", "", (visit.member.name, visit.now))
        await audit.add(tx, visit.who, "question.dismiss", kept[0], visit.now, f"{len(kept)} questions")
    return drawing.back_to("/questions", "dismissed", str(len(kept)))


async def bring_back(office: Office, visit: Visit) -> Response:
    """What was decided did not hold: they are asked about again."""
    sources = sources_of(visit)
    async with office.store.write() as tx:
        await drafts.bring_back(tx, sources)
        await audit.add(
            tx, visit.who, "question.bring-back", sources[0], visit.now, f"{len(sources)} questions"
        )
    return drawing.back_to("/questions", "brought-back")


PAGES: tuple[Page, ...] = (
    Page("/questions", "GET", "knowledge", every),
    Page("/questions/dismiss", "POST", "knowledge", dismiss),
    Page("/questions/bring-back", "POST", "knowledge", bring_back),
    Page("/questions/article", "POST", "knowledge", article),
    Page("/questions/phrasings", "POST", "knowledge", phrasings),
)
