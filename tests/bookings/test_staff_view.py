"""Who is coming, for staff; how long bookings are kept; and what authors cannot write."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.bookings import short_code
from bot.content import read
from bot.content.check_dates import sessions_are_to_come
from bot.content.listings import Series
from bot.store import bookings as kept
from bot.store.bookings import Coming
from bot.store.engine import Store
from bot.store.retention import sweep
from bot.store.tables import bookings, ledger, occasions
from tests.bookings.people import DATE, LISTED, Door, with_capacity
from tests.databases import Clock, rows
from tests.worlds import ROOT, real


async def coming(store: Store, capacity: int | None) -> Coming:
    async with store.read() as tx:
        return await kept.coming(tx, DATE, capacity)


async def test_staff_see_codes_and_numbers_and_nobodys_name(store: Store, clock: Clock) -> None:
    door = Door(store, clock, with_capacity(2))
    for name in ("ann", "bob", "cem"):
        await door.tap(name, "coming")
    await door.tap("dot", "remind")
    await door.tap("ann", "cancel")
    codes = {name: short_code((await door.person(name)).id, DATE) for name in ("bob", "cem")}
    assert await coming(store, 2) == Coming((codes["bob"],), (codes["cem"],), (), 1, 2, 0)
    assert all(len(code) == 4 for code in codes.values())


async def test_the_code_that_staff_see_is_the_one_the_person_was_told(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    said = await door.tap("ann", "coming")
    (code,) = (await coming(store, 16)).booked
    assert f"say this code: {code}." in said


async def test_a_date_nobody_has_booked_is_all_free(store: Store) -> None:
    assert await coming(store, 5) == Coming(capacity=5, free=5)
    assert (await coming(store, None)).free is None


async def test_the_same_person_has_another_code_at_another_date(store: Store, clock: Clock) -> None:
    other = type(DATE)(DATE.session, LISTED + timedelta(days=7))
    assert short_code("someone", DATE) != short_code("someone", other)


async def test_bookings_go_7_days_after_the_session(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    clock.time = LISTED + timedelta(days=7, minutes=59)
    await sweep(store, clock())
    assert len(await rows(store, bookings)) == 1
    clock.forward(minutes=2)
    await sweep(store, clock())
    assert await rows(store, bookings) == []
    assert await rows(store, occasions) == []


async def test_all_at_once_book_and_cancel_and_nobody_waits_for_ever(
    store: Store, other_store: Store, clock: Clock
) -> None:
    navigator = with_capacity(2)
    doors = [Door(opened, clock, navigator) for opened in (store, other_store)]
    names = [f"person{n}" for n in range(8)]

    async def come_and_go(number: int, name: str) -> None:
        door = doors[number % 2]
        for verb in ("coming", "cancel", "coming"):
            said = await door.tap(name, verb)
            assert "went wrong" not in said

    await asyncio.gather(*(come_and_go(number, name) for number, name in enumerate(names)))
    states = sorted(row["state"] for row in await rows(store, bookings))
    assert len([one for one in states if one in ("booked", "offered")]) == 2
    offers = [row["key"] for row in await rows(store, ledger) if row["key"].startswith("offer:")]
    assert len(offers) == len(set(offers))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("capacity", 0, "greater than or equal to 1"),
        ("capacity", -3, "greater than or equal to 1"),
        ("minutes", 0, "greater than or equal to 5"),
        ("minutes", -60, "greater than or equal to 5"),
    ],
)
def test_no_author_can_write_a_session_without_room_or_that_ends_before_it_starts(
    field: str, value: int, says: str
) -> None:
    written = real().content.sessions[DATE.session].model_dump() | {field: value}
    with pytest.raises(ValueError, match=says):
        Series.model_validate(written)


def test_a_session_that_ends_before_its_first_date_is_refused() -> None:
    written = real().content.sessions[DATE.session].model_dump() | {
        "until": LISTED.date() - timedelta(days=1)
    }
    with pytest.raises(ValueError, match="this session has no date at all"):
        Series.model_validate(written)


def test_authors_hear_of_a_session_whose_last_date_is_past() -> None:
    loaded = read(ROOT / "knowledge", ROOT / "flows", show_drafts=True)
    assert loaded.content is not None
    told = sessions_are_to_come(loaded.content, loaded.source, date(2030, 1, 1))
    assert any("the last date was 2027-12-30" in problem.message for problem in told)
    assert not list(sessions_are_to_come(loaded.content, loaded.source, date(2026, 11, 22)))
