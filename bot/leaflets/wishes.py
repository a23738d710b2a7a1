"""What a leaflet may be: a wish made whole, or the reasons why there can be none."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.conversation.texts import fill
from bot.conversation.world import World
from bot.leaflet_links import VIDEOS, Wish
from bot.leaflets.typesetting import can_be_printed


class Fault(NamedTuple):
    """Why it cannot be made; `key` is the sentence under console.leaflets.cannot that says so."""

    key: str
    value: str = ""
    known: str = ""

    def said(self, english: Mapping[str, tuple[str, ...]]) -> str:
        """For staff."""
        sentence = english[f"console.leaflets.cannot.{self.key}"][0]
        return fill(sentence, {"value": self.value, "known": self.known})


def whole(world: World, wish: Wish) -> Wish:
    """Without a target where its purpose has none; a session's area is the one of its service."""
    target = wish.target if wish.purpose in ("session", "article", "video") else ""
    if wish.purpose == "video":
        target = target or VIDEOS
    listing = world.directory.listings.get(target) if wish.purpose == "session" else None
    return replace(wish, target=target, area=wish.area or (listing.area if listing else ""))


def faults(world: World, wish: Wish, now: datetime) -> list[Fault]:
    """Everything that is wrong with it; nothing where it can be made. `wish` is whole."""
    return [found for rule in RULES for found in rule(world, wish, now)]


def _area(world: World, wish: Wish, now: datetime) -> Iterator[Fault]:
    areas = world.content.areas
    if wish.area not in areas and (wish.area or wish.purpose == "area"):
        yield Fault("area", wish.area, ", ".join(areas))


def _language(world: World, wish: Wish, now: datetime) -> Iterator[Fault]:
    language = world.content.languages.get(wish.language)
    enabled = [one.id for one in world.content.languages.values() if one.enabled]
    if language is None or not language.enabled:
        yield Fault("language", wish.language, ", ".join(enabled))
    elif not can_be_printed(wish.language):
        yield Fault("font", language.english)


def _session(world: World, wish: Wish, now: datetime) -> Iterator[Fault]:
    """It is listed, and has dates to come."""
    listing = world.directory.listings.get(wish.target)
    if wish.purpose != "session":
        return
    if listing is None:
        yield Fault("session", wish.target)
    elif not listing.dates.after(now):
        yield Fault("over", wish.target)


def _article(world: World, wish: Wish, now: datetime) -> Iterator[Fault]:
    if wish.purpose in ("article", "video") and wish.target not in world.content.articles:
        yield Fault("article", wish.target)


RULES: tuple[Callable[[World, Wish, datetime], Iterator[Fault]], ...] = (_area, _language, _session, _article)
