"""The navigator, built from what the authors wrote; and the one that follows their changes."""

import asyncio
import gc
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from watchfiles import awatch

from bot.clock import now
from bot.content import Content, Loaded, Watched, read
from bot.content.flags import FlagFile
from bot.conversation.world import Local, World
from bot.directory import build_directory
from bot.directory.changes import Change
from bot.hours import Hours, read_days, read_openings
from bot.leaflet_links import LeafletLinks
from bot.links import Links
from bot.quiet import Quiet
from bot.safety import Matcher, build_matcher
from bot.search import Index, build_index, load_or_build
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.conversation.navigator import Navigator

log = structlog.get_logger()


class ContentWrong(Exception):
    """There is no content to run on; every problem is in `problems`."""

    def __init__(self, loaded: Loaded | None) -> None:
        self.problems = loaded.problems if loaded else ()
        super().__init__(f"{len(self.problems)} problems")


def load(settings: Settings, cached: bool = True) -> Loaded:
    """All content, from the cache where no file has changed."""
    cache = settings.cache if cached else None
    return read(settings.knowledge, settings.flows, settings.show_drafts, cache)


def navigator_of(content: Content, settings: Settings) -> "Navigator":
    """A navigator over this content."""
    # Only here: who prints a leaflet needs the world, and no answerers.
    from bot.conversation.navigator import Navigator

    index, matcher = index_of(content, settings.cache), build_matcher(content.flags)
    return Navigator(_world(content, settings, index, matcher))


def world_to_print(content: Content, settings: Settings) -> World:
    """The same world, at once, without what only a conversation needs: its search and its red flags."""
    return _world(content, settings, build_index((), content.words), build_matcher(FlagFile()))


def _world(content: Content, settings: Settings, index: Index, matcher: Matcher) -> World:
    directory = build_directory(
        content.services.values(),
        content.sessions.values(),
        content.places,
        content.areas.values(),
        settings.timezone,
    )
    local = Local(
        nation=settings.nation,
        cancer_line=settings.cancer_line,
        staff_hours=settings.staff_hours,
        website=settings.public_url,
        links=links_of(settings),
        leaflets=leaflets_of(settings),
        telegram_name=settings.telegram_name,
        hours=hours_of(settings),
        timezone=settings.timezone,
        quiet=quiet_of(settings),
        knowledge=settings.knowledge,
        flows=settings.flows,
        broadcast_approval=settings.broadcast_approval,
        broadcast_hold=timedelta(seconds=settings.broadcast_hold_seconds),
    )
    return World(content, index, matcher, directory, directory.places, local)


def quiet_of(settings: Settings) -> Quiet:
    """When nothing but answers goes out, in this deployment's own time."""
    return Quiet(settings.quiet_from, settings.quiet_until, ZoneInfo(settings.timezone))


def links_of(settings: Settings) -> Links | None:
    """Links to people's own pages; they need a website, and a secret to sign with."""
    if not settings.public_url or not settings.secret:
        return None
    return Links(settings.public_url.rstrip("/"), settings.secret.get_secret_value())


def hours_of(settings: Settings) -> Hours:
    """When the team is there, as the operator set it."""
    zone = ZoneInfo(settings.timezone)
    return Hours(read_openings(settings.staff_open), read_days(settings.staff_closed), zone)


def leaflets_of(settings: Settings) -> LeafletLinks | None:
    """The links of leaflets; they need a secret to sign with."""
    return LeafletLinks.of(settings.secret.get_secret_value()) if settings.secret else None


def index_of(content: Content, cache: Path | None) -> Index:
    """The search over the articles, kept on disk under the content's own hash."""
    articles = tuple(content.articles.values())
    if cache is None:
        return build_index(articles, content.words)
    return load_or_build(articles, content.words, content.fingerprint, cache)


def settled() -> None:
    """What was loaded stays for good: the collector, off while we start, need not walk it again and again."""
    gc.freeze()
    gc.enable()


def _warm(content: Content, settings: Settings) -> "Navigator":
    """A navigator that knows every session's next date: of 2,000, the first who asks would wait a second."""
    navigator = navigator_of(content, settings)
    moment = now()
    for listing in navigator.world.directory.listings.values():
        listing.dates.after(moment)
    return navigator


def _changed(navigator: "Navigator", staffs: tuple[Change, ...]) -> "Navigator":
    """The same conversation over the listings with these changes."""
    world = navigator.world
    return replace(navigator, world=replace(world, directory=world.directory.changed_by(staffs)))


class Current:
    """The navigator of this moment. Call it; content that has a problem never replaces content that works."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._watched = Watched(settings.knowledge, settings.flows, settings.show_drafts, settings.cache)
        loaded = self._watched.reload()
        if loaded is None or loaded.content is None:
            raise ContentWrong(loaded)
        self._staffs: tuple[Change, ...] = ()
        self._navigator = _warm(loaded.content, settings)

    def __call__(self) -> "Navigator":
        return self._navigator

    async def follow(self, stop: asyncio.Event) -> None:
        """Reload when a file changes; problems are told in the log, line by line."""
        async for _ in self._changes(stop):
            loaded = await asyncio.to_thread(self._watched.reload)
            if loaded is None:
                continue
            for problem in loaded.problems:
                log.warning("content", problem=str(problem))
            if loaded.content is None:
                log.error("content.kept", why="the new content has problems; the last good one goes on")
                continue
            made = await asyncio.to_thread(_warm, loaded.content, self._settings)
            self._navigator = _changed(made, self._staffs)
            log.info("content.reloaded", fingerprint=loaded.content.fingerprint[:12])

    def use(self, staffs: tuple[Change, ...]) -> None:
        """What staff have changed about dates holds from now on."""
        if staffs != self._staffs:
            self._staffs = staffs
            self._navigator = _changed(self._navigator, staffs)
            log.info("dates.changed", changes=len(staffs))

    def _changes(self, stop: asyncio.Event) -> AsyncIterator[object]:
        return awatch(self._settings.knowledge, self._settings.flows, stop_event=stop)
