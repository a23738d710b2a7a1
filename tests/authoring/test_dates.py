"""A date that is cancelled or moved leaves a row in the audit log, wherever it was done."""

from datetime import UTC, datetime

import pytest

from bot.authoring import dates
from bot.authoring.dates import Deed, Stale
from bot.bookings import SessionDate
from bot.messaging.changing import CannotChange
from bot.store import tables
from bot.store.audit import Who
from bot.store.engine import Store
from bot.tools import session_command
from tests.databases import Clock, rows
from tests.worlds import real

WORLD = real().world
DATE = SessionDate("sco-get-active", datetime(2026, 11, 26, 10, 30, tzinfo=UTC))
ABOUT = "session:sco-get-active@2026-11-26T10:30"
ANN = Who(4, "Ann")


async def logged(store: Store) -> list[tuple[int, str, str, str, str]]:
    names = ("staff", "name", "what", "about", "detail")
    return [tuple(row[name] for name in names) for row in await rows(store, tables.audit)]


async def test_the_command_line_writes_who_it_was(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        change = (DATE.session, "2026-11-26T10:30", "2026-11-27T14:00", "Jo")
        await session_command.change(tx, WORLD, change, clock())
    assert await logged(store) == [(0, "Jo", "session.move", ABOUT, "to 2026-11-27T14:00, 0 told")]


async def test_a_date_is_changed_only_as_it_was_seen(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        seen = await dates.standing(tx, DATE, WORLD, clock())
        assert seen and seen.starts == DATE.listed
        to = DATE.listed.replace(hour=14)
        await dates.change(tx, Deed(DATE, seen.version, to), WORLD, ANN, clock())
    async with store.write() as tx:
        with pytest.raises(Stale) as stale:
            await dates.change(tx, Deed(DATE, seen.version), WORLD, ANN, clock())
    now = stale.value.now
    assert now.change and (now.change.by, now.starts) == ("Ann", to)
    assert [row[2] for row in await logged(store)] == ["session.move"]


async def test_a_date_is_also_known_by_where_it_was_moved_to(store: Store, clock: Clock) -> None:
    to = DATE.listed.replace(hour=14)
    async with store.write() as tx:
        await dates.change_now(tx, Deed(DATE, "", to), WORLD, ANN, clock())
        found = await dates.standing(tx, SessionDate(DATE.session, to), WORLD, clock())
    assert found and found.date == DATE and found.starts == to


async def test_what_cannot_be_done_leaves_no_row(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        with pytest.raises(CannotChange):
            await dates.change_now(tx, Deed(SessionDate("none", DATE.listed), ""), WORLD, ANN, clock())
        assert await dates.standing(tx, SessionDate("none", DATE.listed), WORLD, clock()) is None
    assert await logged(store) == []


def test_an_hour_that_the_clocks_skip_is_no_time() -> None:
    assert dates.on_the_clock(datetime(2027, 3, 28, 1, 30), WORLD.directory) is None
    twice = dates.on_the_clock(datetime(2026, 10, 25, 1, 30), WORLD.directory)
    assert twice and twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
