"""The page that a leaflet's code opens: what it is for, and three ways in that count the same. Pure."""

import re
from dataclasses import dataclass

from bot.conversation.world import World
from bot.leaflet_links import PAYLOAD, Leaflet, is_signed, known_area
from bot.leaflets.words import Speaker, Words

FRONT = Leaflet(0, "start")
UNSIGNED = re.compile(r"(?:article|area|flow)-[a-z0-9-]+(?:_(?:article|area|flow)-[a-z0-9-]+)*", re.ASCII)
"""Links that were printed before links were signed: they can set nothing but the area, and lead somewhere."""
"""Where a code leads that nobody knows: an ordinary start."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: its words, what to know about it, and where it leads."""

    label: Words
    note: Words
    url: str


@dataclass(frozen=True, slots=True)
class Doorway:
    """The whole page in its own language."""

    language: str
    right_to_left: bool
    what: Words
    subject: Words | None
    ways: tuple[Way, ...]


def doorway(world: World, leaflet: Leaflet, payload: str) -> Doorway:
    """For this leaflet; `payload` is what the chats are opened with, "" for an ordinary start."""
    say = Speaker(world, leaflet)
    what = say("leaflet.page-for", what=say.purpose().text) if leaflet != FRONT else say("leaflet.page-start")
    ways = (*_telegram(say, payload), _web(say, payload), _phone(say))
    return Doorway(leaflet.language, say.right_to_left, what, say.subject(), ways)


def payload_of(world: World, leaflet: Leaflet, code: str) -> str:
    """With which payload the chats are opened from the page of this code."""
    links = world.local.leaflets
    if leaflet.id and links:
        return links.write(leaflet)
    return code[:PAYLOAD] if UNSIGNED.fullmatch(code) else ""


def signed(world: World, code: str) -> Leaflet | None:
    """What a whole signed payload in place of a short code says."""
    read = world.local.leaflets.read(code) if world.local.leaflets and is_signed(code) else None
    return known_area(read, world.content.areas) if isinstance(read, Leaflet) else None


def _telegram(say: Speaker, payload: str) -> tuple[Way, ...]:
    name = say.world.local.telegram_name
    if not name:
        return ()
    url = f"https://t.me/{name}" + (f"?start={payload}" if payload else "")
    return (Way(say("leaflet.page-telegram"), say("leaflet.page-telegram-note"), url),)


def _web(say: Speaker, payload: str) -> Way:
    url = f"/?start={payload}" if payload else "/"
    return Way(say("leaflet.page-web"), say("leaflet.page-web-note"), url)


def _phone(say: Speaker) -> Way:
    phone = say.phone()
    label = say("leaflet.page-phone", phone=phone.number)
    note = say("leaflet.page-phone-note", name=phone.name, hours=phone.hours) if phone.name else Words("")
    return Way(label, note, f"tel:{phone.number.replace(' ', '')}")
