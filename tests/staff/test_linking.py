"""A chat becomes a member's by a code: once, within a day, and whoever guesses learns nothing."""

import pytest

from bot.store import staff
from bot.store.engine import Store
from bot.store.staff import Member
from bot.tools.staff_command import Mistake, add, end, new_code, table_of
from tests.databases import Clock

SECRET = "ABCDEFGHJK"


async def added(store: Store, clock: Clock, name: str = "Mary", role: str = "editor") -> str:
    """The code."""
    async with store.write() as tx:
        printed = await add(tx, name, role, SECRET, clock())
    return printed.split("/link ")[1].split()[0]


async def link(store: Store, clock: Clock, code: str, address: str = "11") -> Member | None:
    async with store.write() as tx:
        return await staff.link(tx, code, "telegram", address, clock())


async def at(store: Store, address: str = "11") -> Member | None:
    async with store.write() as tx:
        return await staff.at(tx, "telegram", address)


async def test_the_code_links_the_chat_it_is_typed_in(store: Store, clock: Clock) -> None:
    assert (member := await link(store, clock, await added(store, clock)))
    assert (member.name, member.role, member.address) == ("Mary", "editor", "11")
    assert await at(store) == member


async def test_a_code_may_be_typed_in_small_letters_and_with_blanks(store: Store, clock: Clock) -> None:
    code = await added(store, clock)
    assert await link(store, clock, f" {code.lower()[:5]} {code.lower()[5:]} ")


async def test_a_code_works_once(store: Store, clock: Clock) -> None:
    code = await added(store, clock)
    await link(store, clock, code)
    assert await link(store, clock, code, "12") is None
    assert await at(store, "12") is None


async def test_a_code_ends_after_a_day(store: Store, clock: Clock) -> None:
    code = await added(store, clock)
    clock.forward(hours=24, seconds=1)
    assert await link(store, clock, code) is None


@pytest.mark.parametrize(
    "wrong", ["", "-", "1", "1-", "x-ABC", "1-ABCDEFGHJX", "99-ABCDEFGHJK", "٣-ABC", "9" * 50]
)
async def test_a_wrong_code_links_nobody(store: Store, clock: Clock, wrong: str) -> None:
    await added(store, clock)
    assert await link(store, clock, wrong) is None


async def test_after_five_wrong_tries_the_right_code_is_worth_nothing(store: Store, clock: Clock) -> None:
    code = await added(store, clock)
    for _ in range(staff.TRIES):
        await link(store, clock, "1-WRONG")
    assert await link(store, clock, code) is None


async def test_a_new_code_makes_the_old_one_worthless_and_counts_afresh(store: Store, clock: Clock) -> None:
    old = await added(store, clock)
    await link(store, clock, "1-WRONG")
    async with store.write() as tx:
        new = (await new_code(tx, "Mary", "ZZZZZZZZZZ", clock())).split("/link ")[1].split()[0]
    assert await link(store, clock, old) is None
    assert await link(store, clock, new)


async def test_no_code_is_kept_in_the_database(store: Store, clock: Clock) -> None:
    await added(store, clock)
    async with store.read() as tx:
        [mary] = await staff.every(tx)
    assert mary.invited and SECRET not in str(mary)


async def test_one_chat_is_one_member(store: Store, clock: Clock) -> None:
    await link(store, clock, await added(store, clock, "Mary"))
    await link(store, clock, await added(store, clock, "Joe"))
    member = await at(store)
    assert member and member.name == "Joe"
    async with store.read() as tx:
        assert [one.name for one in await staff.linked(tx)] == ["Joe"]


async def test_who_has_ended_is_an_ordinary_person_again(store: Store, clock: Clock) -> None:
    await link(store, clock, await added(store, clock))
    async with store.write() as tx:
        await end(tx, "Mary", clock())
    assert await at(store) is None
    async with store.read() as tx:
        assert "ended" in list(table_of(await staff.every(tx), clock()).columns[2].cells)


async def test_who_has_ended_can_come_back_with_a_new_code(store: Store, clock: Clock) -> None:
    await link(store, clock, await added(store, clock))
    async with store.write() as tx:
        await end(tx, "Mary", clock())
    assert await link(store, clock, await added(store, clock, role="viewer"))
    member = await at(store)
    assert member and member.role == "viewer"


@pytest.mark.parametrize(
    ("name", "role"), [("Mary", "editor"), ("Ann", "queen"), ("", "editor"), ("x" * 101, "editor")]
)
async def test_what_cannot_be_added_is_told(store: Store, clock: Clock, name: str, role: str) -> None:
    await added(store, clock)
    with pytest.raises(Mistake):
        await added(store, clock, name, role)


async def test_nobody_has_no_code(store: Store, clock: Clock) -> None:
    with pytest.raises(Mistake, match="nobody called 'Ann' is staff"):
        async with store.write() as tx:
            await new_code(tx, "Ann", SECRET, clock())


async def test_a_chat_that_moves_stays_linked(store: Store, clock: Clock) -> None:
    await link(store, clock, await added(store, clock))
    async with store.write() as tx:
        await staff.move(tx, "telegram", "11", "12")
    assert (await at(store, "12")) and await at(store, "11") is None


async def test_a_chat_that_moves_takes_nobodys_place(store: Store, clock: Clock) -> None:
    await link(store, clock, await added(store, clock, "Mary"), "11")
    await link(store, clock, await added(store, clock, "Joe"), "12")
    async with store.write() as tx:
        await staff.move(tx, "telegram", "11", "12")
    member = await at(store, "12")
    assert member and member.name == "Joe"
