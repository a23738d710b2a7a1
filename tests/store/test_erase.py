"""/delete leaves no row, in any table that there is."""

from bot.store.engine import Store
from bot.store.erase import erase
from bot.store.held import held
from bot.store.tables import metadata, people
from tests.databases import Clock, column
from tests.store.everyone import ABOUT_NOBODY, ADDRESS, settle_in, traces


async def test_everybody_settles_into_every_table_about_people(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        id = await settle_in(tx, clock())
        found = await traces(tx, id)
    assert set(found) == metadata.tables.keys() - ABOUT_NOBODY


async def test_an_erased_person_is_in_no_table_any_more(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        id = await settle_in(tx, clock())
        await erase(tx, id)
        assert await traces(tx, id, ADDRESS, "tired", "lung", "0131 496 0000", "swim", "knees") == []


async def test_somebody_else_is_left_alone(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        ann = await settle_in(tx, clock())
        bob = await settle_in(tx, clock(), "address-of-bob")
        await erase(tx, ann)
        assert set(await traces(tx, bob)) == metadata.tables.keys() - ABOUT_NOBODY
    assert await column(store, people, "id") == [bob]


async def test_my_data_shows_what_every_table_holds(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        written = str(await held(tx, await settle_in(tx, clock())))
    expected = ("lung", "tired", "reminders", "0131 496 0000", "after 5", "swim", "Hello", ADDRESS)
    assert [mark for mark in expected if mark not in written] == []
