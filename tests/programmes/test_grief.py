"""What the compassion pause does to everything that was planned, on both databases."""

from datetime import timedelta

from bot.conversation import session_buttons
from bot.model import Person, Said, Say, Tapped
from bot.store import ledger, letters
from bot.store.engine import Store
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter
from bot.store.tables import bookings, enrolments, people
from bot.store.tables import ledger as table
from tests.bookings.people import DATE, with_capacity
from tests.databases import Clock, column, rows
from tests.programmes.people import Chat, known, of, planned, utc
from tests.worlds import real


async def plan(store: Store, clock: Clock, urgency: Urgency, state: str = "planned") -> None:
    """A reminder or a piece of news for Ann."""
    whose = await known(store, clock())
    async with store.write() as tx:
        letter = await letters.write(tx, Letter(f"{urgency}", Say("Hello.")), clock())
        due = clock() + timedelta(days=1)
        here = (whose.person, whose.channel, whose.address)
        row = Planned(f"{urgency}:{state}", urgency, f"broadcast:{urgency}", *here, due, letter)
        await ledger.plan(tx, [row], clock())


async def waiting(store: Store) -> list[str]:
    return [
        row["key"]
        for row in await rows(store, table)
        if row["state"] in ("planned", "held") and row["urgency"]
    ]


async def test_nothing_that_was_planned_goes_out(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await plan(store, clock, Urgency.REMINDER)
    await plan(store, clock, Urgency.BROADCAST)
    await chat.say("stop texting me, she died")
    assert await waiting(store) == []
    assert {row["reason"] for row in await of(store, "dropped")} == {"grief"}
    assert await column(store, enrolments, "state") == ["stopped"]
    assert await column(store, people, "stopped") == [True]


async def test_the_card_itself_is_said(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    assert "We are so sorry." in await chat.say("she died")


async def test_nothing_comes_back_by_itself(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("she died")
    await chat.say("what is prehab")
    await chat.tap("Start messages again")
    await chat.tap("k:resume")
    assert await planned(store) == []
    assert await column(store, people, "stopped") == [False]


async def test_a_booking_is_given_back_and_its_place_goes_to_who_waits(store: Store, clock: Clock) -> None:
    clock.time = utc("2026-11-24 09:00")
    navigator = with_capacity(1)
    ann = Chat(store, clock, navigator)
    bob = Chat(store, clock, navigator, address="bob")
    for one in (ann, bob):
        await one.send(Tapped(session_buttons.coming(DATE, real().texts_for(Person())).code))
    assert sorted(await column(store, bookings, "state")) == ["booked", "waiting"]
    await ann.say("my mum died this morning")
    assert sorted(await column(store, bookings, "state")) == ["cancelled", "offered"]


async def test_signing_up_later_works_as_always(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("she died")
    clock.forward(days=3)
    await chat.send(Said("what is prehab"))
    assert "You are signed up" in await chat.join(day="1 March 2027")
    assert len(await planned(store)) == 8
