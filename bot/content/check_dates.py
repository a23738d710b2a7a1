"""Rules for dates: what is past its review is not trusted any more. Today is an argument."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypeAlias

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.glossary import Term
from bot.content.listings import Series, Service, parts_of
from bot.content.problems import Problem
from bot.content.programmes import Programme
from bot.content.shapes import Article, Contact
from bot.content.sources import Sources
from bot.content.walk import walk

Dated: TypeAlias = Article | Contact | Service | Series | Term | Programme

SOON = timedelta(days=60)
SEEN = ("checked", "verified_on")


def reviews_are_not_past(content: Content, sources: Sources, today: date) -> Iterator[Problem]:
    """Whatever has a review: an error once past, a warning 60 days before."""
    for path, where, one in _dated(sources):
        review = one.review
        if review < today:
            message = f"the review was due on {review}; check every fact, then move both dates on"
            made_up = isinstance(one, Service | Series) and one.sample
            yield sources.problem(path, (*where, "review"), message, "warning" if made_up else "error")
        elif review <= today + SOON:
            yield sources.problem(path, (*where, "review"), f"a review is due on {review}", "warning")


def dates_are_in_order(content: Content, sources: Sources, today: date) -> Iterator[Problem]:
    """Checked is not in the future, and a review comes after it."""
    for path, where, one in _dated(sources):
        for name in SEEN:
            seen = getattr(one, name, None)
            if seen and seen > today:
                yield sources.problem(
                    path, (*where, name), f"{seen} is still to come; write the day it was checked"
                )
            if seen and one.review <= seen:
                yield sources.problem(path, (*where, "review"), f"a review comes after {name} ({seen})")


def sessions_are_to_come(content: Content, sources: Sources, today: date) -> Iterator[Problem]:
    """A session whose last date is past is shown to nobody."""
    for path, where, one in _dated(sources):
        if isinstance(one, Series) and not one.extra:
            last = _last(one)
            if last and last < today:
                message = f"the last date was {last}; take this session out, or write its next dates"
                yield sources.problem(path, (*where, "starts"), message, "warning")


def _last(series: Series) -> date | None:
    """The day after which it has no date; None when nobody has written one."""
    if not series.rrule:
        return series.starts.date()
    ends = parts_of(series.rrule).get("UNTIL")
    by_rule = datetime.strptime(ends[:8], "%Y%m%d").date() if ends else None
    return min((day for day in (series.until, by_rule) if day), default=None)


def _dated(sources: Sources) -> Iterator[tuple[str, Where, Dated]]:
    for path, sheet in sources.sheets.items():
        for where, one in walk(sheet.shape):
            if isinstance(one, Dated):
                yield path, where, one


RULES = (reviews_are_not_past, dates_are_in_order, sessions_are_to_come)
