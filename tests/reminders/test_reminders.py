"""Reminders: when they are planned, what they say, and what happens when they are late."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.bookings import SessionDate
from bot.messaging import reminders
from bot.model import Said, Tapped
from bot.store.engine import Store
from bot.store.tables import bookings, ledger, letters, notices
from tests.bookings.people import DATE
from tests.databases import Clock, column, rows
from tests.messaging.fakes import FakeChannel, dispatcher_of
from tests.reminders.helpers import booked, due, local, messages, staff_move, texts, written


async def test_a_booking_has_two_reminders_and_one_question_afterwards(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    assert await due(store) == ["Wed 25 10:30 remind", "Thu 26 08:30 remind", "Thu 26 13:30 after"]


async def test_reminders_say_day_time_and_place_and_not_what_it_is(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    assert (await texts(store))[:2] == [
        "Your session is tomorrow, Thursday 26 November, 10.30am, at SAMPLE Community Hall, Islington.",
        "Your session is today, Thursday 26 November, 10.30am, at SAMPLE Community Hall, Islington.",
    ]


async def test_a_reminder_offers_to_cancel_and_to_change_reminders(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann")
    ((cannot_come, change),) = (await messages(store))[0]["say"].rows
    assert (cannot_come.label, change.label) == ("I can’t come", "Change reminders")
    assert "[The day before]" in await door.send("ann", Tapped(change.code))
    assert "I have taken you off the list." in await door.send("ann", Tapped(cannot_come.code))
    assert await due(store) == []


async def test_who_only_wants_a_reminder_is_not_asked_how_it_was(store: Store, clock: Clock) -> None:
    door = await booked(store, clock)
    await door.tap("ann", "remind")
    assert await due(store) == ["Wed 25 10:30 remind", "Thu 26 08:30 remind"]


async def test_everybody_at_a_session_shares_its_letters(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann", "bob", "cat")
    assert len(await rows(store, letters)) == 3
    assert len(await messages(store)) == 9


async def test_each_person_chooses_their_reminders(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann", "bob")
    await door.tap("ann", "h")
    await door.tap("bob", "o")
    assert await due(store) == ["Thu 26 08:30 remind", "Thu 26 13:30 after"]


async def test_each_session_chooses_its_reminders(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann", navigator=written(remind=("2d", "30min")))
    assert await due(store) == ["Tue 24 10:30 remind", "Thu 26 10:00 remind", "Thu 26 13:30 after"]


async def test_a_venue_with_a_word_about_health_is_not_named(store: Store, clock: Clock) -> None:
    venue = written().world.content.sessions[DATE.session].venue
    assert venue is not None
    clinic = written(venue=venue.model_copy(update={"name": "Maggie’s Cancer Centre"}))
    await booked(store, clock, "ann", navigator=clinic)
    assert (await texts(store))[0] == (
        "Your session is tomorrow, Thursday 26 November, 10.30am, at the place you booked."
    )


async def test_planning_again_leaves_one_of_each(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann")
    for _ in range(3):
        async with store.write() as tx:
            to_come = await reminders.plan(tx, 1, door.navigator.world, clock())
    assert [f"{one:%d %H:%M}" for one in to_come] == ["25 10:30", "26 08:30"]
    assert len(await messages(store)) == 3
    assert (await column(store, bookings, "version")) == [5]


async def test_stop_ends_the_reminders(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann", "bob")
    await door.send("ann", Said("stop"))
    assert {row["address"] for row in await messages(store)} == {"bob"}


async def test_switching_reminders_off_ends_them_and_a_later_change_does_not_bring_them_back(
    store: Store, clock: Clock
) -> None:
    door = await booked(store, clock, "ann", "bob")
    await door.send("ann", Tapped("c:off-reminders"))
    await staff_move(store, clock, door.navigator, local(2026, 11, 27, 11))
    kinds = {(row["address"], row["key"].split(":")[0]) for row in await messages(store)}
    assert ("ann", "remind") not in kinds and ("bob", "remind") in kinds
    # A change of what they still have booked is told all the same.
    assert ("ann", "moved") in kinds


# ---- the machine was off ----------------------------------------------------------------------------------

DAY_BEFORE = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


async def arrived(store: Store, clock: Clock, at: datetime) -> list[str]:
    """Everything sent when the machine comes on again at this moment."""
    clock.time = at
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    for _ in range(6):
        await dispatcher.step()
        clock.forward(seconds=10)
    return [text for text in channel.texts if text.startswith(("Your session", "How was"))]


TOMORROW = "Your session is tomorrow, Thursday 26 November, 10.30am, at SAMPLE Community Hall, Islington."
TODAY = TOMORROW.replace("tomorrow", "today")
ON = TOMORROW.replace("tomorrow", "on").replace("on,", "on")
SHORT = "Your session: Thursday 26 November, 10.30am, at SAMPLE Community Hall, Islington."


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, [TOMORROW]), (50, [TOMORROW]), (65, [SHORT]), (10 * 60, [SHORT])],
)
async def test_a_reminder_of_the_day_before_is_shortened_when_it_is_late(
    store: Store, clock: Clock, minutes: int, expected: list[str]
) -> None:
    await booked(store, clock, "ann")
    assert await arrived(store, clock, DAY_BEFORE + timedelta(minutes=minutes)) == expected


async def test_a_late_reminder_gives_way_to_the_next_one_and_staff_are_told(
    store: Store, clock: Clock
) -> None:
    await booked(store, clock, "ann")
    assert await arrived(store, clock, datetime(2026, 11, 26, 8, 40, tzinfo=UTC)) == [TODAY]
    assert [(row["kind"], row["times"]) for row in await rows(store, notices)] == [("late", 1)]
    assert "dropped" in await column(store, ledger, "state")


async def test_a_reminder_two_hours_before_still_goes_out_until_the_start(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    assert await arrived(store, clock, datetime(2026, 11, 26, 10, 25, tzinfo=UTC)) == [TODAY]


async def test_no_reminder_goes_out_once_the_session_has_begun(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    assert await arrived(store, clock, datetime(2026, 11, 26, 10, 31, tzinfo=UTC)) == []
    assert [(row["kind"], row["times"]) for row in await rows(store, notices)] == [("late", 2)]


@pytest.mark.parametrize(("rule", "expected"), [("send", [ON]), ("short", [SHORT]), ("drop", [])])
async def test_the_session_itself_can_say_what_happens_to_a_late_reminder(
    store: Store, clock: Clock, rule: str, expected: list[str]
) -> None:
    await booked(store, clock, "ann", navigator=written(late=rule))
    assert await arrived(store, clock, DAY_BEFORE + timedelta(hours=3)) == expected
    told = [row["kind"] for row in await rows(store, notices)]
    assert told == (["late"] if rule == "drop" else [])


async def test_tomorrow_is_never_said_on_the_day_itself(store: Store, clock: Clock) -> None:
    early = written(starts=datetime(2026, 11, 26, 9), exceptions=())
    door = await booked(store, clock, navigator=early)
    nine = datetime(2026, 11, 26, 9, tzinfo=UTC)
    await door.tap("ann", "coming", SessionDate(DATE.session, nine))
    evening = [row for row in await messages(store) if row["due"].astimezone(UTC).time() == time(20, 45)]
    assert [row["say"].text.split(",")[0] for row in evening] == ["Your session is tomorrow"]
    assert [
        text.split(",")[0] for text in await arrived(store, clock, datetime(2026, 11, 26, 8, 5, tzinfo=UTC))
    ] == ["Your session is on Thursday 26 November"]


async def test_how_it_was_is_not_asked_days_later(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    assert await arrived(store, clock, datetime(2026, 11, 26, 14, tzinfo=UTC)) == [
        "How was your session on Thursday 26 November?"
    ]


async def test_a_question_that_is_days_late_is_dropped(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    assert await arrived(store, clock, datetime(2026, 11, 30, 14, tzinfo=UTC)) == []
