"""Everything moves to another database with one command: all of it, or nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Table, create_engine, delete, func, insert, select, text, update
from typer.testing import CliRunner

from bot.cli import app
from bot.model import Say
from bot.store import audit, ledger, letters, notices, signins
from bot.store.engine import Store, address_of
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter
from bot.store.migrations.steps import configuration
from bot.store.moving import CannotMove, Line, move
from bot.store.outgoing import LEASE
from bot.store.tables import (
    accounts,
    broadcasts,
    changes,
    counters,
    drafts,
    events,
    invitations,
    leaflets,
    measures,
    metadata,
    passkeys,
    people,
    rooms,
    staff,
)
from bot.store.tables import ledger as ledger_table
from tests.databases import Clock, column
from tests.messaging.fakes import FakeChannel, dispatcher_of, steps
from tests.store.everyone import ADDRESS, settle_in, wait_in_the_inbox
from tests.tools.any_rows import Row, any_rows, write
from tests.tools.conftest import Opened

WAYS = [
    pytest.param("sqlite", "postgresql", marks=pytest.mark.postgres),
    pytest.param("postgresql", "sqlite", marks=pytest.mark.postgres),
    ("sqlite", "other"),
]
both_ways = pytest.mark.parametrize(("old", "new"), WAYS)


class Killed(Exception):
    """Ends a copy half way."""


def quietly(table: str, done: int, total: int) -> None:
    """Nobody looks."""


def until(table: str) -> Any:
    """Dies at the first rows of this table."""

    def progress(now_at: str, done: int, total: int) -> None:
        if now_at == table and done:
            raise Killed

    return progress


@asynccontextmanager
async def at(database: str) -> AsyncIterator[Store]:
    store = Store(database)
    try:
        yield store
    finally:
        await store.close()


async def fill(database: str, now: datetime) -> None:
    """Two people about whom every table holds something, and all that is about nobody."""
    async with at(database) as store, store.write() as tx:
        ann = await settle_in(tx, now)
        await settle_in(tx, now, "address-of-bob")
        await wait_in_the_inbox(tx, now)
        words = await letters.write(tx, Letter("news", Say("News"), Say("Short"), "short", now, now), now)
        row = Planned(
            "news:1", Urgency.BROADCAST, "broadcast:1", ann, "telegram", ADDRESS, now, words, "held"
        )
        await ledger.plan(tx, [row], now)
        await notices.add(tx, "late", "occasion:1", now)
        await tx.execute(insert(counters).values(day="2026-11-23", name="turn", labels="", count=2**40))
        await tx.execute(
            insert(changes).values(session="walk", listed=now, kind="cancelled", by="Jo", made=now)
        )
        await _broadcast(tx, now)
        await _office(tx, now)


async def _office(tx: Any, now: datetime) -> None:
    """A row in each table of the staff's own."""
    key = {"credential": b"\x00\xff", "public_key": b"", "sign_count": 2**40, "name": "Phone", "made": now}
    link = {"purpose": "check", "target": "", "area": "", "language": "en", "kind": "a5", "large": True}
    number = {"name": "question", "period": "2026-11", "what": "sleep", "outcome": "sure"}
    rows: tuple[tuple[Table, dict[str, object]], ...] = (
        (accounts, {"staff": 1, "password": "hash", "changed": now}),
        (passkeys, {"staff": 1, **key}),
        (invitations, {"staff": 1, "token": "hash", "made": now, "expires": now}),
        (leaflets, {**link, "by": "Jo", "made": now}),
        (measures, {**number, "area": "", "language": "en", "count": 2**40}),
        (drafts, {"source": "question:1", "article": "rest", "file": "a.yaml", "by": "Jo", "made": now}),
        (rooms, {"channel": "telegram", "chat": "-100", "by": "Jo", "made": now}),
    )
    for table, row in rows:
        await tx.execute(insert(table).values(row))
    await signins.start(tx, 1, "cookie", "passkey", now)
    await audit.add(tx, audit.Who(1, "Jo"), "signed-in", "staff:1", now)


async def _broadcast(tx: Any, now: datetime) -> None:
    await tx.execute(insert(staff).values(id=1, name="Jo", role="editor", since=now))
    row = {"by": 1, "state": "done", "audience": "{}", "texts": "{}", "version": 1}
    row |= {"made": now, "changed": now}
    await tx.execute(insert(broadcasts).values(row | {"id": 1, "request": "a"}))
    await tx.execute(insert(broadcasts).values(row | {"id": 2, "request": "b", "follows": 1}))
    await tx.execute(insert(events).values(broadcast=2, at=now, by="Jo", what="made", detail="\U0001f33b"))


def everything(database: str) -> dict[str, list[Row]]:
    engine = create_engine(address_of(database, "pysqlite"))
    with engine.connect() as connection:
        found = {
            table.name: sorted((dict(row._mapping) for row in connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


def execute(database: str, *statements: Any) -> None:
    engine = create_engine(address_of(database, "pysqlite"))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    engine.dispose()


def moved(old: str, new: str) -> list[Line]:
    return move(old, new, quietly)


@both_ways
async def test_every_row_of_every_table_moves(opened: Opened, clock: Clock, old: str, new: str) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    before = everything(here)
    lines = moved(here, there)
    assert all(line.same and line.there.rows for line in lines)
    assert everything(there) == everything(here) == before


@pytest.mark.postgres
def test_any_rows_are_the_same_after_moving_there_and_back(opened: Opened) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(any_rows())
    def there_and_back(rows: dict[str, list[Row]]) -> None:
        first, between, last = opened("first"), opened("postgresql"), opened("last")
        engine = create_engine(address_of(first, "pysqlite"))
        with engine.begin() as connection:
            write(connection, rows)
        engine.dispose()
        assert all(line.same for line in (*moved(first, between), *moved(between, last)))
        assert everything(last) == everything(between) == _without_nul(everything(first))

    there_and_back()


def _without_nul(found: dict[str, list[Row]]) -> dict[str, list[Row]]:
    def plain(value: object) -> object:
        return value.replace("\x00", "") if isinstance(value, str) else value

    return {
        table: sorted(({name: plain(one) for name, one in row.items()} for row in rows), key=str)
        for table, rows in found.items()
    }


@both_ways
@pytest.mark.parametrize("table", ["people", "ledger", "events"])
async def test_a_move_that_dies_half_way_leaves_nothing_and_can_be_done_again(
    opened: Opened, clock: Clock, old: str, new: str, table: str
) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    with pytest.raises(Killed):
        move(here, there, until(table))
    assert not any(everything(there).values())
    assert all(line.same for line in moved(here, there))


@both_ways
async def test_the_sender_goes_on_where_it_was(opened: Opened, clock: Clock, old: str, new: str) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    unsure = update(ledger_table).where(ledger_table.c.address == "address-of-bob")
    execute(here, unsure.values(state="unsure", urgency=Urgency.BROADCAST))
    execute(here, delete(ledger_table).where(ledger_table.c.key == "news:1"))
    moved(here, there)
    async with at(there) as store:
        channel = FakeChannel()
        await steps(dispatcher_of(store, clock, channel), 3)
        states = await column(store, ledger_table, "state")
    assert {address for address, _ in channel.arrived} == {ADDRESS}
    assert sorted(set(states)) == ["sent", "unsure"]


@both_ways
async def test_what_a_dead_process_was_sending_is_taken_over(
    opened: Opened, clock: Clock, old: str, new: str
) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    execute(here, delete(ledger_table).where(ledger_table.c.urgency != Urgency.REPLY))
    leased = {"state": "sending", "owner": "dead", "lease": clock() + LEASE, "attempts": 1}
    execute(here, update(ledger_table).values(leased))
    moved(here, there)
    async with at(there) as store:
        channel = FakeChannel()
        sender = dispatcher_of(store, clock, channel)
        await steps(sender, 2)
        assert channel.arrived == []
        clock.forward(seconds=LEASE.total_seconds() + 1)
        await steps(sender, 1)
        clock.forward(seconds=5)
        await steps(sender, 2)
    assert sorted(channel.arrived) == [(ADDRESS, "Hello"), ("address-of-bob", "Hello")]


@both_ways
async def test_numbers_go_on_after_the_largest(opened: Opened, clock: Clock, old: str, new: str) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    execute(here, update(ledger_table).where(ledger_table.c.key == "news:1").values(id=5000))
    moved(here, there)
    async with at(there) as store:
        async with store.write() as tx:
            await settle_in(tx, clock(), "address-of-cat")
        assert max(await column(store, ledger_table, "id")) == 5002


@both_ways
async def test_a_target_that_holds_anything_is_refused(
    opened: Opened, clock: Clock, old: str, new: str
) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    execute(there, insert(counters).values(day="2026-11-23", name="turn", labels="", count=1))
    with pytest.raises(CannotMove, match=r"not empty. It has rows in counters \(1\)"):
        moved(here, there)
    assert everything(there)["people"] == []


@both_ways
async def test_a_source_on_which_a_process_runs_is_refused(
    opened: Opened, clock: Clock, old: str, new: str
) -> None:
    here, there = opened(old), opened(new)
    async with at(here) as running:
        async with running.read() as tx:
            await tx.execute(select(func.count()).select_from(people))
        with pytest.raises(CannotMove, match=r"stop (it|all processes) first"):
            moved(here, there)


@both_ways
async def test_a_running_source_can_be_copied_as_it_is_at_that_moment(
    opened: Opened, clock: Clock, old: str, new: str
) -> None:
    here, there = opened(old), opened(new)
    await fill(here, clock())
    before = everything(here)
    late = insert(counters).values(day="2026-11-24", name="late", labels="", count=1)
    told: list[str] = []

    def meanwhile(table: str, done: int, total: int) -> None:
        if not told:
            execute(here, late)
        told.append(table)

    assert all(line.same for line in move(here, there, meanwhile, anyway=True))
    assert everything(there) == before


def test_a_source_of_an_older_version_moves_too_and_stays_as_it_is(opened: Opened, tmp_path: Path) -> None:
    here, there = f"sqlite:///{tmp_path / 'old.sqlite3'}", opened("new")
    engine = create_engine(address_of(here, "pysqlite"))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(insert(counters).values(day="2026-11-23", name="turn", labels="", count=3))
    engine.dispose()
    moved(here, there)
    assert [row["count"] for row in everything(there)["counters"]] == [3]
    assert "letters" not in _names(here)


def test_another_program_s_database_is_refused(opened: Opened, tmp_path: Path) -> None:
    here = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    execute(here, text("CREATE TABLE people (id TEXT)"))
    with pytest.raises(CannotMove, match="not one of the navigator"):
        moved(here, opened("new"))


def _names(database: str) -> list[str]:
    engine = create_engine(address_of(database, "pysqlite"))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        names = list(found)
    engine.dispose()
    return names


async def test_a_difference_undoes_the_whole_move_and_is_shown(opened: Opened, clock: Clock) -> None:
    here, there = opened("old"), opened("new")
    await fill(here, clock())
    execute(
        there,
        text(
            "CREATE TRIGGER odd AFTER INSERT ON people BEGIN"
            " UPDATE people SET area = 'x' WHERE id = new.id; END"
        ),
    )
    result = CliRunner().invoke(app, ["migrate-to", there, "--from", here])
    assert result.exit_code == 1
    assert "NO" in result.stdout
    assert "The two sides differ. Nothing was copied." in result.stdout
    assert not any(everything(there).values())


async def test_the_command_shows_both_sides(opened: Opened, clock: Clock) -> None:
    here, there = opened("old"), opened("new")
    await fill(here, clock())
    result = CliRunner().invoke(app, ["migrate-to", there, "--from", here])
    assert result.exit_code == 0
    cells = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines()]
    assert ["", "people", "2", "2", "yes", ""] in cells
    assert sum("yes" in line for line in cells) == len(metadata.tables)


@pytest.mark.postgres
def test_a_character_that_postgresql_does_not_take_is_left_out_and_told(opened: Opened) -> None:
    here, there = opened("old"), opened("postgresql")
    execute(here, insert(counters).values(day="2026-11-23", name="turn", labels="a\x00b", count=1))
    result = CliRunner().invoke(app, ["migrate-to", there, "--from", here])
    assert result.exit_code == 0
    assert "1 rows held a character that PostgreSQL does not take" in result.stdout
    assert [row["labels"] for row in everything(there)["counters"]] == ["ab"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("sqlite:////nowhere/at/all.sqlite3", "sqlite:///x", "There is no file /nowhere/at/all.sqlite3."),
        ("sqlite:///x.sqlite3", "sqlite:///./x.sqlite3", "Both addresses are the same database."),
        ("sqlite:///x", "mysql://x", "write sqlite:///path/to/file"),
        ("sqlite:///x", "postgresql://nobody@127.0.0.1:1/x", "There is no file x"),
    ],
)
def test_a_wrong_address_is_told_in_a_sentence(old: str, new: str, why: str) -> None:
    result = CliRunner().invoke(app, ["migrate-to", new, "--from", old])
    assert result.exit_code == 1
    assert why in result.stdout


def test_a_target_that_cannot_be_reached_is_told_without_its_password(opened: Opened) -> None:
    unreachable = "postgresql://nobody:secret@127.0.0.1:1/x"
    result = CliRunner().invoke(app, ["migrate-to", unreachable, "--from", opened("old")])
    assert result.exit_code == 1
    assert "The database cannot be used" in result.stdout
    assert "secret" not in result.stdout


def test_midnight_before_and_after_1970_are_the_same_moment_on_both_sides(opened: Opened) -> None:
    here, there = opened("old"), opened("new")
    moment = datetime.fromisoformat("1969-12-31T23:59:59.999+00:00")
    row = {"key": "k", "body": "{}", "late": "send", "written": moment}
    execute(here, insert(metadata.tables["letters"]).values(row | {"late_from": moment + timedelta(0)}))
    moved(here, there)
    assert everything(there) == everything(here)
