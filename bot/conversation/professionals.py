"""What a colleague may look up: the approved answers with their sources, and what is near a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from bot.content.listings import Series, Service
from bot.content.shapes import Article, Source
from bot.conversation.listings import day_in_words, distance, length, session_card, time_in_words
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.model import Location, Person, Suggestion, Wanted
from bot.search.found import Confidence

IN_PERSON, AT_HOME = 8, 6
"""Sessions of each kind that a page shows: a list that nobody reads to its end helps nobody."""
HITS = 4


@dataclass(frozen=True, slots=True)
class Approved:
    """An answer as it was approved, in paragraphs, and all that says how far to trust it."""

    id: str
    question: str
    answer: str
    sources: tuple[Source, ...]
    checked: str
    review: str
    nation: str
    draft: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What the search found: the answers themselves, best first."""

    confidence: Confidence
    answers: tuple[Approved, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A session or a service. `brief` is what a colleague needs at once, `paper` what stands on a patient's
    list, `lines` everything that is known."""

    title: str
    brief: tuple[str, ...]
    paper: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """What there is at a place. `rough`: the place is a town, so the miles count from its middle."""

    place: str
    area: str
    rough: bool
    in_person: tuple[Offer, ...]
    at_home: tuple[Offer, ...]
    services: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The place is not clear: several to choose from, one that our map lacks, or none at all."""

    choices: tuple[str, ...] = ()
    outside: str = ""


# ---- answers ------------------------------------------------------------------------------------------


def look_up(world: World, text: str, today: date) -> Looked:
    """The answers that fit; several where the search is not sure, none where it knows none."""
    found = world.find(Person(), text, HITS)
    if found.confidence == "unknown":
        return Looked("unknown", ())
    wanted = found.hits if found.confidence == "unsure" else found.hits[:1]
    articles = [world.content.articles[hit.id] for hit in wanted]
    return Looked(found.confidence, tuple(approved(world, one, today) for one in articles))


def approved(world: World, found: Article, today: date) -> Approved:
    """With the phone numbers of the nation that it is for."""
    nation = "" if found.nation == "uk" else found.nation
    texts = world.texts_for(Person(nation=nation))
    written = f"{found.short}\n\n{found.more}" if found.more else found.short
    return Approved(
        found.id,
        found.question,
        texts.written({"en": written}),
        found.sources,
        in_full(found.checked),
        in_full(found.review),
        nation,
        found.status == "draft",
        found.review < today,
    )


def by_topic(world: World) -> Sequence[tuple[str, Sequence[Article]]]:
    """Every topic with its answers, as authors ordered them."""
    known = world.content.articles
    topics = [
        (topic.title["en"], [known[id] for id in topic.articles if id in known])
        for topic in world.content.topics.values()
    ]
    return sorted((title, articles) for title, articles in topics if articles)


# ---- places -------------------------------------------------------------------------------------------


def near(world: World, text: str, now: datetime) -> Nearby | Unplaced:
    """What is near the place that somebody typed."""
    reading = world.places.understand(text)
    if len(reading.locations) != 1:
        return Unplaced(tuple(one.label for one in reading.locations), reading.outside)
    place = reading.locations[0]
    return _nearby(world, place, now, rough=not reading.exact)


def in_area(world: World, area: str, now: datetime) -> Nearby | None:
    """What there is in a whole area; None when we have no such area."""
    found = world.content.areas.get(area)
    if found is None:
        return None
    texts = world.texts_for(Person(area=area))
    return _found(world, Wanted(area=area), texts, now, found.name["en"], rough=False)


def _nearby(world: World, place: Location, now: datetime, rough: bool) -> Nearby:
    texts = world.texts_for(Person(nation=place.nation))
    wanted = Wanted(near=place, area=world.places.area(place))
    return _found(world, wanted, texts, now, place.label, rough)


def _found(world: World, wanted: Wanted, texts: Texts, now: datetime, label: str, rough: bool) -> Nearby:
    here = _suggested(world, wanted, now, ("in-person",), IN_PERSON)
    home = _suggested(world, wanted, now, ("online", "phone"), AT_HOME)
    cards = [[_session(world, one, wanted, texts, now) for one in found] for found in (here, home)]
    services = tuple(_services(world, wanted.area, texts, now))
    return Nearby(label, wanted.area, rough, tuple(cards[0]), tuple(cards[1]), services)


def _suggested(
    world: World, wanted: Wanted, now: datetime, modes: Sequence[str], most: int
) -> Sequence[Suggestion]:
    """Only what meets the wish: what is 200 miles away, or of another kind, is not near."""
    asked = [Wanted(near=wanted.near, area=wanted.area, mode=mode) for mode in modes]
    found = [world.directory.suggest(one, now, most) for one in asked]
    met = {one.session: one for each in found if not each.relaxed for one in each.found}
    return list(met.values())[:most]


def _session(world: World, one: Suggestion, wanted: Wanted, texts: Texts, now: datetime) -> Offer:
    title, *lines = session_card(world.directory, one, wanted, texts, now).split("\n")
    series, service = world.directory.session(one.session), world.directory.service(one.session)
    day = day_in_words(one.starts.date(), texts, now.astimezone(world.directory.zone).date())
    when = texts(
        "session.when", date=day, time=time_in_words(one.starts, texts), length=length(series.minutes, texts)
    )
    venue = series.venue
    where = (texts("session.place", venue=venue.name, postcode=venue.postcode),) if venue else ()
    if venue and one.kilometres is not None and wanted.near and wanted.near.label:
        where = (*where, distance(one.kilometres, wanted.near.label, texts))
    how = _how_to_come(service, texts) if service else ()
    checked = texts("session.checked", date=in_full(series.checked))
    sure = (*((texts("session.sample"),) if series.sample else ()), checked)
    brief = (when, *where, *how, *sure)
    return Offer(title, brief, (when, *where, *_getting_in(series, texts), *how, *sure), tuple(lines))


def _getting_in(series: Series, texts: Texts) -> Iterator[str]:
    """What it costs and how to book, as far as the session itself says so."""
    if series.free == "yes":
        yield texts("session.free.yes")
    elif series.cost:
        yield texts("session.cost", text=texts.written(series.cost))
    if series.book:
        yield texts("session.book", text=texts.written(series.book))


# ---- services -----------------------------------------------------------------------------------------


def _services(world: World, area: str, texts: Texts, now: datetime) -> Iterator[Offer]:
    """Those of this area first, then those for everybody."""
    today = now.astimezone(world.directory.zone).date()
    offered = [one for one in world.content.services.values() if one.area in (area, None)]
    for one in sorted(offered, key=lambda one: (one.area is None, one.name)):
        if one.expires is None or one.expires >= today:
            sure = tuple(_how_sure(one, texts, today))
            how = _how_to_come(one, texts)
            lines = (*_about(one, texts), *how, *sure)
            yield Offer(one.name, (*how, *sure), lines, lines)


def _about(one: Service, texts: Texts) -> Iterator[str]:
    yield texts.written(one.what)
    yield texts("session.provider", provider=one.provider)
    if one.cost:
        yield texts("session.cost", text=texts.written(one.cost))
    if one.web:
        yield texts("session.web", text=one.web)


def _how_to_come(one: Service, texts: Texts) -> tuple[str, ...]:
    """By whom somebody is referred, and whom to ring."""
    refer = texts(f"session.refer.{one.refer_yourself.replace(' ', '-')}")
    written = one.how_to_be_referred
    route = (texts("session.how-to-be-referred", text=texts.written(written)),) if written else ()
    phone = (texts("session.phone", text=one.phone),) if one.phone else ()
    return (refer, *route, *phone)


def _how_sure(one: Service, texts: Texts, today: date) -> Iterator[str]:
    if one.sample:
        yield texts("professionals.sample")
    yield texts("session.checked", date=in_full(one.checked))
    if one.review < today:
        yield texts("professionals.overdue", date=in_full(one.review))


def in_full(day: date) -> str:
    """3 February 2026"""
    return format_date(day, "d MMMM y", locale="en_GB")
