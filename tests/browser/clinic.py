"""A small clinic's week in a database, and the whole website over it on a loopback port."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, Queue

import uvicorn
from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels import web
from bot.console.app import routes
from bot.console.office import Office
from bot.console.signin import inviting
from bot.conversation.navigator import Navigator
from bot.directory.occurrences import place_of
from bot.leaflet_links import LeafletLinks, Wish
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, By, Draft, Press
from bot.model import AskHandover, Measure, Person
from bot.service import Service
from bot.settings import Settings
from bot.store import (
    accounts,
    audit,
    consents,
    handovers,
    leaflets,
    measures,
    people,
    questions,
    relays,
    signins,
    staff,
)
from bot.store.accounts import Way
from bot.store.audit import Who
from bot.store.engine import Store
from bot.store.relays import Post
from bot.store.staff import Role
from bot.store.tables import bookings, ledger, occasions
from bot.store.tables import broadcasts as broadcasts_table
from tests.worlds import NOW, real

COOKIES: dict[Role, str] = {
    role: f"cookie-of-the-{role}" for role in ("viewer", "navigator", "editor", "admin")
}
NAMES: dict[Role, str] = {"viewer": "Vic", "navigator": "Ned", "editor": "Eddie", "admin": "Ann"}
COMING = 5
"""Dates that people have booked."""


@dataclass(frozen=True)
class Clinic:
    """Where it is, and a link that lets Nora, a new navigator, in once."""

    url: str
    invitation: str


@contextmanager
def running(empty: Path, folder: Path) -> Iterator[Clinic]:
    """The website of a clinic that has had people; its clock stands still."""
    database = folder / "clinic.sqlite3"
    shutil.copy(empty, database)
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ready, stop = Queue[Clinic](), threading.Event()
    serving = partial(asyncio.run, _serve(f"sqlite:///{database}", listening, ready, stop))
    thread = threading.Thread(target=serving, daemon=True)
    thread.start()
    clinic = None
    while clinic is None:
        with suppress(Empty):
            clinic = ready.get(timeout=0.2)
        assert thread.is_alive(), "the clinic did not open"
    yield clinic
    stop.set()
    thread.join(timeout=10)


async def _serve(
    database: str, listening: socket.socket, ready: Queue[Clinic], stop: threading.Event
) -> None:
    # Passkeys exist on https and on localhost only.
    url = f"http://localhost:{listening.getsockname()[1]}"
    settings = Settings(cache=None, public_url=url, secret=SecretStr("a secret for tests"))
    store, navigator = Store(database), _at(url)
    await fill(store, NOW)
    service = Service(store, lambda: navigator, lambda: NOW)
    office = Office(store, lambda: navigator, settings, lambda: NOW)
    app = web.app(service, lambda: navigator, settings, lambda: NOW, routes(office))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    serving = asyncio.create_task(server.serve([listening]))
    async with store.write() as tx:
        nora = await staff.add(tx, "Nora", "navigator", NOW)
        assert nora
        link = await inviting.link(tx, settings, nora, Who(1, "Ann"), NOW)
    ready.put(Clinic(url, link))
    await asyncio.to_thread(stop.wait)
    server.should_exit = True
    await serving
    await store.close()


def _at(url: str) -> Navigator:
    """The real one, with this website and links of its own."""
    world = real().world
    local = replace(world.local, website=url, leaflets=LeafletLinks.of("a secret for tests"))
    return Navigator(replace(world, local=local))


async def fill(store: Store, now: datetime) -> None:
    """Staff of each role who are signed in, and a week of people, bookings, requests and questions."""
    async with store.write() as tx:
        who = {}
        for role, name in NAMES.items():
            member = await staff.add(tx, name, role, now)
            assert member
            await accounts.choose(tx, member.id, Way(password="not one", totp="not one"), now)
            await signins.start(tx, member.id, COOKIES[role], "password", now)
            who[role] = Who(member.id, member.name)
        ids = [await _person(tx, number, now) for number in range(12)]
        await _bookings(tx, ids, now)
        await _requests(tx, ids, who["navigator"], now)
        for number, text in enumerate(("Can I eat grapefruit?", "can i eat a grapefruit", "Is reiki safe?")):
            await questions.share(tx, ids[number], text, now - timedelta(days=number))
        for days in range(0, 60, 3):
            await measures.add(tx, _measures(), (now - timedelta(days=days)).date())
        await leaflets.make(tx, Wish("area", "", "scotland"), "Ann", now)
        await _sent(tx, ids, who["editor"].id, now)
        await audit.add(tx, who["admin"], "staff.add", "staff:2", now, "navigator")
    await _broadcasts(store, By(who["editor"].id, "Eddie"), By(who["admin"].id, "Ann", "admin"), now)


async def _person(tx: AsyncConnection, number: int, now: datetime) -> str:
    seen = now - timedelta(hours=number)
    known = await people.lock(tx, "telegram", str(1000 + number), seen)
    assert known is not None
    area = ("scotland", "london", "wessex")[number % 3]
    await people.save(tx, known, Person(area=area, told=("telegram",)), seen)
    await consents.give(tx, known.person.id, "news", "news/1", seen)
    return known.person.id


async def _bookings(tx: AsyncConnection, ids: list[str], now: datetime) -> None:
    """The nearest dates of all; the first date is full and has a waiting list."""
    directory = real().world.directory
    dates = [(starts, one) for one in directory.listings if (starts := directory.next_date(one, now))]
    for number, (starts, session) in enumerate(sorted(dates)[:COMING]):
        series = directory.session(session)
        row = {
            "id": number + 1,
            "session": session,
            "listed": starts,
            "starts": starts,
            "ends": starts + timedelta(minutes=series.minutes),
            "place": place_of(series),
            "state": "on",
            "changed": now,
        }
        await tx.execute(insert(occasions), row)
        for place, person in enumerate(ids[: 10 - number]):
            state = "waiting" if place > 7 else "booked"
            asked = now - timedelta(hours=20 - place)
            booked = {"person": person, "occasion": number + 1, "state": state, "asked": asked, "version": 1}
            await tx.execute(insert(bookings), booked)


async def _requests(tx: AsyncConnection, ids: list[str], navigator: Who, now: datetime) -> None:
    call = AskHandover("travel", "0131 496 0000", "How do I get to the hospital?", "mornings")
    writing = AskHandover("money", "", kind="relay", team="money")
    await handovers.ask(tx, ids[0], call, now - timedelta(hours=3))
    number = await handovers.ask(tx, ids[1], writing, now - timedelta(minutes=50))
    await relays.add(
        tx, Post(number, ids[1], "Can I get help with the bus fare?"), now - timedelta(minutes=50)
    )
    await relays.add(tx, Post(number, ids[1], "You may. Where do you live?", navigator.id), now)
    await handovers.ask(tx, ids[2], AskHandover("nurse", "020 7946 0000", team="nurse"), now)


HAPPENED: tuple[tuple[str, str, str, str, int], ...] = (
    ("question", "sleep", "sure", "scotland", 9),
    ("question", "eating", "sure", "london", 7),
    ("question", "money", "unknown", "wessex", 2),
    ("question", "", "unknown", "scotland", 3),
    ("search", "online/group", "none", "scotland/Highland", 6),
    ("search", "in-person/being-active", "found", "scotland/City of Edinburgh", 8),
    ("leaflet", "1", "scan", "scotland", 9),
    ("leaflet", "1", "chat", "scotland", 6),
    ("leaflet", "1", "booked", "scotland", 3),
    ("booking", "sco-get-active", "booked", "scotland", 4),
    ("fill", "sco-get-active", "taken", "scotland", 8),
    ("fill", "sco-get-active", "free", "scotland", 4),
    ("flow", "self-check", "started", "scotland", 9),
    ("flow", "self-check", "finished", "scotland", 4),
    ("step", "self-check/moving", "asked", "scotland", 9),
    ("step", "self-check/moving", "answered", "scotland", 6),
    ("self-check", "activity", "", "scotland", 4),
    ("self-check", "mood", "", "london", 3),
    ("handover", "navigator/answered", "hour", "scotland", 3),
    ("handover", "nurse/answered", "day", "london", 2),
)
"""What a day adds up to: enough of some things to be shown, and too little of others."""


def _measures() -> Iterator[Measure]:
    for name, what, outcome, area, times in HAPPENED:
        for number in range(times):
            yield Measure(name, what, outcome, area, "pl" if number % 4 == 3 else "en")


async def _sent(tx: AsyncConnection, ids: list[str], by: int, now: datetime) -> None:
    """A broadcast that is over, and one that is half out and was stopped."""
    for number, state in ((1, "done"), (2, "stopped")):
        row = {"id": number, "request": state, "by": by, "state": state, "audience": "{}", "frozen": 3}
        row |= {"texts": '{"en": "SAMPLE. Walks on Monday."}', "version": 1, "made": now, "changed": now}
        await tx.execute(insert(broadcasts_table), row)
        for place, person in enumerate(ids[:3]):
            out = state == "done" or place == 0
            mail = {"key": f"broadcast:{number}:{person}", "urgency": 3, "about": f"broadcast:{number}"}
            mail |= {"person": person, "channel": "telegram", "address": str(1000 + place), "body": "SAMPLE"}
            mail |= {"act": "send", "state": "sent" if out else "held", "due": now, "not_before": now}
            mail |= {"attempts": 1, "repeats": 0, "touched": now, "message": "7", "forget": False}
            await tx.execute(insert(ledger), mail)


async def _broadcasts(store: Store, editor: By, admin: By, now: datetime) -> None:
    """One draft, and one that waits for a colleague's yes."""
    world = real().world
    async with store.write() as tx:
        await broadcasts.make(tx, editor, "draft", Draft(Audience(), {"en": "A draft about walks."}), now)
        row = await broadcasts.make(
            tx,
            editor,
            "waits",
            Draft(Audience(areas=("scotland",)), {"en": "SAMPLE. The hall has moved."}),
            now,
        )
    async with store.write() as tx:
        await broadcasts.propose(tx, Press(row.id, row.version, editor), world, now)
