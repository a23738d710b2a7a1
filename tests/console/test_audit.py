"""The audit log: one chain whoever writes, and no change to it that is not found."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli import app
from bot.store import audit, chain
from bot.store.audit import ROOT, Ends, Entry, Who, sealed
from bot.store.chain import Broken, Link, ended, follow
from bot.store.engine import Store
from bot.store.retention import RETENTION
from bot.store.tables import audit as rows
from bot.tools import staff_command
from tests.console.desk import Browser, office_of, settings_of, words
from tests.databases import START, Clock, column

ANN = Who(7, "Ann")
TOUCHED = (
    ("UPDATE audit SET detail = 'other' WHERE id = 3", "3: it is not as it was written"),
    ("UPDATE audit SET at = at + 1 WHERE id = 2", "2: it is not as it was written"),
    ("UPDATE audit SET staff = 1 WHERE id = 1", "1: it is not as it was written"),
    ("UPDATE audit SET seal = '00' WHERE id = 5", "5: it is not as it was written"),
    ("DELETE FROM audit WHERE id = 1", "1: 1 row is missing"),
    ("DELETE FROM audit WHERE id IN (2, 3)", "2: 2 rows are missing"),
    ("DELETE FROM audit WHERE id > 3", "4: it and all after it are missing"),
    ("DELETE FROM audit", "1: it and all after it are missing"),
    ("UPDATE audit_ends SET newest = 6", "6: it and all after it are missing"),
    ("UPDATE audit_ends SET newest = 4", "4: the log should end with another seal"),
    ("UPDATE audit_ends SET swept = 2", "1: it does not belong here"),
    (
        "INSERT INTO audit SELECT 6, at, staff, name, what, about, detail, seal FROM audit WHERE id = 5",
        "6: it was added",
    ),
)
"""What somebody with the database does to a log of 5 rows, and where and how that shows."""


class Undone(Exception):
    """Rolls a transaction back."""


async def write(store: Store, clock: Clock, number: int = 5, who: Who = ANN) -> None:
    for one in range(number):
        async with store.write() as tx:
            await audit.add(tx, who, "session.change", f"session:{one}", clock(), "detail")


async def verified(store: Store, noted: str = "") -> str:
    """Why it is broken and where, or ""."""
    async with store.read() as tx:
        broken = (await chain.verify(tx, noted)).broken
    return f"{broken.id}: {broken.why}" if broken else ""


async def tampered(store: Store, *statements: str) -> None:
    async with store.write() as tx:
        for statement in statements:
            await tx.execute(text(statement))


async def test_a_log_as_it_was_written_is_whole(store: Store, clock: Clock) -> None:
    assert await verified(store) == ""
    clock.time += timedelta(microseconds=1_234_567)
    await write(store, clock)
    assert await verified(store) == ""


async def test_whatever_is_changed_afterwards_is_found(store: Store, clock: Clock) -> None:
    await write(store, clock)
    for statement, told in TOUCHED:
        with pytest.raises(Undone):
            async with store.write() as tx:
                await tx.execute(text(statement))
                broken = (await chain.verify(tx)).broken
                raise Undone
        assert broken and f"{broken.id}: {broken.why}".startswith(told), statement
    assert await verified(store) == ""


async def test_rows_that_changed_places_are_found(store: Store, clock: Clock) -> None:
    await write(store, clock)
    await tampered(
        store, *(f"UPDATE audit SET id = {new} WHERE id = {old}" for old, new in ((2, 9), (3, 2), (9, 3)))
    )
    assert (await verified(store)).startswith("2: it is not as it was written, or not in the place")


async def test_an_end_that_was_cut_off_with_care_is_found_by_a_seal_that_was_noted(
    store: Store, clock: Clock
) -> None:
    await write(store, clock)
    seals = await column(store, rows, "seal")
    await tampered(
        store, "DELETE FROM audit WHERE id > 3", f"UPDATE audit_ends SET newest = 3, seal = '{seals[2]}'"
    )
    assert await verified(store) == ""
    assert await verified(store, seals[1]) == ""
    assert (await verified(store, seals[4])).startswith("3: the seal that you noted is not in the log")


@dataclass(frozen=True)
class Log:
    entries: list[Entry]

    @property
    def ends(self) -> Ends:
        return Ends(len(self.entries), self.entries[-1].seal, 0, ROOT)


def log_of(number: int) -> Log:
    entries: list[Entry] = []
    for id in range(1, number + 1):
        entry = Entry(id, START + timedelta(minutes=id), id % 3, "Ann", "look", f"session:{id}", "", "")
        before = entries[-1].seal if entries else ROOT
        entries.append(entry._replace(seal=sealed(before, entry)))
    return Log(entries)


def first_break(entries: list[Entry], ends: Ends) -> Broken | None:
    followed = follow(Link(0, ROOT), entries)
    return followed if isinstance(followed, Broken) else ended(followed, ends)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_way_of_touching_one_row_goes_unseen(data: st.DataObject) -> None:
    log = log_of(data.draw(st.integers(2, 6)))
    at = data.draw(st.integers(0, len(log.entries) - 1))
    one = log.entries[at]
    how = data.draw(
        st.sampled_from(("who", "when", "what", "about", "gone", "twice", "swapped", "renumbered"))
    )
    changed = {
        "who": [one._replace(name=one.name + data.draw(st.text(min_size=1, max_size=3)))],
        "when": [one._replace(at=one.at + timedelta(milliseconds=data.draw(st.integers(1, 10**9))))],
        "what": [one._replace(what="" + data.draw(st.text(max_size=3)))],
        "about": [one._replace(about=one.about + "x")],
        "gone": [],
        "twice": [one, one],
        "swapped": [log.entries[at - 1]],
        "renumbered": [one._replace(id=one.id + data.draw(st.integers(1, 3)))],
    }[how]
    assert first_break(log.entries, log.ends) is None
    broken = first_break([*log.entries[:at], *changed, *log.entries[at + 1 :]], log.ends)
    assert broken is not None
    assert broken.id <= one.id + 3


async def test_two_processes_write_one_chain(store: Store, other_store: Store, clock: Clock) -> None:
    await asyncio.gather(*(write(one, clock, 4) for one in (store, other_store, store, other_store)))
    assert await column(store, rows, "id") == list(range(1, 17))
    assert await verified(other_store) == ""


async def test_a_row_and_what_it_tells_about_are_kept_together_or_not_at_all(
    store: Store, clock: Clock
) -> None:
    await write(store, clock, 2)
    with pytest.raises(ZeroDivisionError):
        async with store.write() as tx:
            await audit.add(tx, ANN, "session.change", "session:9", clock())
            raise ZeroDivisionError
    await write(store, clock, 1)
    assert await column(store, rows, "id") == [1, 2, 3]
    assert await verified(store) == ""


async def test_after_a_year_rows_go_and_the_rest_is_still_whole(store: Store, clock: Clock) -> None:
    rule = next(rule for rule in RETENTION if rule.what == "audit log")
    await write(store, clock, 3)
    clock.forward(days=300)
    await write(store, clock, 2)
    clock.forward(days=66)
    async with store.write() as tx:
        assert await rule.remove(tx, clock() - rule.keep) == 3
        assert await rule.remove(tx, clock() - rule.keep) == 0
    await write(store, clock, 1)
    assert await column(store, rows, "id") == [4, 5, 6]
    assert await verified(store) == ""
    await tampered(store, "DELETE FROM audit WHERE id = 4")
    assert (await verified(store)).startswith("4: 1 row is missing")


async def test_a_row_with_an_older_time_does_not_take_younger_ones_along(store: Store, clock: Clock) -> None:
    await write(store, clock, 1)
    clock.forward(days=400)
    await write(store, clock, 1)
    clock.forward(days=-400)
    await write(store, clock, 1)
    clock.forward(days=400)
    async with store.write() as tx:
        assert await audit.sweep(tx, clock() - timedelta(days=365)) == 1
    assert await column(store, rows, "id") == [2, 3]


async def test_the_page_shows_the_newest_first_in_pages_and_of_one_thing(store: Store, clock: Clock) -> None:
    await write(store, clock, 55)
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    shown = words((await browser.open("/staff/audit")).text)
    assert shown.index("session:54") < shown.index("session:6")
    assert "session:2 " not in shown
    assert "session:2 " in words((await browser.open("/staff/audit?before=6")).text)
    one = words((await browser.open("/staff/audit?about=session:2&staff=7")).text)
    assert ("session:2 detail" in one, "session:3 detail" in one) == (True, False)
    assert "no such rows" in words((await browser.open("/staff/audit?staff=0&about=session:2")).text)


async def test_odd_questions_to_the_log_are_answered(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    for query in ("before=x&staff=y", "before=-1", f"before={'9' * 40}", "staff=²", "about=%00"):
        assert (await browser.open(f"/staff/audit?{query}")).status_code == 200


async def test_an_admin_checks_the_log_with_a_button(store: Store, clock: Clock) -> None:
    await write(store, clock)
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    await browser.open("/staff/audit")
    assert "The log is whole: 5 rows" in words((await browser.post("/staff/audit/verify", {})).text)
    await tampered(store, "UPDATE audit SET about = 'x' WHERE id = 2")
    assert "broken at row 2" in words((await browser.post("/staff/audit/verify", {})).text)


async def test_only_admins_see_the_log(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Nan", "navigator")
    assert (await browser.open("/staff/audit")).status_code == 403


async def test_what_is_done_on_the_command_line_stands_in_the_log(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await staff_command.add(tx, "Mary", "editor", "ABCDEFGHJK", clock())
        await staff_command.new_code(tx, "Mary", "ABCDEFGHJK", clock())
        told = await staff_command.invite(tx, settings_of(), "Mary", None, clock())
        await staff_command.end(tx, "Mary", clock())
    async with store.read() as tx:
        found = [(row.staff, row.name, row.what, row.about) for row in await audit.latest(tx, 9)]
    by, about = (0, "command line"), "staff:1"
    assert found == [(*by, f"staff.{what}", about) for what in ("end", "invite", "code", "add")]
    assert "http://staff.test/staff/invited/" in told


@pytest.mark.parametrize(
    ("role", "told"), [("owner", "there is no role"), ("viewer", "is staff already, as editor")]
)
async def test_an_invitation_on_the_command_line_changes_no_role(
    store: Store, clock: Clock, role: str, told: str
) -> None:
    async with store.write() as tx:
        await staff_command.add(tx, "Mary", "editor", "ABCDEFGHJK", clock())
        with pytest.raises(staff_command.Mistake, match=told):
            await staff_command.invite(tx, settings_of(), "Mary", role, clock())


def test_the_commands_verify_and_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_DATABASE", f"sqlite:///{tmp_path}/navigator.sqlite3")
    run = CliRunner().invoke
    assert run(app, ["staff", "invite", "Mary", "--role", "viewer"]).exit_code == 0
    whole = run(app, ["audit", "verify"])
    assert (whole.exit_code, "is whole: 1 rows" in whole.output) == (0, True)
    assert "staff.invite" in run(app, ["audit", "list"]).output
    other = run(app, ["audit", "verify", "--head", "0" * 63 + "1"])
    assert (other.exit_code, "row 1: the seal that you noted" in other.output) == (1, True)
