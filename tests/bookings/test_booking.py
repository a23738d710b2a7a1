"""Taking a place at a session, and giving it back."""

import asyncio
from datetime import timedelta

import pytest

from bot.bookings import SessionDate
from bot.model import Tapped
from bot.store.engine import Store
from bot.store.tables import bookings, consents, ledger, notices, occasions
from tests.bookings.people import DATE, LISTED, Door, insert_change, with_capacity
from tests.databases import Clock, column, rows


async def states(store: Store) -> list[str]:
    return await column(store, bookings, "state")


async def planned(store: Store) -> list[str]:
    return [row["key"] for row in await rows(store, ledger) if row["state"] == "planned"]


async def test_one_tap_takes_a_place_and_asks_for_nothing(store: Store, clock: Clock) -> None:
    said = await Door(store, clock).tap("ann", "coming")
    assert "You have a place." in said
    assert "Thursday 26 November, 10.30am" in said
    assert "SAMPLE Community Hall, Islington, N1 1AA." in said
    assert "?" not in said
    assert await states(store) == ["booked"]


async def test_the_words_say_when_reminders_come_and_how_to_stop_them(store: Store, clock: Clock) -> None:
    said = await Door(store, clock).tap("ann", "coming")
    assert "I will remind you on Wednesday 25 November, 10.30am and on Thursday 26 November, 8.30am." in said
    assert "They say nothing about your health." in said
    assert "type “stop”" in said
    assert [key.split(":")[0] for key in await planned(store)].count("remind") == 2


async def test_a_listing_that_is_a_sample_says_so_again(store: Store, clock: Clock) -> None:
    assert "SAMPLE: not a real session." in await Door(store, clock).tap("ann", "coming")


async def test_how_the_session_itself_wants_to_be_booked_is_repeated(store: Store, clock: Clock) -> None:
    said = await Door(store, clock).tap("ann", "coming")
    assert "This is only our own list. The people who run the session say: “SAMPLE. No need to book.”" in said


async def test_on_the_website_nobody_waits_for_a_phone_to_ring(store: Store, clock: Clock) -> None:
    only_here = "You see my messages only when you open it again."
    assert only_here in await Door(store, clock, channel="web").tap("ann", "coming")
    assert only_here not in await Door(store, clock, channel="telegram").tap("bob", "coming")


async def test_a_second_tap_changes_nothing(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    assert "You have a place already." in await door.tap("ann", "coming")
    assert await states(store) == ["booked"]
    assert [key.split(":")[0] for key in await planned(store)].count("remind") == 2


async def test_one_tap_cancels_and_one_tap_undoes_that(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    said = await door.tap("ann", "cancel")
    assert "I have taken you off the list." in said
    assert "[Book again]" in said
    assert await states(store) == ["cancelled"]
    assert await planned(store) == []
    assert "You have a place." in await door.tap("ann", "again")
    assert len(await planned(store)) == 3


async def test_cancelling_what_is_not_booked_does_no_harm(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    assert "You have nothing booked here." in await door.tap("ann", "cancel")
    await door.tap("ann", "coming")
    await door.tap("ann", "cancel")
    assert "You have nothing booked here." in await door.tap("ann", "cancel")


async def test_a_reminder_alone_takes_no_place(store: Store, clock: Clock) -> None:
    door = Door(store, clock, with_capacity(1))
    assert "You have not booked a place." in await door.tap("ann", "remind")
    assert "You have a place." in await door.tap("bob", "coming")
    assert await states(store) == ["reminded", "booked"]


async def test_from_a_reminder_to_a_place_is_one_tap(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    assert "[I’m coming]" in await door.tap("ann", "remind")
    assert "You have a place." in await door.tap("ann", "coming")
    assert await states(store) == ["booked"]


async def test_each_person_chooses_their_reminders(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    assert "[2 hours before]" in await door.tap("ann", "choose")
    said = await door.tap("ann", "h")
    assert "I will remind you on Thursday 26 November, 8.30am." in said
    assert await column(store, bookings, "leads") == ["[120]"]
    assert "You will get no reminder." in await door.tap("ann", "o")


async def test_the_full_session_has_a_waiting_list_that_says_how_many_are_before_you(
    store: Store, clock: Clock
) -> None:
    door = Door(store, clock, with_capacity(1))
    await door.tap("ann", "coming")
    assert "You are first in line." in await door.tap("bob", "coming")
    assert "1 person is before you." in await door.tap("cem", "coming")
    assert "2 people are before you." in await door.tap("dot", "coming")
    assert "You are on the waiting list already. 1 person is before you." in await door.tap("cem", "coming")
    assert await states(store) == ["booked", "waiting", "waiting", "waiting"]


async def test_no_stated_capacity_is_no_limit(store: Store, clock: Clock) -> None:
    door = Door(store, clock, with_capacity(None))
    for name in ("ann", "bob", "cem"):
        assert "You have a place." in await door.tap(name, "coming")


async def test_two_at_the_same_moment_never_get_the_last_place(
    store: Store, other_store: Store, clock: Clock
) -> None:
    navigator = with_capacity(3)
    doors = [Door(opened, clock, navigator) for opened in (store, other_store)]
    names = [f"person{n}" for n in range(12)]
    await asyncio.gather(*(doors[n % 2].tap(name, "coming") for n, name in enumerate(names)))
    assert sorted(await states(store)) == ["booked"] * 3 + ["waiting"] * 9
    assert len(await rows(store, occasions)) == 1


async def test_a_session_that_has_begun_cannot_be_booked(store: Store, clock: Clock) -> None:
    clock.time = LISTED
    assert "This session has begun, or it is over." in await Door(store, clock).tap("ann", "coming")
    assert await states(store) == []


@pytest.mark.parametrize(
    "code",
    [
        "b:c-2611261030:no-such-session",
        "b:c-2611261031:lon-get-active",
        "b:c-2611251030:lon-get-active",
        "b:c-9912311030:lon-get-active",
    ],
)
async def test_a_forged_date_or_session_is_unknown_and_switches_nothing_on(
    store: Store, clock: Clock, code: str
) -> None:
    said = await Door(store, clock).send("ann", Tapped(code))
    assert "I do not know this session any more." in said
    assert "[Find a session]" in said
    assert await rows(store, bookings) == []
    assert await rows(store, occasions) == []
    assert await rows(store, consents) == []


@pytest.mark.parametrize(
    "code",
    ["b:", "b:c", "b:q-2611261030:lon-get-active", "b:c-2613991030:lon-get-active", "b:c-١١١١١١١١١١:a"],
)
async def test_a_code_that_is_none_of_ours_is_an_old_button(store: Store, clock: Clock, code: str) -> None:
    assert "does not work any more" in await Door(store, clock).send("ann", Tapped(code))
    assert await rows(store, bookings) == []


async def test_a_date_its_author_cancelled_says_so(store: Store, clock: Clock) -> None:
    date = SessionDate(DATE.session, LISTED.replace(year=2027, month=1, day=14))
    assert "The session on this day is cancelled." in await Door(store, clock).tap("ann", "coming", date)


async def test_a_date_that_staff_cancelled_says_so(store: Store, clock: Clock) -> None:
    await insert_change(store, "cancelled", None, clock())
    assert "The session on this day is cancelled." in await Door(store, clock).tap("ann", "coming")


async def test_an_old_card_of_a_moved_session_books_it_where_it_is_now(store: Store, clock: Clock) -> None:
    await insert_change(store, "moved", LISTED + timedelta(hours=4), clock())
    door = Door(store, clock)
    assert "Thursday 26 November, 2.30pm" in await door.tap("ann", "coming")
    (row,) = await rows(store, occasions)
    assert (row["listed"], row["starts"]) == (LISTED, LISTED + timedelta(hours=4))
    assert row["ends"] == LISTED + timedelta(hours=5)


async def test_a_card_that_shows_the_new_start_is_about_the_same_date(store: Store, clock: Clock) -> None:
    await insert_change(store, "moved", LISTED + timedelta(hours=4), clock())
    door = Door(store, clock)
    await door.tap("ann", "coming")
    moved = SessionDate(DATE.session, LISTED + timedelta(hours=4))
    assert "You have a place already." in await door.tap("ann", "coming", moved)
    assert len(await rows(store, occasions)) == 1


async def test_booking_is_a_fresh_yes_to_reminders(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.say("ann", "stop")
    await door.tap("ann", "coming")
    (given,) = await rows(store, consents)
    assert (given["switch"], given["version"], given["withdrawn"]) == ("reminders", "booking/1", None)
    assert not (await door.person("ann")).stopped


async def test_who_stops_keeps_their_place_and_hears_that_nobody_will_remind_them(
    store: Store, clock: Clock
) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    said = await door.say("ann", "stop")
    assert "I will not send you any more messages." in said
    assert "You are still on the list for: Thursday 26 November, 10.30am." in said
    assert "[I can’t come]" in said
    assert await states(store) == ["booked"]
    assert await planned(store) == []


async def test_who_stops_and_says_again_that_they_come_is_reminded_again(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    reminders = await planned(store)
    await door.say("ann", "stop")
    await door.tap("ann", "coming")
    assert len(await planned(store)) == len(reminders) > 0


async def test_who_stops_gives_back_what_lives_by_messages(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "remind")
    said = await door.say("ann", "stop")
    assert "You are not on the list any more for: Thursday 26 November, 10.30am." in said
    assert await states(store) == ["cancelled"]


async def test_who_has_booked_nothing_hears_nothing_of_it_when_they_stop(store: Store, clock: Clock) -> None:
    assert "still on the list" not in await Door(store, clock).say("ann", "stop")


async def test_my_sessions_lists_what_is_to_come_with_its_buttons(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    assert "You have not booked anything here." in await door.say("ann", "my sessions")
    later = SessionDate("lon-peer-group", LISTED.replace(month=12, day=2, hour=14, minute=0))
    await door.tap("ann", "coming", later)
    await door.tap("ann", "remind")
    said = await door.say("ann", "/sessions")
    assert said.index("Thursday 26 November") < said.index("Wednesday 2 December")
    assert said.count("[I can’t come]") == 2
    assert said.count("[Change reminders]") == 2
    assert said.count("[Add to calendar]") == 2
    assert "I will remind you on Wednesday 25 November, 10.30am and on Thursday 26 November, 8.30am." in said
    clock.forward(days=4)
    assert "Thursday 26 November" not in await door.say("ann", "cancel my place")


async def test_my_data_tells_what_is_booked(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    said = await door.say("ann", "my data")
    assert "Sessions you have booked: 26 November 2026, a place" in said
    assert '"session": "lon-get-active"' in said


async def test_staff_see_nothing_when_a_place_is_freed_in_time(store: Store, clock: Clock) -> None:
    door = Door(store, clock)
    await door.tap("ann", "coming")
    await door.tap("ann", "cancel")
    assert await rows(store, notices) == []
