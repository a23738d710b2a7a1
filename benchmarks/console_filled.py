"""A large service for the benchmark of the console: its listings, and 2 years of what happened."""

import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from sqlalchemy import Connection, Table, create_engine, func, insert, select, text

from bot.directory import Directory
from bot.store import audit as log
from bot.store import signins as ins
from bot.store.audit import Entry, sealed
from bot.store.engine import address_of
from bot.store.tables import (
    audit,
    audit_ends,
    bookings,
    broadcasts,
    consents,
    handovers,
    leaflets,
    ledger,
    measures,
    occasions,
    people,
    questions,
    relays,
    signins,
    staff,
)

PEOPLE, SESSIONS, EVENTS, BOOKED, REQUESTS, AUDITED = 100_000, 2_000, 1_000_000, 2_000, 200, 100_000
BATCH = 20_000
SEED = 5
DAYS = 730
COOKIE = "the-cookie-of-the-benchmark"
AREAS = ("scotland", "london", "wessex", "")
LANGUAGES = ("en", "en", "en", "pl", "ar", "ur")
ON = tuple(f"sco-bench-{number}" for number in range(SESSIONS))
KINDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "question",
        ("sleep", "eating", "being-active", "feelings", "money", "pain", "work", "travel", ""),
        ("sure", "unsure", "unknown"),
    ),
    (
        "search",
        ("online/group", "in-person/being-active", "any/any", "phone/any"),
        ("found", "relaxed", "none"),
    ),
    ("flow", ("self-check", "find-session", "talk-to-person"), ("started", "finished")),
    ("step", ("self-check/moving", "self-check/eating", "self-check/mood"), ("asked", "answered", "back")),
    ("self-check", ("activity", "nutrition", "mood", "universal"), ("",)),
    ("leaflet", tuple(str(number) for number in range(1, 60)), ("scan", "chat", "booked")),
    ("booking", ON, ("booked", "waiting", "cancelled", "came")),
    ("fill", ON, ("taken", "free")),
    (
        "handover",
        ("navigator/answered", "nurse/answered", "money/closed"),
        ("hour", "day", "next-day", "longer"),
    ),
)
A_DAY = {"question": 45, "search": 20, "flow": 6, "step": 9, "self-check": 4, "leaflet": 16, "handover": 10}
A_DAY |= {"booking": 30, "fill": 20}
"""Of each measure so many different things happen on a day; 160 in all."""
COUNCILS = ("Highland", "City of Edinburgh", "Fife", "Lambeth", "Southampton")


def listings(source: Path, folder: Path) -> Path:
    """A copy of the knowledge with as many sessions as the benchmark wants."""
    made = folder / "knowledge"
    shutil.copytree(source, made)
    here = made / "sessions" / "scotland.yaml"
    have = sum(len(yaml.safe_load(one.read_text())["sessions"]) for one in made.glob("sessions/*.yaml"))
    more = [_session(number) for number in range(SESSIONS - have)]
    here.write_text(here.read_text() + indent(yaml.safe_dump(more, sort_keys=False), "  "))
    return made


def _session(number: int) -> dict[str, object]:
    return {
        "id": f"sco-bench-{number}",
        "service": "sco-get-ready",
        "title": f"SAMPLE class {number}",
        "kinds": ["group"],
        "topics": ["being-active"],
        "mode": "in-person",
        "venue": {"name": f"SAMPLE Hall {number % 40}", "postcode": "EH6 5AA"},
        "starts": f"2026-01-{5 + number % 7:02}T{9 + number % 8:02}:00",
        "minutes": 45,
        "rrule": "FREQ=WEEKLY",
        "capacity": 12,
        "sample": True,
        "checked": datetime(2026, 11, 2).date(),
        "review": datetime(2027, 11, 2).date(),
    }


def fill(database: str, directory: Directory, now: datetime) -> None:
    """Everything at once, by one connection; the database is empty before."""
    engine, dice = create_engine(address_of(database, "pysqlite")), random.Random(SEED)
    with engine.begin() as tx:
        _staff(tx, now)
        _put(tx, people, (_person(n, now) for n in range(PEOPLE)))
        _put(
            tx,
            consents,
            (
                {"person": person(n), "switch": "news", "version": "news/1", "given": now}
                for n in range(0, PEOPLE, 2)
            ),
        )
        _sessions(tx, directory, now)
        _requests(tx, now)
        _put(
            tx,
            questions,
            (
                {"person": person(n), "text": f"Is number {n % 40} safe to eat?", "shared": now}
                for n in range(500)
            ),
        )
        _broadcasts(tx, now)
        _put(tx, leaflets, (_leaflet(n, now) for n in range(60)))
        _put(tx, measures, _measures(dice, now))
        _audit(tx, now)
        if engine.dialect.name == "postgresql":
            _count_on(tx)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        tx.execute(text("ANALYZE"))
    engine.dispose()


def counted(database: str) -> dict[str, int]:
    """How many rows there are, and how many events they count."""
    engine = create_engine(address_of(database, "pysqlite"))
    with engine.connect() as tx:
        found = {
            table.name: tx.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (people, occasions, bookings, handovers, measures, audit)
        }
        events = select(func.sum(measures.c.count)).where(func.length(measures.c.period) == 10)
        found["events"] = tx.execute(events).scalar_one()
    engine.dispose()
    return found


def person(number: int) -> str:
    """Their pseudonym, as random as a real one."""
    return sha256(str(number).encode()).hexdigest()[:32]


def _put(tx: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            tx.execute(insert(table), batch)
            batch = []
    if batch:
        tx.execute(insert(table), batch)


def _staff(tx: Connection, now: datetime) -> None:
    _put(
        tx,
        staff,
        (
            {"id": n, "name": f"Member {n}", "role": "admin" if n == 1 else "navigator", "since": now}
            for n in range(1, 31)
        ),
    )
    row = {"staff": 1, "token": ins.hashed(COOKIE), "how": "password", "made": now, "seen": now}
    tx.execute(insert(signins), row | {"expires": now + ins.LASTS})


def _person(number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": person(number),
        "channel": "telegram",
        "address": str(number + 1),
        "state": "{}",
        "version": 1,
        "answers": False,
        "remembers": False,
        "stopped": number % 50 == 0,
        "reachable": number % 70 != 0,
        "seen": now - timedelta(minutes=number),
        "area": AREAS[number % 4],
        "language": LANGUAGES[number % 6],
    }


def _sessions(tx: Connection, directory: Directory, now: datetime) -> None:
    """The next date of 400 sessions, 5 people on each."""
    names = list(directory.listings)[:400]
    rows, booked = [], []
    for number, session in enumerate(names, 1):
        starts = directory.next_date(session, now) or now
        starts = starts.astimezone(UTC)
        row = {"id": number, "session": session, "listed": starts, "starts": starts, "place": "SAMPLE Hall"}
        rows.append(row | {"ends": starts + timedelta(minutes=45), "state": "on", "changed": now})
        booked += [
            {
                "person": person(number * 5 + n),
                "occasion": number,
                "state": "booked",
                "asked": now,
                "version": 1,
            }
            for n in range(BOOKED // 400)
        ]
    _put(tx, occasions, iter(rows))
    _put(tx, bookings, iter(booked))


def _requests(tx: Connection, now: datetime) -> None:
    states = ("open", "claimed", "done", "open")
    rows = [
        {
            "id": n + 1,
            "person": person(n),
            "topic": "travel",
            "phone": "0131 496 0000",
            "note": "How do I get there?",
            "best_time": "",
            "state": states[n % 4],
            "asked": now - timedelta(minutes=17 * n),
            "closed": now if n % 4 == 2 else None,
            "kind": "relay" if n % 2 else "call",
            "team": ("navigator", "nurse", "money", "physio")[n % 4],
            "claimed_by": 2 if n % 4 in (1, 2) else None,
            "claimed": now if n % 4 in (1, 2) else None,
            "answered": now if n % 4 == 2 else None,
        }
        for n in range(REQUESTS)
    ]
    _put(tx, handovers, iter(rows))
    said = [
        {
            "handover": n + 1,
            "person": person(n),
            "side": "staff" if k % 2 else "person",
            "staff": 2 if k % 2 else None,
            "text": "Some words about buses.",
            "at": now,
            "flagged": False,
        }
        for n in range(1, REQUESTS, 2)
        for k in range(6)
    ]
    _put(tx, relays, iter(said))


def _broadcasts(tx: Connection, now: datetime) -> None:
    """100 of them; the newest went to 20,000 people."""
    rows = [
        {
            "id": n,
            "request": f"r{n}",
            "by": 1,
            "state": "draft" if n % 9 == 0 else "done",
            "audience": "{}",
            "texts": '{"en": "SAMPLE news"}',
            "version": 1,
            "made": now - timedelta(days=100 - n),
            "changed": now - timedelta(days=100 - n),
            "frozen": None if n % 9 == 0 else 20_000,
        }
        for n in range(1, 101)
    ]
    _put(tx, broadcasts, iter(rows))
    sent = (
        {
            "key": f"broadcast:100:{n}",
            "urgency": 3,
            "about": "broadcast:100",
            "person": person(n),
            "channel": "telegram",
            "address": str(n + 1),
            "body": "SAMPLE",
            "act": "send",
            "state": "sent",
            "due": now,
            "not_before": now,
            "attempts": 1,
            "repeats": 0,
            "touched": now,
            "message": str(n),
            "forget": False,
        }
        for n in range(20_000)
    )
    _put(tx, ledger, sent)


def _leaflet(number: int, now: datetime) -> dict[str, Any]:
    target = f"sco-bench-{number}"
    row = {"id": number + 1, "purpose": "session", "target": target, "area": "scotland", "language": "en"}
    return row | {"kind": "a5", "large": False, "by": "Member 1", "made": now}


def _measures(dice: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
    """As many events as the benchmark wants over 2 years, in rows by day and by month."""
    keys = {
        name: list(product((name,), whats, outcomes, AREAS[:3], ("en", "pl")))
        for name, whats, outcomes in KINDS
    }
    months: dict[tuple[str, ...], int] = {}
    for days in range(DAYS):
        day = (now - timedelta(days=days)).date().isoformat()
        found = [key for name, many in A_DAY.items() for key in dice.sample(keys[name], many)]
        shares = _parts(dice, EVENTS // DAYS + (1 if days < EVENTS % DAYS else 0), len(found))
        for key, count in zip(found, shares, strict=True):
            months[day[:7], *key] = months.get((day[:7], *key), 0) + count
            yield _measure(day, key, count)
    for (month, *kind), count in months.items():
        yield _measure(month, kind, count)


def happening(number: int) -> tuple[str, str, str]:
    """One thing after another that may happen: measure, what, outcome."""
    name, whats, outcomes = KINDS[number % len(KINDS)]
    return name, whats[number % len(whats)], outcomes[number % len(outcomes)]


def _parts(dice: random.Random, whole: int, parts: int) -> list[int]:
    """A number cut into so many, each at least 1."""
    cuts = sorted(dice.sample(range(1, whole), parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]


def _measure(period: str, key: Sequence[str], count: int) -> dict[str, Any]:
    name, what, outcome, area, language = key
    if name == "search":
        area = f"{area}/{COUNCILS[len(period + what + outcome) % len(COUNCILS)]}"
    row = {"name": name, "period": period, "what": what, "outcome": outcome, "area": area}
    return row | {"language": language, "count": count}


def _audit(tx: Connection, now: datetime) -> None:
    seal = log.ROOT
    rows = []
    for number in range(1, AUDITED + 1):
        at = now - timedelta(minutes=AUDITED - number)
        entry = Entry(
            number,
            at,
            number % 30 + 1,
            f"Member {number % 30 + 1}",
            "queue.read",
            f"handover:{number % 200}",
            "",
            "",
        )
        seal = sealed(seal, entry)
        rows.append(entry._replace(seal=seal)._asdict())
    _put(tx, audit, iter(rows))
    ends = {"id": 1, "newest": AUDITED, "seal": seal, "swept": 0, "swept_seal": log.ROOT}
    tx.execute(insert(audit_ends), ends)


def _count_on(tx: Connection) -> None:
    """Rows that came with their numbers leave the counters of PostgreSQL behind."""
    for table in (staff, occasions, handovers, broadcasts, leaflets):
        last = f"(SELECT max(id) FROM {table.name})"
        tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
