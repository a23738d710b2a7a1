"""Listings as an author changes them, and what is planned for people who booked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import forms
from bot.bookings import SessionDate
from bot.content.listings import Series
from bot.conversation.navigator import Navigator
from bot.directory import build_directory
from bot.messaging import changing
from bot.quiet import LONDON
from bot.store.engine import Store
from bot.store.tables import ledger, letters
from tests.bookings.people import DATE, SESSION, Door
from tests.databases import Clock, rows
from tests.worlds import real


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


def written(**fields: Any) -> Navigator:
    """The real navigator with these fields of the session written otherwise."""
    return with_sessions({SESSION: real().world.content.sessions[SESSION].model_copy(update=fields)})


def without_session() -> Navigator:
    sessions = {id: one for id, one in real().world.content.sessions.items() if id != SESSION}
    return _navigator(sessions)


def with_sessions(others: Mapping[str, Series]) -> Navigator:
    return _navigator({**real().world.content.sessions, **others})


def _navigator(sessions: Mapping[str, Series]) -> Navigator:
    world = real().world
    content = replace(world.content, sessions=sessions)
    parts = (content.services.values(), sessions.values(), content.places, content.areas.values())
    directory = build_directory(*parts)
    return Navigator(replace(world, content=content, directory=directory, places=directory.places))


async def booked(store: Store, clock: Clock, *who: str, navigator: Navigator | None = None) -> Door:
    """People on Telegram who tapped "I'm coming"."""
    door = Door(store, clock, navigator or real(), channel="telegram")
    for one in who:
        await door.tap(one, "coming")
    return door


async def messages(store: Store, *states: str) -> list[dict[str, Any]]:
    """What is planned ahead, with its words, in the order in which it is due."""
    texts = {row["id"]: row for row in await rows(store, letters)}
    found = [row for row in await rows(store, ledger) if row["letter"]]
    found = [row for row in found if row["state"] in (states or ("planned",))]
    for row in found:
        row["say"] = forms.read_say(texts[row["letter"]]["body"])
        row["rule"] = texts[row["letter"]]
    return sorted(found, key=lambda row: (row["due"], row["id"]))


async def texts(store: Store, *states: str) -> list[str]:
    return [row["say"].text for row in await messages(store, *states)]


async def due(store: Store) -> list[str]:
    """When, and what kind: "Wed 25 10:30 remind"."""
    found = await messages(store)
    return [f"{row['due'].astimezone(LONDON):%a %d %H:%M} {row['key'].split(':')[0]}" for row in found]


async def staff_cancel(store: Store, clock: Clock, navigator: Navigator, date: SessionDate = DATE) -> int:
    async with store.write() as tx:
        return await changing.cancel(tx, date, navigator.world, "jo", clock())


async def staff_move(
    store: Store, clock: Clock, navigator: Navigator, to: datetime, date: SessionDate = DATE
) -> int:
    async with store.write() as tx:
        return await changing.move(tx, date, to, navigator.world, "jo", clock())
