"""Whom a broadcast reaches, how it will look to them, and what staff are warned of."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert

from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, Chat, Reach
from bot.model import Person
from bot.quiet import Quiet
from bot.store import audiences, consents, people
from bot.store.engine import Store
from bot.store.tables import bookings, ledger, occasions
from tests.broadcasts.crowd import ALONE, WORLD, addresses, drafted, hire, join, press
from tests.databases import Clock, rows

LISTED = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
PEOPLE = {
    "ann": Person(area="scotland", language="en", interests=(("topic", "sleep"), ("cancer", "lung"))),
    "bob": Person(area="london", language="pl", interests=(("topic", "sleep"),)),
    "cat": Person(area="scotland", language="pl", interests=(("cancer", "lung"),)),
    "dan": Person(),
}


@pytest.fixture(autouse=True)
async def _some(store: Store, clock: Clock) -> None:
    await hire(store, clock())
    async with store.write() as tx:
        for address, person in PEOPLE.items():
            await join(tx, address, clock(), person)


async def reached(store: Store, clock: Clock, audience: Audience) -> set[str]:
    """The addresses on its frozen list."""
    about = f"broadcast:{abs(hash(audience))}"
    async with store.write() as tx:
        letter = await _letter(store, clock)
        await audiences.freeze(tx, about, audience, letter, clock())
    return await addresses(store, about, "held")


async def _letter(store: Store, clock: Clock) -> dict[str, int]:
    from bot.model import Say
    from bot.store import letters
    from bot.store.letters import Letter

    async with store.write() as tx:
        return {"en": await letters.write(tx, Letter("any", Say("Hello")), clock())}


async def _book(store: Store, clock: Clock, address: str, session: str, listed: datetime, state: str) -> None:
    async with store.write() as tx:
        person = await people.lock(tx, "telegram", address, clock())
        assert person
        here = {"session": session, "listed": listed, "starts": listed, "ends": listed + timedelta(hours=1)}
        row = insert(occasions).values(here | {"place": address, "state": "on", "changed": clock()})
        occasion = (await tx.execute(row.returning(occasions.c.id))).scalar_one()
        mine = {"person": person.person.id, "occasion": occasion, "state": state}
        await tx.execute(insert(bookings).values(mine | {"asked": clock(), "version": 1}))


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience(), {"ann", "bob", "cat", "dan"}),
        (Audience(areas=("scotland",)), {"ann", "cat"}),
        (Audience(areas=("scotland", "london")), {"ann", "bob", "cat"}),
        (Audience(topic="sleep"), {"ann", "bob"}),
        (Audience(cancer="lung", language="pl"), {"cat"}),
        (Audience(cancer="lun%"), set()),
    ],
)
async def test_all_that_is_wished_must_fit(
    store: Store, clock: Clock, audience: Audience, expected: set[str]
) -> None:
    letters = await _letter(store, clock)
    async with store.write() as tx:
        await audiences.freeze(tx, "broadcast:9", audience, letters, clock())
        assert await audiences.freeze(tx, "broadcast:9", audience, letters, clock()) == len(expected)
    assert await addresses(store, "broadcast:9", "held") == expected
    assert audiences.read(audiences.write(audience)) == audience


async def test_those_who_booked_a_session_are_written_to_without_another_yes(
    store: Store, clock: Clock
) -> None:
    async with store.write() as tx:
        for address in ("eve", "fay", "gus"):
            await people.lock(tx, "telegram", address, clock())
    await _book(store, clock, "eve", "yoga", LISTED, "booked")
    await _book(store, clock, "fay", "yoga", LISTED + timedelta(days=7), "booked")
    await _book(store, clock, "gus", "yoga", LISTED + timedelta(days=14), "cancelled")
    letters = await _letter(store, clock)
    for about, audience, expected in (
        ("broadcast:8", Audience(session="yoga"), {"eve", "fay"}),
        ("broadcast:9", Audience(session="yoga", listed=LISTED), {"eve"}),
    ):
        async with store.write() as tx:
            await audiences.freeze(tx, about, audience, letters, clock())
        assert await addresses(store, about, "held") == expected
        assert audiences.read(audiences.write(audience)) == audience


async def test_who_is_left_out_is_counted_by_reason(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        for address, person in (("ann", Person(stopped=True)), ("bob", Person(grieving=True))):
            known = await people.lock(tx, "telegram", address, clock())
            assert known
            await people.save(tx, known, person, clock())
        await people.unreachable(tx, "telegram", "cat")
        dan = await people.lock(tx, "telegram", "dan", clock())
        assert dan
        await consents.withdraw(tx, dan.person.id, "news", clock())
        await join(tx, "eve", clock(), Person(language="pl"))
    async with store.read() as tx:
        reach = await audiences.reach(tx, Audience())
    left_out = {"stopped": 2, "unreachable": 1, "no-consent": 1}
    assert reach == Reach(1, {"telegram": 1}, {"pl": 1}, left_out)


async def test_the_preview_is_what_the_first_three_get_word_for_word(store: Store, clock: Clock) -> None:
    row = await drafted(store, clock(), texts={"en": "Hello", "pl": "Cześć"})
    async with store.read() as tx:
        before = await broadcasts.preview(tx, row.id, ALONE, clock())
    async with store.write() as tx:
        await broadcasts.propose(tx, press(row), ALONE, clock())
    async with store.read() as tx:
        frozen = await broadcasts.preview(tx, row.id, ALONE, clock())
    assert before == frozen and len(frozen.shown) == 3
    assert frozen.reach.by_language == {"en": 2, "pl": 2}
    for one in frozen.shown:
        words = "Cześć" if one.language == "pl" else "Hello"
        assert one.say.text == f"{words}\n\nTo stop news like this, tap the button or send STOP."
        assert one.say.rows[0][0].code == "c:off-news" and one.pseudonym.startswith("Person ")
    async with store.read() as tx:
        says = {one.say for one in frozen.shown}
        from bot import forms
        from bot.store.ledger import WITH_LETTERS

        listed = WITH_LETTERS.where(ledger.c.about == f"broadcast:{row.id}")
        assert {forms.read_say(one.body) for one in await tx.execute(listed)} >= says


async def test_staff_are_warned_of_quiet_hours_and_of_languages_without_a_text(
    store: Store, clock: Clock
) -> None:
    quiet = Quiet(time(9), time(12))
    world = replace(WORLD, local=replace(WORLD.local, quiet=quiet))
    row = await drafted(store, clock())
    async with store.read() as tx:
        warned = (await broadcasts.preview(tx, row.id, world, clock())).warnings
    assert dict(warned) == {
        "broadcast.warn.quiet": {"time": "12:00"},
        "broadcast.warn.language": {"language": "pl", "people": "2"},
    }


async def test_send_to_me_first_comes_once_for_each_press_in_every_language(
    store: Store, clock: Clock
) -> None:
    row = await drafted(store, clock(), texts={"en": "Hello", "pl": "Cześć"})
    chat = Chat("telegram", "anna's chat", "press 1")
    async with store.write() as tx:
        assert await broadcasts.send_to_me(tx, row.id, chat, WORLD, clock()) == 2
        assert await broadcasts.send_to_me(tx, row.id, chat, WORLD, clock()) == 0
        assert await broadcasts.send_to_me(tx, row.id, chat._replace(press="2"), WORLD, clock()) == 2
    mine = [one for one in await rows(store, ledger) if one["address"] == "anna's chat"]
    assert {one["urgency"] for one in mine} == {0} and len(mine) == 4
