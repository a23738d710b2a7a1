"""Looking things up for the desk: each sight is read here and put into words elsewhere."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.bookings import SessionDate
from bot.messaging import broadcasts
from bot.model import Say
from bot.staff import dating, drafting, figures, lists, queueing, screens, times
from bot.staff.asks import Facts, Show, Sight
from bot.staff.drafting import Date
from bot.staff.lists import PAGE, Expected, Page
from bot.staff.work import Work
from bot.store import audiences, bookings, notices, occasions, unsure

WEEK = timedelta(days=7)
LISTED = 10
"""Broadcasts and unsure messages in one list."""
ALL = 10_000
"""Unsure messages that are counted: more nobody has."""

Look: TypeAlias = Callable[[Work, Show], Awaitable[tuple[Say, ...]]]


async def show(work: Work, ask: Show) -> tuple[Say, ...]:
    return await SIGHTS[ask.sight](work, ask)


async def _whom(work: Work, ask: Show) -> tuple[Say, ...]:
    row = await broadcasts.get(work.tx, ask.id)
    reach = await audiences.reach(work.tx, row.draft.audience)
    return (screens.whom(work.facts, row, reach),)


async def _preview(work: Work, ask: Show) -> tuple[Say, ...]:
    row = await broadcasts.get(work.tx, ask.id)
    seen = await broadcasts.preview(work.tx, ask.id, work.facts.world, work.facts.now)
    return screens.preview(work.facts, row, seen, work.member)


async def _broadcast(work: Work, ask: Show) -> tuple[Say, ...]:
    """A draft as it will look, or as far as it is; all else in figures."""
    row = await broadcasts.get(work.tx, ask.id)
    if row.state == "draft":
        return await (_preview if row.draft.texts.get("en") else _whom)(work, ask)
    return (figures.status(work.facts, row, await broadcasts.report(work.tx, ask.id)),)


async def _broadcasts(work: Work, ask: Show) -> tuple[Say, ...]:
    return (lists.broadcasts(work.facts, await broadcasts.every(work.tx, LISTED), work.member),)


async def _report(work: Work, ask: Show) -> tuple[Say, ...]:
    row, report = await broadcasts.get(work.tx, ask.id), await broadcasts.report(work.tx, ask.id)
    happened = await broadcasts.history(work.tx, ask.id)
    return (figures.full_report(work.facts, row, report, happened),)


async def _coming(work: Work, ask: Show) -> tuple[Say, ...]:
    """A page of the week, of all areas or of one; a button's code says which."""
    return await _week(work, Page.read(ask.name))


async def _to_call_off(work: Work, ask: Show) -> tuple[Say, ...]:
    """The same page, to choose the date that is cancelled."""
    return await _week(work, Page.read(ask.name), lists.TO_CALL_OFF)


async def _week(work: Work, page: Page, use: lists.Use = lists.TO_SEE) -> tuple[Say, ...]:
    dates = drafting.dates(work.facts, WEEK, page.area)
    here = dates[page.number * PAGE : (page.number + 1) * PAGE]
    expected = [await _expected(work, date) for date in here]
    more = len(dates) > (page.number + 1) * PAGE
    return (lists.coming(work.facts, expected, page, more, use),)


async def _who(work: Work, ask: Show) -> tuple[Say, ...]:
    """Who comes to one date, by the start it was listed under."""
    session, _, minutes = ask.name.partition(".")
    listed, facts = times.of_minutes(minutes), work.facts
    if listed is None or session not in facts.world.directory.listings:
        return (Say(facts.say("old-button")),)
    occasion = await occasions.find(work.tx, SessionDate(session, listed))
    date = Date(session, occasion.starts if occasion else listed)
    return (lists.who(facts, await _at(work, date, listed), work.member),)


async def _expected(work: Work, date: Date) -> Expected:
    """A date that was moved is known by its first start."""
    start = SessionDate(date.session, date.starts)
    change = await occasions.change_of(work.tx, start)
    moved = change is not None and change.kind == "moved"
    return await _at(work, date, change.listed if change and moved else date.starts)


async def _at(work: Work, date: Date, listed: datetime) -> Expected:
    capacity = work.facts.world.directory.session(date.session).capacity
    coming = await bookings.coming(work.tx, SessionDate(date.session, listed), capacity)
    return Expected(date, listed, coming)


async def _unsure(work: Work, ask: Show) -> tuple[Say, ...]:
    found = await unsure.listed(work.tx, ALL)
    facts = await _dated(work, [one.about for one in found[:LISTED]])
    return (lists.unsure(facts, found[:LISTED], len(found[LISTED:])),)


async def _notices(work: Work, ask: Show) -> tuple[Say, ...]:
    found = await notices.every(work.tx)
    return (lists.notices(await _dated(work, [one.about for one in found]), found),)


async def _dated(work: Work, abouts: Sequence[str]) -> Facts:
    """The facts with the dates of sessions that these speak of."""
    return replace(work.facts, dates=await occasions.of_ids(work.tx, lists.dates_in(abouts)))


async def _digest(work: Work, ask: Show) -> tuple[Say, ...]:
    facts: Facts = work.facts
    parts = await broadcasts.digest(work.tx, facts.world, "", facts.now)
    return tuple(Say(part) for part in parts) or (Say(facts.say("coming.empty")),)


SIGHTS: dict[Sight, Look] = {
    "whom": _whom,
    "preview": _preview,
    "broadcast": _broadcast,
    "broadcasts": _broadcasts,
    "report": _report,
    "coming": _coming,
    "who": _who,
    "unsure": _unsure,
    "notices": _notices,
    "digest": _digest,
    "queue": queueing.show,
    "to-call-off": _to_call_off,
    "call-off": dating.ask_to_call_off,
}
