"""What stands on a leaflet: its title, the way in, local help with numbers and their date. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.content.listings import Service
from bot.conversation import booked
from bot.conversation.planning import in_full
from bot.conversation.world import World
from bot.directory.occurrences import place_of
from bot.leaflet_links import Kind, Leaflet, Wish, short_code
from bot.leaflets.addresses import address_of, as_typed, link_of
from bot.leaflets.words import Phone, Speaker, Words

FIRST = ("macmillan",)
"""Contacts of every leaflet, after the cancer line and before what is local."""
NUMBERS = (
    "maggies",
    "cruk-nurses",
    "quit-your-way",
    "stop-smoking-england",
    "stop-smoking-wales",
    "prehab-site",
)
"""Contacts after what is local, on leaflets of their nations."""
CANCER_LINE = "cancer-line"
LOCAL: dict[Kind, int] = {"a5": 3, "a4": 8, "poster": 0, "card": 0, "screen": 0}
"""Local services on a leaflet: more belong into the chat, which knows what somebody looks for."""
DATES = 3
AHEAD = timedelta(days=366)
FIRST_TOPIC = "getting-prehab"


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody who can help: who, with what, and how they are reached."""

    name: Words
    what: Words
    reach: Words
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of a leaflet, in the order in which they are read. Its code holds `link`; `typed` stands
    under it."""

    wish: Wish
    right_to_left: bool
    link: str
    address: str
    typed: str
    code: str
    title: Words
    purpose: Words
    about: tuple[Words, ...]
    dates: tuple[Words, ...]
    phone: Phone
    help: tuple[Help, ...]
    sample: bool
    labels: dict[str, Words]


def sheet(world: World, id: int, wish: Wish, website: str, now: datetime) -> Sheet:
    """The leaflet of this number as it is today; 0 is a preview that has no number yet."""
    leaflet = Leaflet(id, wish.purpose, wish.target, wish.area, wish.language)
    say = Speaker(world, leaflet)
    helps, address = tuple(_helps(say, wish.kind)), address_of(website, id)
    listing = say.listing()
    return Sheet(
        wish=wish,
        right_to_left=say.right_to_left,
        link=link_of(website, world.local.leaflets, leaflet),
        address=address,
        typed=as_typed(address),
        code=short_code(id) if id else "",
        title=say.subject() or say("leaflet.title"),
        purpose=say.purpose(),
        about=tuple(_about(say)),
        dates=tuple(_dates(say, now)),
        phone=say.phone(),
        help=helps,
        sample=any(one.sample for one in helps) or bool(listing and listing.series.sample),
        labels=_labels(say, address, now),
    )


def _labels(say: Speaker, address: str, now: datetime) -> dict[str, Words]:
    """The fixed sentences, by the last part of their key."""
    id, phone, today = say.leaflet.id, say.phone(), now.astimezone(say.world.directory.zone).date()
    day = in_full(today, say.texts.language)
    area = say.area()
    fixed = {name: say(f"leaflet.{name}") for name in FIXED}
    return fixed | {
        "phone": say("leaflet.phone", name=phone.name) if phone.name else say("leaflet.phone-service"),
        "help": say("leaflet.help-area", area=area.text) if area else say("leaflet.help"),
        "correct": say("leaflet.correct", date=day),
        "meaning": say("leaflet.meaning"),
        "number": say("leaflet.number", code=short_code(id)) if id else Words(""),
        "qr": say("leaflet.qr", address=as_typed(address)),
    }


FIXED = (
    "scan",
    "type",
    "sample",
    "sample-mark",
    "emergency",
    "maker",
    "next-dates",
    "card",
    "card-day",
    "card-time",
    "card-place",
    "card-emergency",
)

# ---- what it is about -----------------------------------------------------------------------------------


def _about(say: Speaker) -> Iterator[Words]:
    """Of a session: what it is, and where."""
    listing = say.listing()
    if listing is None:
        return
    if listing.series.about:
        yield say.written(listing.series.about)
    venue = place_of(listing.series) if listing.series.venue else ""
    yield say(f"booking.place.{'there' if venue else _mode(listing.series.mode)}", place=venue)


def _dates(say: Speaker, now: datetime) -> Iterator[Words]:
    """A session's next ones."""
    listing = say.listing()
    for starts in listing.dates.between(now, now + AHEAD, DATES) if listing else ():
        yield Words(booked.moment_in_words(say.world, say.texts, starts, now), say.texts.language)


def _mode(mode: str) -> str:
    return mode if mode in ("online", "phone") else "there"


# ---- who can help ---------------------------------------------------------------------------------------


def _helps(say: Speaker, kind: Kind) -> Iterator[Help]:
    """The lines that everybody can call first, then who is near, then the other lines."""
    yield from _cancer_line(say)
    yield from _contacts(say, *FIRST)
    yield from _local(say, LOCAL[kind])
    yield from _contacts(say, *NUMBERS)


def _local(say: Speaker, most: int) -> Iterator[Help]:
    local = [one for one in say.world.content.services.values() if say.leaflet.area and _near(say, one)]
    most -= 1 if most and say.listing() else 0
    local.sort(key=lambda one: (FIRST_TOPIC not in one.topics, not one.phone))
    for service in local[:most]:
        yield Help(Words(service.name), say.written(service.what), _reach(say, service), service.sample)


def _near(say: Speaker, service: Service) -> bool:
    return service.area == say.leaflet.area


def _cancer_line(say: Speaker) -> Iterator[Help]:
    """The operator's own, where it is for this nation; else Scotland's."""
    local = say.world.local
    if local.cancer_line and say.nation in ("", local.nation):
        name, what = say("leaflet.cancer-line"), say("leaflet.cancer-line-for")
        yield Help(name, what, Words(local.cancer_line))
    elif say.nation:
        yield from _contacts(say, CANCER_LINE)


def _contacts(say: Speaker, *names: str) -> Iterator[Help]:
    """Those of this nation that were proved."""
    known = say.world.content.contacts
    for contact in (known[name] for name in names if name in known):
        if contact.status == "live" and say.here(contact.nations):
            reach = contact.phone or (contact.web or "").removeprefix("https://").removeprefix("www.")
            hours = f" ({contact.hours})" if contact.hours and contact.phone else ""
            yield Help(Words(contact.name), Words(contact.for_), Words(reach + hours))


def _reach(say: Speaker, service: Service) -> Words:
    if service.phone or service.web:
        return Words(service.phone or (service.web or "").removeprefix("https://"))
    if service.how_to_be_referred:
        return say.written(service.how_to_be_referred)
    return say(f"session.refer.{service.refer_yourself.replace(' ', '-')}")
