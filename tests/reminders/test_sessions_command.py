"""`prehab session`: what an operator sees and hears."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import clock as wall
from bot.bookings import SessionDate
from bot.cli import app
from bot.store import changes
from bot.store.engine import Store
from bot.tools import session_command as command
from bot.tools.session_command import Mistake
from tests.bookings.people import DATE, with_capacity
from tests.databases import START, Clock
from tests.reminders.helpers import booked, local, staff_move
from tests.worlds import real

ID, WHEN = DATE.session, "2026-11-26T10:30"


async def said(store: Store, clock: Clock, *what: str | None) -> str:
    """What a change says; the date first, then where to."""
    async with store.write() as tx:
        when, to = what
        return await command.change(tx, real().world, (ID, str(when), to, "jo"), clock())


async def test_the_list_says_how_many_are_booked(store: Store, clock: Clock) -> None:
    full = with_capacity(1)
    await booked(store, clock, "ann", "bob", navigator=full)
    async with store.read() as tx:
        lines = (await command.listed(tx, full.world, clock(), 7)).splitlines()
    (line,) = [line for line in lines if f" {ID} " in line]
    assert line.split() == [WHEN, ID, "1/1", "booked,", "1", "waiting"]


async def test_who_is_coming_is_told_by_codes_only(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    async with store.read() as tx:
        told = await command.coming(tx, real().world, ID, WHEN)
    assert told.startswith("booked: 1  ") and "free: 15" in told and "ann" not in told


async def test_a_change_says_how_many_people_are_told(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann", "bob")
    moved = await said(store, clock, WHEN, "2026-11-27 14:00")
    assert moved == f"{ID} {WHEN} is moved to 2026-11-27 14:00; 2 people are told."


async def test_a_moved_date_is_known_by_the_time_it_is_at(store: Store, clock: Clock) -> None:
    await staff_move(store, clock, real(), local(2026, 11, 27, 14))
    async with store.read() as tx:
        directory = real().world.directory.changed_by(await changes.every(tx, clock()))
    world = replace(real().world, directory=directory)
    assert command.named_date(world, ID, "2026-11-27T14:00") == DATE
    assert command.named_date(world, ID, "2026-12-03T10:30") == SessionDate(ID, local(2026, 12, 3, 10, 30))
    async with store.read() as tx:
        assert f"moved from {WHEN}" in await command.listed(tx, world, clock(), 7)


@pytest.mark.parametrize(
    ("when", "to", "why"),
    [
        ("2026-11-25T10:30", None, "there is no such session on that date"),
        ("26 November", None, "is not a time; write it like"),
        (WHEN, WHEN, "it is at that time already"),
        (WHEN, "2026-11-20T10:00", "the new time has passed"),
        (WHEN, "2026-12-03T10:30", "another date at that time"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_clear_sentence(
    store: Store, clock: Clock, when: str, to: str | None, why: str
) -> None:
    with pytest.raises(Mistake, match=why):
        await said(store, clock, when, to)


def test_the_commands_work_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_DATABASE", f"sqlite:///{tmp_path}/navigator.sqlite3")
    monkeypatch.setenv("NAVIGATOR_SHOW_DRAFTS", "true")
    monkeypatch.setattr(wall, "now", lambda: START)
    runner = CliRunner()

    def run(*words: str) -> Result:
        return runner.invoke(app, ["session", *words])

    assert ID in run("list", "--days", "7").output
    assert "0 people are told" in run("move", ID, WHEN, "2026-11-27T14:00").output
    assert "free: 16" in run("who", ID, "2026-11-27T14:00").output
    assert "is cancelled" in run("cancel", ID, "2026-11-27T14:00").output
    again = run("cancel", ID, WHEN)
    assert again.exit_code == 2 and "cancelled already" in again.output
