"""A free place goes to the next in line, for a while, and is never given twice."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update

from bot import forms
from bot.messaging.offers import lapse, offer_ends
from bot.quiet import NEVER_QUIET, USUAL
from bot.store.engine import Store
from bot.store.erase import erase
from bot.store.tables import bookings, ledger, letters, notices, occasions, people
from tests.bookings.people import LISTED, Door, with_capacity
from tests.databases import Clock, rows


async def standing(store: Store, door: Door) -> dict[str, str]:
    """Each person's state by name."""
    names = {row["id"]: row["address"] for row in await rows(store, people)}
    return {names[row["person"]]: row["state"] for row in await rows(store, bookings)}


async def offered(store: Store) -> list[tuple[str, str]]:
    """Whom an offer was planned for, and how it stands."""
    found = await rows(store, ledger)
    return [(row["address"], row["state"]) for row in found if row["key"].startswith("offer:")]


async def full(store: Store, clock: Clock, *names: str, capacity: int = 1) -> Door:
    door = Door(store, clock, with_capacity(capacity))
    for name in names:
        await door.tap(name, "coming")
    return door


async def test_a_freed_place_is_offered_to_the_first_in_line_once(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    await lapse(store, door.navigator.world, clock())
    assert await standing(store, door) == {"ann": "cancelled", "bob": "offered", "cem": "waiting"}
    assert await offered(store) == [("bob", "planned")]


async def test_the_offer_says_until_when_and_names_nothing_private(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    written = {row["key"]: row for row in await rows(store, letters)}
    (letter,) = [row for key, row in written.items() if key.startswith("offer:")]
    say = forms.read_say(letter["body"])
    assert say.text == (
        "A place has come free for you: Thursday 26 November, 10.30am. Would you like it? "
        "Please say yes or no by Tuesday 24 November, 10am. After that it goes to the next person."
    )
    assert [button.label for row in say.rows for button in row] == ["Yes, I’m coming", "No thanks"]
    assert not door.navigator.world.content.lock_screen.blocked(say.text)
    assert letter["useless_from"] == clock() + timedelta(hours=24)


async def test_yes_to_an_offer_is_a_place(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    assert "You have a place." in await door.tap("bob", "accept")
    assert (await standing(store, door))["bob"] == "booked"


async def test_a_bare_yes_finds_the_offer(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    said = await door.say("bob", "yes")
    assert "A place is free for you." in said
    assert "[Yes, I’m coming]" in said
    assert "A place is free" not in await door.say("ann", "yes")


async def test_no_thanks_passes_the_offer_on_at_once(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    await door.tap("bob", "decline")
    assert await standing(store, door) == {"ann": "cancelled", "bob": "cancelled", "cem": "offered"}


async def test_an_unanswered_offer_lapses_and_the_next_is_told(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    clock.forward(hours=23, minutes=59)
    await lapse(store, door.navigator.world, clock())
    assert (await standing(store, door))["bob"] == "offered"
    clock.forward(minutes=1)
    await lapse(store, door.navigator.world, clock())
    assert await standing(store, door) == {"ann": "cancelled", "bob": "lapsed", "cem": "offered"}
    assert [name for name, _ in await offered(store)] == ["bob", "cem"]


async def test_an_offer_tapped_too_late_goes_to_the_end_of_the_line(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    clock.forward(hours=24)
    assert "It is full just now." in await door.tap("bob", "accept")
    assert await standing(store, door) == {"ann": "cancelled", "bob": "waiting", "cem": "offered"}


async def test_an_offer_tapped_too_late_is_still_a_place_when_nobody_else_waits(
    store: Store, clock: Clock
) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    clock.forward(hours=24)
    assert "You have a place." in await door.tap("bob", "accept")


async def test_a_yes_at_the_very_moment_at_which_the_offer_ends_gives_the_place_once(
    store: Store, other_store: Store, clock: Clock
) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    clock.forward(hours=24)
    world = door.navigator.world
    await asyncio.gather(
        lapse(store, world, clock()), door.tap("bob", "accept"), lapse(other_store, world, clock())
    )
    assert await standing(store, door) == {"ann": "cancelled", "bob": "waiting", "cem": "offered"}
    assert [name for name, _ in await offered(store)] == ["bob", "cem"]


async def test_nobody_who_comes_later_passes_those_who_wait(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    assert "It is full just now." in await door.tap("dot", "coming")
    assert (await standing(store, door))["dot"] == "waiting"


async def test_joining_again_is_going_to_the_end(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("bob", "cancel")
    assert "1 person is before you." in await door.tap("bob", "coming")


async def test_leaving_the_line_frees_no_place(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("bob", "cancel")
    assert await offered(store) == []


async def test_an_offer_waits_for_the_morning_and_lasts_a_day_from_then(store: Store, clock: Clock) -> None:
    clock.time = datetime.fromisoformat("2026-11-23T22:00+00:00")
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    (row,) = [row for row in await rows(store, ledger) if row["key"].startswith("offer:")]
    assert row["due"] == datetime.fromisoformat("2026-11-24T08:00+00:00")
    (until,) = [row["offered_until"] for row in await rows(store, bookings) if row["offered_until"]]
    assert until == datetime.fromisoformat("2026-11-25T08:00+00:00")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T10:00", "2026-11-24T10:00"),
        ("2026-11-25T12:00", "2026-11-26T08:30"),
        ("2026-11-26T08:00", "2026-11-26T08:30"),
        ("2026-11-26T08:01", None),
        ("2026-11-25T22:00", "2026-11-26T08:30"),
        ("2026-11-26T09:00", None),
        ("2026-11-27T09:00", None),
    ],
)
def test_no_offer_ends_less_than_2_hours_before_the_start(now: str, until: str | None) -> None:
    ends = offer_ends(LISTED, datetime.fromisoformat(f"{now}+00:00"), USUAL)
    assert ends == (datetime.fromisoformat(f"{until}+00:00") if until else None)


async def test_near_the_start_nobody_is_offered_and_staff_hear_of_the_free_place(
    store: Store, clock: Clock
) -> None:
    door = await full(store, clock, "ann", "bob")
    clock.time = LISTED - timedelta(hours=1)
    await door.tap("ann", "cancel")
    await lapse(store, door.navigator.world, clock())
    assert await offered(store) == []
    assert [(row["kind"], row["times"]) for row in await rows(store, notices)] == [("free-place", 1)]
    assert "You have a place." in await door.tap("dot", "coming")


async def test_an_offer_that_ends_near_the_start_is_told_to_staff(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    clock.time = LISTED - timedelta(hours=4)
    await door.tap("ann", "cancel")
    clock.time = LISTED - timedelta(hours=2)
    for _ in range(3):
        await lapse(store, door.navigator.world, clock())
    assert await standing(store, door) == {"ann": "cancelled", "bob": "lapsed"}
    assert [row["times"] for row in await rows(store, notices)] == [1]


async def test_the_place_of_someone_erased_is_offered_on(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    async with store.write() as tx:
        await erase(tx, (await door.person("ann")).id)
    await lapse(store, door.navigator.world, clock())
    assert await offered(store) == [("bob", "planned")]


async def test_someone_offered_who_is_erased_gives_it_back(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    async with store.write() as tx:
        await erase(tx, (await door.person("bob")).id)
    await lapse(store, door.navigator.world, clock())
    assert await offered(store) == [("cem", "planned")]


async def test_someone_who_stops_keeps_their_place_and_gives_it_on_with_one_tap(
    store: Store, clock: Clock
) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.say("ann", "stop")
    assert await offered(store) == []
    await door.tap("ann", "cancel")
    assert await offered(store) == [("bob", "planned")]


async def test_an_offer_to_someone_who_stops_goes_on_to_the_next(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem")
    await door.tap("ann", "cancel")
    await door.say("bob", "stop")
    assert ("cem", "planned") in await offered(store)


async def test_nobody_who_cannot_be_told_is_offered_a_place(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem", "dot")
    async with store.write() as tx:
        await tx.execute(update(people).where(people.c.address == "bob").values(reachable=False))
        quiet = clock() + timedelta(hours=24)
        await tx.execute(update(people).where(people.c.address == "cem").values(quiet_until=quiet))
    await door.tap("ann", "cancel")
    assert await offered(store) == [("dot", "planned")]
    assert (await standing(store, door))["cem"] == "waiting"


async def test_a_place_that_nobody_can_be_told_of_goes_to_who_asks_next(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    async with store.write() as tx:
        await tx.execute(update(people).where(people.c.address == "bob").values(reachable=False))
    await door.tap("ann", "cancel")
    assert "You have a place." in await door.tap("dot", "coming")
    assert (await standing(store, door))["bob"] == "waiting"


async def test_when_there_is_more_room_all_who_fit_are_offered_in_order(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob", "cem", "dot")
    await lapse(store, with_capacity(3).world, clock())
    assert [name for name, _ in await offered(store)] == ["bob", "cem"]
    await lapse(store, with_capacity(None).world, clock())
    assert [name for name, _ in await offered(store)] == ["bob", "cem", "dot"]
    assert (await standing(store, door))["ann"] == "booked"


async def test_with_less_room_nobody_loses_a_place_and_nobody_is_offered_one(
    store: Store, clock: Clock
) -> None:
    door = await full(store, clock, "ann", "bob", "cem", capacity=2)
    door.navigator = with_capacity(1)
    await door.tap("ann", "cancel")
    await lapse(store, door.navigator.world, clock())
    assert await offered(store) == []
    assert (await standing(store, door))["bob"] == "booked"


async def test_an_offer_nobody_has_read_is_not_sent_when_it_is_answered_elsewhere(
    store: Store, clock: Clock
) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    await door.tap("bob", "accept")
    assert await offered(store) == [("bob", "dropped")]


async def test_offers_of_a_date_that_was_called_off_end_with_it(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    await door.tap("ann", "cancel")
    async with store.write() as tx:
        await tx.execute(update(occasions).values(state="cancelled"))
    await lapse(store, door.navigator.world, clock())
    assert await offered(store) == [("bob", "dropped")]
    assert (await standing(store, door))["bob"] == "lapsed"


async def test_a_session_that_left_the_listings_offers_nothing(store: Store, clock: Clock) -> None:
    door = await full(store, clock, "ann", "bob")
    async with store.write() as tx:
        await tx.execute(delete(bookings).where(bookings.c.state == "booked"))
        await tx.execute(update(occasions).values(session="gone"))
    await lapse(store, door.navigator.world, clock())
    assert await offered(store) == []


def test_without_quiet_hours_an_offer_can_be_read_at_once() -> None:
    now = datetime.fromisoformat("2026-11-23T23:00+00:00")
    assert offer_ends(LISTED, now, NEVER_QUIET) == now + timedelta(hours=24)
