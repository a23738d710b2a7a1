"""An office whose sessions are two that an author wrote, and a browser in it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.bookings import SessionDate, short_code
from bot.console.office import Office
from bot.console.sessions.coming import date_path
from bot.conversation.navigator import Navigator
from bot.directory import build_directory
from bot.store import people, tables
from bot.store.engine import Store
from tests.console.desk import Browser, settings_of, words
from tests.content.author import SERVICE, Author
from tests.databases import Clock, rows
from tests.worlds import real

PLACE = "knowledge/sessions/scotland.yaml"
SESSIONS = """\
# Made up for tests.
sessions:
  # Thursdays in Leith
  - id: sco-class
    service: gym
    title: "SAMPLE: Gentle class"
    kinds: [group]
    mode: in-person
    venue:
      name: Library   # upstairs
      postcode: EH6 5AA
    starts: 2026-11-26T10:30
    minutes: 60
    rrule: FREQ=WEEKLY;BYDAY=TH;UNTIL=20271230
    exceptions: [2026-12-24]
    capacity: 2
    sample: true
    checked: 2026-11-01
    review: 2027-11-01

  - id: sco-talk
    service: gym
    title: "SAMPLE: Sleep talk, online"
    kinds: [talk]
    mode: online
    starts: 2026-12-02T14:00
    minutes: 30
    sample: true
    checked: 2026-11-01
    review: 2027-11-01
"""
CLASS = SessionDate("sco-class", datetime(2026, 11, 26, 10, 30, tzinfo=UTC))
PAGE = f"/staff{date_path(CLASS.session, CLASS.listed)}"


def author_of(home: Path) -> Author:
    """With one service in Scotland, and two sessions of it."""
    author = Author(home)
    author.writes("knowledge/services/scotland.yaml", SERVICE)
    author.writes(PLACE, SESSIONS)
    return author


def navigator_over(author: Author) -> Navigator:
    """The real texts over what the author has written by now."""
    written, world = author.content(), real().world
    ours = {"services": written.services, "sessions": written.sessions, "areas": written.areas}
    content = replace(world.content, **ours)  # type: ignore[arg-type]
    directory = build_directory(
        written.services.values(), written.sessions.values(), (), written.areas.values()
    )
    local = replace(world.local, knowledge=author.home / "knowledge", flows=author.home / "flows")
    return Navigator(replace(world, content=content, directory=directory, local=local))


class Desk(Browser):
    """A browser in an office over an author's two sessions; `reload` is what the program does by itself when
    a file has changed."""

    def __init__(self, store: Store, clock: Clock, home: Path) -> None:
        self.author, self.store = author_of(home), store
        settings = settings_of(knowledge=home / "knowledge", flows=home / "flows")
        self.reload()
        super().__init__(Office(store, lambda: self.navigator, settings, clock))

    def reload(self) -> None:
        self.navigator = navigator_over(self.author)

    @property
    def file(self) -> str:
        return (self.author.home / PLACE).read_text()

    async def save(self, path: str, fields: Mapping[str, Any], **others: Any) -> str:
        """The page's form with these fields; what the page says then."""
        await self.open(path)
        answer = await self.post(path, {**hidden(self.html), **fields, **others})
        assert answer.status_code != 500, words(answer.text)
        return words(answer.text)


def hidden(html: str) -> dict[str, str]:
    """What a form keeps for itself."""
    found = re.findall(r'<input type="hidden" name="(version|before)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


def filled(html: str) -> dict[str, Any]:
    """What a form would post if nobody touched it."""
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", html):
        name, value = (re.search(rf' {one}="([^"]*)"', tag) for one in ("name", "value"))
        if not name or name[1] == "token" or ("checkbox" in tag and " checked" not in tag):
            continue
        fields.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, options in re.findall(
        r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = [chosen[1] if chosen else ""]
    return fields


async def book(desk: Desk, many: int, date: SessionDate = CLASS, starts: datetime | None = None) -> list[str]:
    """So many people are booked; their codes."""
    starts = starts or date.listed
    row = {"session": date.session, "listed": date.listed, "starts": starts, "state": "on"}
    row |= {"ends": starts + timedelta(hours=1), "place": "Library, EH6 5AA", "changed": desk.office.clock()}
    codes = []
    async with desk.store.write() as tx:
        made = insert(tables.occasions).values(row).returning(tables.occasions.c.id)
        occasion = (await tx.execute(made)).scalar_one()
        for number in range(many):
            known = await people.lock(tx, "telegram", f"7{number}", desk.office.clock())
            assert known
            place = {"person": known.person.id, "occasion": occasion, "state": "booked", "version": 1}
            await tx.execute(insert(tables.bookings).values(place | {"asked": desk.office.clock()}))
            codes.append(short_code(known.person.id, date))
    return codes


async def audited(desk: Desk) -> list[tuple[str, str, str]]:
    found = await rows(desk.store, tables.audit)
    return [(row["what"], row["about"], row["detail"]) for row in found]
