"""The queue: who waits for the team, one request with its words, and everything that is done with it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, get_args

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.authoring.scrub import scrub
from bot.console import drawing
from bot.console.asking import shown
from bot.console.drawing import FRAGMENT
from bot.console.knowing.articles import Start, article, filled_in, form
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.signin.chat_codes import number
from bot.handover import queue, words
from bot.handover.words import WAITING, Opened, Press, Team
from bot.store import people

PER_PAGE = 25
LAST_PAGE = 10_000
STATES: dict[str, tuple[words.State, ...]] = {"waiting": WAITING, "closed": ("done",)}
Deed: TypeAlias = Callable[[AsyncConnection, Office, Visit, Press], Awaitable[object]]


async def every(office: Office, visit: Visit) -> Response:
    """By team and state; nobody's words are in it. The part that moves is asked for alone."""
    query = visit.request.query_params
    team = _team(query.get("team", ""))
    state = query.get("state", "") if query.get("state", "") in STATES else "waiting"
    page = words.Page(min(number(query.get("page", "")), LAST_PAGE), PER_PAGE)
    async with office.store.read() as tx:
        found = await queue.listed(tx, team, STATES[state], page)
        waits = await queue.waits(tx, team, office.world, visit.now)
    alone = FRAGMENT in visit.request.headers
    return drawing.page(
        office,
        visit,
        "queue-lines.html" if alone else "queue.html",
        lines=[shown.line(one, visit.now) for one in found.rows],
        total=found.total,
        more=found.total > (page.number + 1) * PER_PAGE,
        number=page.number,
        team=team or "",
        teams=words.TEAMS,
        state=state,
        waits=waits,
        longest=shown.duration(waits.longest) if waits.longest else None,
        median=shown.duration(waits.median_answer) if waits.median_answer else None,
        hours=shown.hours(office.world, visit.now),
    )


def _team(text: str) -> Team | None:
    return next((one for one in get_args(Team) if one == text), None)


async def one(office: Office, visit: Visit) -> Response:
    """All that the person told: that it was read is in the audit log, by every look. The part that moves has
    nobody's words in it."""
    if FRAGMENT not in visit.request.headers:
        return await _one(office, visit)
    try:
        async with office.store.read() as tx:
            asked = await queue.glance(tx, _id(visit))
    except words.Refusal:
        raise Refusal("not-there", 404) from None
    seen = _number(visit.request.query_params.get("seen", "0"))
    line = shown.line(asked, visit.now)
    return drawing.page(office, visit, "queue-state.html", line=line, seen=seen)


async def _one(
    office: Office, visit: Visit, draft: str = "", preview: str = "", refusal: words.Refusal | None = None
) -> Response:
    """With the words of an answer that is being written, what the person would see of it, or why something
    could not be done."""
    try:
        async with office.store.write() as tx:
            opened = await queue.one(tx, _id(visit), visit.who, visit.now)
            reachable = await people.reaches(tx, opened.asked.person)
    except words.Refusal:
        raise Refusal("not-there", 404) from None
    return drawing.page(
        office,
        visit,
        "queue-one.html",
        409 if refusal else 200,
        one=opened,
        line=shown.line(opened.asked, visit.now),
        mine=opened.asked.claimed_by == visit.member.id,
        others=[team for team in words.TEAMS if team != opened.asked.team],
        reachable=reachable,
        templates=shown.templates(office.world, opened.asked),
        hours=shown.hours(office.world, visit.now),
        most=words.ANSWER,
        draft=draft,
        preview=preview,
        refusal=refusal,
        answer_id=_last_answer(opened),
    )


def _last_answer(opened: Opened) -> int:
    return max((one.id for one in opened.messages if one.side == "staff"), default=0)


def _id(visit: Visit) -> int:
    """The number of the request in the address. Raises Refusal for what is no number."""
    return _number(visit.request.path_params.get("id", ""))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refusal("not-there", 404)
    return int(text)


# ---- what is done with it ----------------------------------------------------------------------------------


async def _claim(tx: AsyncConnection, office: Office, visit: Visit, press: Press) -> object:
    return await queue.claim(tx, press, office.world, visit.now)


async def _release(tx: AsyncConnection, office: Office, visit: Visit, press: Press) -> object:
    return await queue.release(tx, press, office.world, visit.now)


async def _pass_on(tx: AsyncConnection, office: Office, visit: Visit, press: Press) -> object:
    team = _team(visit.form.get("team", ""))
    if team is None:
        raise words.Refusal("staff.queue.refused.same-team")
    return await queue.pass_on(tx, press, team, office.world, visit.now)


async def _called(tx: AsyncConnection, office: Office, visit: Visit, press: Press) -> object:
    return await queue.called(tx, press, office.world, visit.now)


async def _done(tx: AsyncConnection, office: Office, visit: Visit, press: Press) -> object:
    return await queue.done(tx, press, office.world, visit.now)


async def _send(tx: AsyncConnection, office: Office, visit: Visit, press: Press) -> object:
    seen = _number(visit.form.get("seen", "0"))
    return await queue.answer(tx, press, visit.form.get("text", ""), office.world, visit.now, seen)


DEEDS: dict[str, Deed] = {
    "claim": _claim,
    "release": _release,
    "pass-on": _pass_on,
    "called": _called,
    "done": _done,
    "send": _send,
}


def _press(deed: str) -> Callable[[Office, Visit], Awaitable[Response]]:
    """A button of the page. Who came too late sees what the first one did, and keeps what they typed."""

    async def do(office: Office, visit: Visit) -> Response:
        press = Press(_id(visit), _number(visit.form.get("version", "")), visit.who)
        try:
            async with office.store.write() as tx:
                await DEEDS[deed](tx, office, visit, press)
        except words.Refusal as refusal:
            return await _one(office, visit, visit.form.get("text", ""), refusal=refusal)
        return drawing.back_to(f"/queue/{press.id}", f"queue-{deed}")

    return do


async def answer(office: Office, visit: Visit) -> Response:
    """An answer is written: a template put in, or shown as the person will see it. Nothing is sent."""
    text, chosen = visit.form.get("text", ""), visit.form.get("template", "")
    async with office.store.read() as tx:
        try:
            asked = await queue.glance(tx, _id(visit))
        except words.Refusal:
            raise Refusal("not-there", 404) from None
    if visit.form.get("step", "") == "template":
        ready = (one.text for one in shown.templates(office.world, asked) if one.id == chosen)
        added = next(ready, "")
        return await _one(office, visit, f"{text}\n\n{added}".strip())
    if visit.form.get("step", "") == "change":
        return await _one(office, visit, text)
    try:
        say = queue.check_answer(text, asked, office.world)
    except words.Refusal as refusal:
        return await _one(office, visit, text, refusal=refusal)
    return await _one(office, visit, text, preview=say.text)


async def draft(office: Office, visit: Visit) -> Response:
    """The article form, filled in with this answer and with what the person wrote before it, scrubbed."""
    try:
        async with office.store.write() as tx:
            opened = await queue.one(tx, _id(visit), visit.who, visit.now)
    except words.Refusal:
        raise Refusal("not-there", 404) from None
    wanted = _number(visit.form.get("message", ""))
    said = next((one for one in opened.messages if one.id == wanted and one.side == "staff"), None)
    if said is None:
        raise Refusal("not-there", 404)
    before = [one.text for one in opened.messages if one.side == "person" and one.id < said.id]
    question = scrub(before[-1]).text if before else opened.asked.topic
    start = Start((" ".join(question.split())[:300],), scrub(said.text).text[:700])
    where = "/staff/queue/article"
    return form(office, visit, (f"relay:{said.id}",), filled_in(office, visit, start), action=where)


PAGES: tuple[Page, ...] = (
    Page("/queue", "GET", "notes", every),
    Page("/queue/article", "POST", "notes", article),
    Page("/queue/{id}", "GET", "notes", one),
    Page("/queue/{id}/answer", "POST", "notes", answer),
    Page("/queue/{id}/article", "POST", "notes", draft),
    *(Page(f"/queue/{{id}}/{deed}", "POST", "notes", _press(deed)) for deed in DEEDS),
)
