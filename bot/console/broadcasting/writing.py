"""Writing a broadcast: the form of a draft, of a correction, and of a second message."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, get_args

from starlette.responses import Response

from bot.console import drawing
from bot.console.broadcasting import deeds
from bot.console.broadcasting.filled import (
    Filled,
    Mistakes,
    date_in_words,
    date_of_words,
    differences,
    draft_of,
    of_draft,
    of_post,
    with_session,
)
from bot.console.office import Office, Page, Visit
from bot.content.listings import Cancer
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast, Draft, Reach
from bot.messaging.broadcasts.checks import check_words
from bot.staff import drafting, screens, times
from bot.staff.asks import Facts
from bot.store import audiences, overview
from bot.store.overview import Booked


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form to draw. `row` is the draft it changes; `theirs` is what somebody else wrote meanwhile."""

    filled: Filled
    row: Broadcast | None = None
    nonce: str = ""
    mistakes: Mistakes = field(default_factory=dict)
    reach: Reach | None = None
    theirs: Filled | None = None
    wrong: str = ""


async def new(office: Office, visit: Visit) -> Response:
    """An empty form, or one for those who are booked on ?session=<id>@<listed start>."""
    chosen = visit.request.query_params.get("session", "")[:100]
    filled = with_session(chosen, office.world.directory.zone) if chosen else Filled()
    return await _form(office, visit, Sheet(filled, nonce=secrets.token_urlsafe(12)))


async def make(office: Office, visit: Visit) -> Response:
    """Keep a new draft, or only count its people. The same form again is the same draft."""
    filled, nonce = of_post(visit.form, visit.several), visit.form.get("nonce", "")
    draft, mistakes = draft_of(filled, Draft(), office.world, visit.now)
    sheet = Sheet(filled, nonce=nonce, mistakes=mistakes)
    if mistakes or visit.form.get("go") == "count":
        return await _counted(office, visit, sheet, draft)
    row = await deeds.make(office, visit, draft)
    theirs = of_draft(row.draft, office.world.directory.zone)
    if row.state == "draft" and row.draft != draft:
        # The form had been sent before, with other words: neither these nor those are lost.
        return await _form(office, visit, Sheet(filled, row, theirs=theirs), 409)
    return drawing.back_to(f"/broadcasts/{row.id}", "broadcast-make", str(row.id))


async def edit(office: Office, visit: Visit) -> Response:
    row = await _row(office, visit)
    return await _form(office, visit, Sheet(of_draft(row.draft, office.world.directory.zone), row))


async def change(office: Office, visit: Visit) -> Response:
    """Keep the changes; if somebody else was quicker, show what is there now beside what they typed."""
    row, filled = await _row(office, visit), of_post(visit.form, visit.several)
    draft, mistakes = draft_of(filled, row.draft, office.world, visit.now)
    if mistakes or visit.form.get("go") == "count":
        return await _counted(office, visit, Sheet(filled, row, mistakes=mistakes), draft)
    try:
        await deeds.change(office, visit, row, draft)
    except broadcasts.Refusal as refusal:
        row = await _row(office, visit)
        theirs = of_draft(row.draft, office.world.directory.zone)
        wrong = drawing.texts(office)(refusal.key, 0, **refusal.values)
        return await _form(office, visit, Sheet(filled, row, theirs=theirs, wrong=wrong), 409)
    return drawing.back_to(f"/broadcasts/{row.id}", "broadcast-change", str(row.id))


async def _row(office: Office, visit: Visit) -> Broadcast:
    async with office.store.read() as tx:
        return await deeds.found(tx, deeds.number(visit))


async def _counted(office: Office, visit: Visit, sheet: Sheet, draft: Draft) -> Response:
    """The same form with its mistakes, or with the number of people it reaches."""
    if "whom" in sheet.mistakes:
        return await _form(office, visit, sheet, 422)
    async with office.store.read() as tx:
        reach = await audiences.reach(tx, draft.audience)
    with_reach = Sheet(sheet.filled, sheet.row, sheet.nonce, sheet.mistakes, reach)
    return await _form(office, visit, with_reach, 422 if sheet.mistakes else 200)


async def _form(office: Office, visit: Visit, sheet: Sheet, status: int = 200) -> Response:
    facts = deeds.facts_of(office, visit)
    async with office.store.read() as tx:
        dates = await overview.booked_dates(tx, visit.now)
    differs = differences(sheet.filled, sheet.theirs) if sheet.theirs else ()
    # A form that was sent with an old version keeps it until its writer has seen what is there now.
    shown_version = sheet.row.version if sheet.row and (sheet.theirs or not visit.form) else None
    return drawing.page(
        office,
        visit,
        "broadcasts-form.html",
        status,
        sheet=sheet,
        seen_version=shown_version or visit.form.get("version", ""),
        differs=differs,
        choices=_choices(facts, dates, sheet),
        left_out=_left_out(facts, sheet.reach),
        got=sheet.row.draft.audience.got if sheet.row else None,
    )


def _left_out(facts: Facts, reach: Reach | None) -> tuple[str, ...]:
    reasons = sorted(reach.left_out.items()) if reach else ()
    return tuple(facts.say(f"left-out.{why}", people=screens.people(facts, many)) for why, many in reasons)


def _choices(
    facts: Facts, dates: Sequence[Booked], sheet: Sheet
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What can be chosen: each value with its words."""
    content, texts = facts.world.content, facts.texts
    return {
        "areas": tuple((area.id, texts.written(area.name)) for area in content.areas.values()),
        "cancer": tuple((id, texts(f"session.cancer.{id}")) for id in get_args(Cancer)),
        "topic": tuple((id, texts.written(topic.title)) for id, topic in content.topics.items()),
        "language": tuple((id, drafting.language_name(facts, id)) for id in drafting.languages(facts)),
        "words": _languages(facts, sheet.filled),
        "session": _dates(facts, dates, sheet.filled.session),
    }


def _languages(facts: Facts, filled: Filled) -> tuple[tuple[str, str], ...]:
    """Those that are on, and those that have words already."""
    ids = dict.fromkeys(
        (*drafting.languages(facts), *(id for id in filled.words if id in facts.world.content.languages))
    )
    return tuple((id, facts.world.content.languages[id].english) for id in ids)


def _dates(facts: Facts, dates: Sequence[Booked], chosen: str) -> tuple[tuple[str, str], ...]:
    """Dates to come that somebody is booked on; the chosen one is among them whatever it is."""
    zone = facts.world.directory.zone
    found = {
        date_in_words(one.session, one.listed): facts.texts(
            "console.broadcasts.booked-on",
            0,
            when=times.written(one.starts, zone),
            title=drafting.title(facts, one.session),
            people=screens.people(facts, one.people),
        )
        for one in dates
    }
    if chosen and chosen not in found:
        session, listed = date_of_words(chosen, zone)
        when = f", {times.written(listed, zone)}" if listed else ""
        found[chosen] = drafting.title(facts, session) + when
    return tuple(found.items())


More = Literal["correct", "follow-up"]
"""New words for those who have the old ones, or a second message to them."""


async def ask_words(what: More, office: Office, visit: Visit) -> Response:
    """The words as they are (of a correction), or none yet (of a second message)."""
    row = await _row(office, visit)
    words = row.draft.texts if what == "correct" else {}
    return await _words(what, office, visit, Sheet(Filled(words=words), row, secrets.token_urlsafe(12)))


async def take_words(what: More, office: Office, visit: Visit) -> Response:
    """Do it. What cannot be done is said beside the words, which stay in the form."""
    filled = of_post(visit.form, visit.several)
    try:
        check_words(Draft(texts=filled.words), office.world)
        done = await deeds.do(office, visit, what, filled.words)
    except broadcasts.Refusal as refusal:
        row, wrong = await _row(office, visit), drawing.texts(office)(refusal.key, 0, **refusal.values)
        sheet = Sheet(filled, row, visit.form.get("nonce", ""), wrong=wrong)
        return await _words(what, office, visit, sheet, 409)
    return drawing.back_to(f"/broadcasts/{done.id}", f"broadcast-{what}", str(done.id))


async def _words(what: More, office: Office, visit: Visit, sheet: Sheet, status: int = 200) -> Response:
    facts = deeds.facts_of(office, visit)
    languages = _languages(facts, sheet.filled)
    return drawing.page(
        office, visit, "broadcasts-words.html", status, what=what, sheet=sheet, languages=languages
    )


PAGES: tuple[Page, ...] = (
    Page("/broadcasts/new", "GET", "write", new),
    Page("/broadcasts/new", "POST", "write", make),
    Page("/broadcasts/{id}/change", "GET", "write", edit),
    Page("/broadcasts/{id}/change", "POST", "write", change),
    *(
        Page(f"/broadcasts/{{id}}/{what}", "GET", "write", partial(ask_words, what))
        for what in get_args(More)
    ),
    *(
        Page(f"/broadcasts/{{id}}/{what}", "POST", "write", partial(take_words, what))
        for what in get_args(More)
    ),
)
