"""Today: what needs a person now, and the sessions of today and tomorrow."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from starlette.responses import Response

from bot.console import drawing
from bot.console.drawing import FRAGMENT
from bot.console.office import Office, Page, Visit
from bot.console.sessions import coming
from bot.content.check_dates import Dated
from bot.content.content import Content
from bot.content.listings import Series, Service
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.recurrence import at_zone
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast
from bot.staff import drafting
from bot.staff.asks import Facts
from bot.staff.drafting import Date
from bot.store import attendance, notices, overview
from bot.store.attendance import Full
from bot.store.overview import Waiting

LISTED = 40
"""Sessions of one day: more nobody reads on a first page."""
MOMENT = timedelta(milliseconds=1)
GOING: tuple[str, ...] = ("set", "holding", "sending", "recalling")


class Card(NamedTuple):
    """One number, one sentence, one link. `key` is the text console.today.<key>; `urgent` is also said."""

    key: str
    number: int
    sentence: str
    path: str
    urgent: bool = False


class Coming(NamedTuple):
    """One date of one session. `path` is its page; `free` is None where there is no limit."""

    path: str
    title: str
    where: str
    starts: datetime
    taken: int
    waiting: int
    free: int | None


async def show(office: Office, visit: Visit) -> Response:
    """The cards that this role may see; asked for alone by the page's own script."""
    cards = await _cards(office, visit)
    if FRAGMENT in visit.request.headers:
        return drawing.page(office, visit, "today-cards.html", cards=cards)
    days = await _days(office, visit)
    return drawing.page(office, visit, "today.html", cards=cards, days=days, most=LISTED)


async def _cards(office: Office, visit: Visit) -> list[Card]:
    texts, cards = drawing.texts(office), []
    async with office.store.read() as tx:
        if visit.may("notes"):
            cards.append(of_requests(texts, await overview.waiting(tx), visit.now))
        cards += of_broadcasts(texts, await broadcasts.live(tx), visit.may("write"))
        if visit.may("people"):
            many = await overview.unsure(tx)
            cards.append(Card("unsure", many, texts("console.today.unsure-is"), "/staff/unsure", many > 0))
        many = len(await notices.every(tx))
    cards.append(Card("notices", many, texts("console.today.notices-are"), "/staff/notices"))
    cards += of_content(texts, office.world.content, visit.now.astimezone(office.world.directory.zone))
    return cards


def of_requests(texts: Texts, waiting: Sequence[Waiting], now: datetime) -> Card:
    """How many wait for us, and how long the first of each team has."""
    parts = [
        texts(
            "console.today.team",
            0,
            team=texts(f"console.today.team.{one.team}"),
            number=f"{one.many:,}",
            wait=wait_in_words(texts, now - one.oldest),
        )
        for one in waiting
    ]
    many = sum(one.many for one in waiting)
    sentence = " ".join(parts) or texts("console.today.nobody-waits")
    return Card("requests", many, sentence, "/staff/queue", many > 0)


def of_broadcasts(texts: Texts, live: Sequence[Broadcast], writes: bool) -> Iterator[Card]:
    """Those that wait for a second editor's yes, which `writes` may say, and those that are on their way."""
    for key, states in (("approve", ("waits",)), ("going", GOING), ("stopped", ("stopped",))):
        many = sum(one.state in states for one in live)
        # One that was stopped is a decision that somebody still has to take; none is no news.
        if many or key == "approve":
            sentence = texts(f"console.today.{key}-are")
            yield Card(key, many, sentence, "/staff/broadcasts", writes and key == "approve" and many > 0)


def of_content(texts: Texts, content: Content, today: datetime) -> Iterator[Card]:
    """What is past its review: what we say, and what others offer."""
    past = [one for one in _dated(content) if one.review < today.date()]
    listings = sum(isinstance(one, Service | Series) for one in past)
    for key, many in (("content", len(past) - listings), ("listings", listings)):
        yield Card(key, many, texts(f"console.today.{key}-are"), "/staff/freshness", many > 0)


def _dated(content: Content) -> Iterator[Dated]:
    groups: tuple[Mapping[str, Dated], ...] = (
        content.articles,
        content.contacts,
        content.glossary,
        content.programmes,
        content.services,
        content.sessions,
    )
    for group in groups:
        yield from group.values()


def wait_in_words(texts: Texts, waited: timedelta) -> str:
    """ "25 minutes", "3 hours", "2 days": whole ones, rounded down."""
    minutes = max(0, int(waited.total_seconds() // 60))
    for name, size in (("days", 24 * 60), ("hours", 60), ("minutes", 1)):
        if minutes >= 2 * size or name == "minutes":
            return texts(f"console.today.{name}", 0, number=str(minutes // size))
    return ""


async def _days(office: Office, visit: Visit) -> list[tuple[datetime, list[Coming], int]]:
    """Today and tomorrow: each with its sessions, and how many more there are than are listed."""
    midnights = midnights_of(visit.now, office.world)
    since = Facts(office.world, drawing.texts(office), midnights[0] - MOMENT)
    async with office.store.read() as tx:
        full = await attendance.between(tx, midnights[0], midnights[2])
    dates = drafting.dates(since, midnights[2] - midnights[0])
    days = []
    for first, last in pairwise(midnights):
        found = [date for date in dates if first <= date.starts < last]
        shown = [_coming(since, date, full) for date in found[:LISTED]]
        days.append((first, shown, len(found[LISTED:])))
    return days


def midnights_of(now: datetime, world: World) -> tuple[datetime, datetime, datetime]:
    """When today, tomorrow and the day after begin, in local time."""
    zone = world.directory.zone
    today = now.astimezone(zone).date()
    first, second, third = (
        at_zone(datetime.combine(today + timedelta(days=ahead), time()), zone) for ahead in range(3)
    )
    return first, second, third


def _coming(facts: Facts, date: Date, full: Mapping[tuple[str, datetime], Full]) -> Coming:
    taken = full.get((date.session, date.starts), Full())
    listing = facts.world.directory.listings[date.session]
    capacity = listing.series.capacity
    return Coming(
        f"/staff{coming.date_path(date.session, listing.dates.listed(date.starts))}",
        drafting.title(facts, date.session),
        coming.where(facts.world, facts.texts, date.session),
        date.starts,
        taken.taken,
        taken.waiting,
        None if capacity is None else max(0, capacity - taken.taken),
    )


PAGES: tuple[Page, ...] = (Page("", "GET", "look", show),)
