"""The weekly digest: the coming sessions and their free places, once a week, to linked staff only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from bot.conversation.digest import Places, dates, digest
from bot.messaging import broadcasts
from bot.model import Person
from bot.store.engine import Store
from bot.store.tables import bookings, ledger, occasions
from bot.store.tables import staff as staff_table
from tests.broadcasts.crowd import ANNA, BEN, WORLD, hire, join
from tests.databases import Clock, rows

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_every_date_of_the_week_stands_in_it_and_every_part_fits_a_message() -> None:
    parts = digest(WORLD, "", {}, MONDAY)
    found = dates(WORLD, "", MONDAY)
    assert len(parts) > 1 and all(0 < units(part) <= 4096 for part in parts)
    assert sum(line.startswith("• ") for part in parts for line in part.splitlines()) == len(found) > 20
    assert parts[0].startswith("Sessions from Monday 23 November to Monday 30 November")
    assert all(MONDAY < date.starts <= MONDAY + timedelta(days=7) for date in found)


def test_one_area_has_only_its_own_and_a_week_without_sessions_is_said_so() -> None:
    areas = {date.session for date in dates(WORLD, "scotland", MONDAY)}
    assert areas and not areas & {date.session for date in dates(WORLD, "london", MONDAY)}
    later = MONDAY + timedelta(days=365 * 30)
    assert "There are no sessions" in digest(WORLD, "", {}, later)[0]


def test_free_places_and_those_who_wait_are_counted() -> None:
    listings = WORLD.directory.listings
    date = next(one for one in dates(WORLD, "", MONDAY) if listings[one.session].series.capacity)
    capacity = listings[date.session].series.capacity
    assert capacity
    places = {(date.session, date.starts): Places(capacity, 2)}
    text = "\n".join(digest(WORLD, "", places, MONDAY))
    assert f"0 of {capacity} places free, 2 waiting." in text


async def test_the_bookings_of_the_database_count(store: Store, clock: Clock) -> None:
    listings = WORLD.directory.listings
    date = next(one for one in dates(WORLD, "", MONDAY) if listings[one.session].series.capacity)
    starts, capacity = date.starts.astimezone(UTC), listings[date.session].series.capacity or 0
    async with store.write() as tx:
        here = {"session": date.session, "listed": starts, "starts": starts, "ends": starts, "place": ""}
        row = insert(occasions).values(here | {"state": "on", "changed": MONDAY})
        occasion = (await tx.execute(row.returning(occasions.c.id))).scalar_one()
        for address, state in (
            ("ann", "booked"),
            ("bob", "offered"),
            ("cat", "waiting"),
            ("dan", "cancelled"),
        ):
            person = await join(tx, address, MONDAY, Person())
            mine = {"person": person, "occasion": occasion, "state": state, "asked": MONDAY, "version": 1}
            await tx.execute(insert(bookings).values(mine))
        text = "\n".join(await broadcasts.digest(tx, WORLD, "", MONDAY))
    assert f"{capacity - 2} of {capacity} places free, 1 waiting." in text


async def test_linked_staff_get_it_once_on_monday_morning(
    store: Store, other_store: Store, clock: Clock
) -> None:
    await hire(store, clock())
    async with store.write() as tx:
        for one in (ANNA, BEN):
            linked = {"channel": "telegram", "address": one.name, "ended": clock() if one is BEN else None}
            await tx.execute(update(staff_table).where(staff_table.c.id == one.id).values(linked))
    for minutes in (-1, 0, 1, 60, 24 * 60):
        for here in (store, other_store):
            await broadcasts.weekly(here, WORLD, MONDAY + timedelta(minutes=minutes))
    kept = await rows(store, ledger)
    assert {one["address"] for one in kept} == {"Anna"}
    assert len(kept) == len(digest(WORLD, "", {}, MONDAY))
    quiet = replace(WORLD, local=replace(WORLD.local, timezone="Asia/Tokyo"))
    await broadcasts.weekly(store, quiet, MONDAY + timedelta(days=7, hours=12))
    assert len(await rows(store, ledger)) == len(kept)
