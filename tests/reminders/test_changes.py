"""A session that is moved or cancelled: its reminders follow, and everybody booked is told once."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.bookings import SessionDate
from bot.messaging import changing
from bot.messaging.changing import CannotChange
from bot.model import Tapped, Wanted
from bot.store import changes as kept
from bot.store.engine import Store
from bot.store.tables import bookings, changes, ledger, occasions
from tests.bookings.people import DATE, LISTED, Door, with_capacity
from tests.databases import Clock, column, rows
from tests.reminders.helpers import (
    booked,
    due,
    local,
    messages,
    staff_cancel,
    staff_move,
    texts,
    with_sessions,
    without_session,
    written,
)
from tests.worlds import real

FRIDAY = local(2026, 11, 27, 14)


async def told(store: Store) -> dict[str, list[str]]:
    """What each was told of changes."""
    found: dict[str, list[str]] = {}
    for row in await messages(store):
        if row["key"].startswith(("moved:", "place:", "off:")):
            found.setdefault(row["address"], []).append(row["say"].text)
    return found


async def tick(store: Store, clock: Clock, navigator: Any) -> None:
    await changing.tick(store, navigator.world, clock())


MOVED = (
    "Your session has moved.\n"
    "It was: Thursday 26 November, 10.30am.\n"
    "It is now: Friday 27 November, 2pm, at SAMPLE Community Hall, Islington."
)
OFF = (
    "Your session on Thursday 26 November, 10.30am is cancelled. We are sorry.\n"
    "The next one is on Thursday 3 December, 10.30am."
)

# ---- moved --------------------------------------------------------------------------------------------


async def test_a_moved_session_moves_its_reminders(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    await staff_move(store, clock, real(), FRIDAY)
    assert [one for one in await due(store) if "moved" not in one] == [
        "Thu 26 14:00 remind",
        "Fri 27 12:00 remind",
        "Fri 27 17:00 after",
    ]
    assert (await column(store, occasions, "starts")) == [FRIDAY.astimezone(UTC)]


async def test_everybody_who_has_to_do_with_it_is_told_once(store: Store, clock: Clock) -> None:
    full = with_capacity(1)
    door = await booked(store, clock, "ann", "bob", navigator=full)
    await door.tap("cat", "remind")
    assert await staff_move(store, clock, full, FRIDAY) == 3
    for _ in range(2):
        await tick(store, clock, full)
    assert await told(store) == {"ann": [MOVED], "bob": [MOVED], "cat": [MOVED]}


async def test_who_is_told_can_say_that_it_is_fine_or_that_they_cannot_come(
    store: Store, clock: Clock
) -> None:
    door = await booked(store, clock, "ann")
    await staff_move(store, clock, real(), FRIDAY)
    say = next(row["say"] for row in await messages(store) if row["key"].startswith("moved"))
    ((fine, cannot_come),) = say.rows
    assert "See you then." in await door.send("ann", Tapped(fine.code))
    assert "I have taken you off the list." in await door.send("ann", Tapped(cannot_come.code))


async def test_a_reminder_that_has_gone_out_comes_again_for_the_new_time(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    async with store.write() as tx:
        await tx.execute(ledger.update().where(ledger.c.key.like("remind:%:1440")).values(state="sent"))
    clock.time = datetime(2026, 11, 25, 12, tzinfo=UTC)
    await staff_move(store, clock, real(), local(2026, 11, 30, 10))
    assert [one for one in await due(store) if "remind" in one] == [
        "Sun 29 10:00 remind",
        "Mon 30 08:00 remind",
    ]


async def test_what_is_told_waits_for_the_morning(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    clock.time = local(2026, 11, 23, 22)
    await staff_move(store, clock, real(), FRIDAY)
    assert "Tue 24 08:00 moved" in await due(store)


async def test_a_session_can_be_moved_again_and_cancelled_after_that(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    await staff_move(store, clock, real(), FRIDAY)
    await staff_move(store, clock, real(), local(2026, 11, 27, 16))
    assert [text.splitlines()[1] for text in (await told(store))["ann"]] == [
        "It was: Thursday 26 November, 10.30am.",
        "It was: Friday 27 November, 2pm.",
    ]
    await staff_cancel(store, clock, real())
    (only,) = (await told(store))["ann"]
    assert only.startswith("Your session on Friday 27 November, 4pm is cancelled.")


async def test_two_workers_tell_it_once(store: Store, other_store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann", "bob")
    later = written(venue=moved_venue("Old Library")).world
    await asyncio.gather(*(changing.tick(one, later, clock()) for one in (store, other_store) * 3))
    assert {who: len(said) for who, said in (await told(store)).items()} == {"ann": 1, "bob": 1}
    assert len([one for one in await due(store) if "place" not in one]) == 6


async def test_two_staff_who_change_the_same_date_at_once_do_not_both_win(
    store: Store, other_store: Store, clock: Clock
) -> None:
    done = await asyncio.gather(
        staff_cancel(store, clock, real()), staff_cancel(other_store, clock, real()), return_exceptions=True
    )
    assert sorted(str(one) for one in done) == ["0", "cancelled"]


# ---- cancelled ----------------------------------------------------------------------------------------


async def test_a_cancelled_session_is_told_with_the_nearest_other_date(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann")
    assert await staff_cancel(store, clock, real()) == 1
    assert await told(store) == {"ann": [OFF]}
    assert [one.split()[-1] for one in await due(store)] == ["off"]
    assert await column(store, bookings, "state") == ["cancelled"]
    assert await column(store, occasions, "state") == ["cancelled"]
    (say,) = [row["say"] for row in await messages(store)]
    assert "You have a place." in await door.send("ann", Tapped(say.rows[0][0].code))


async def test_without_another_date_one_like_it_near_or_online_is_offered(store: Store, clock: Clock) -> None:
    once = written(rrule=None, exceptions=(), cancelled=())
    await booked(store, clock, "ann", navigator=once)
    await staff_cancel(store, clock, once)
    (text,) = (await told(store))["ann"]
    assert "There is another one like it:" in text
    assert text.endswith(("online.", "in your area.", "Hall, Islington."))


async def test_with_nothing_like_it_a_person_is_offered(store: Store, clock: Clock) -> None:
    alone = written(rrule=None, exceptions=(), cancelled=(), topics=("no-such-topic",))
    await booked(store, clock, "ann", navigator=alone)
    await staff_cancel(store, clock, alone)
    (text,) = (await told(store))["ann"]
    assert text.endswith("I know of no other date yet. A person can help you look.")


async def test_who_stopped_is_told_nothing(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann", "bob")
    await door.say("ann", "stop")
    await staff_cancel(store, clock, real())
    assert list(await told(store)) == ["bob"]


async def test_a_cancelled_date_that_is_on_again_can_be_booked_again(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    await tick(store, clock, written(cancelled=(date(2026, 11, 26),)))
    assert await column(store, occasions, "state") == ["cancelled"]
    await tick(store, clock, real())
    assert await column(store, occasions, "state") == ["on"]
    assert len((await told(store))["ann"]) == 1
    assert "You have a place." in await Door(store, clock, channel="telegram").tap("ann", "coming")


# ---- the author's file --------------------------------------------------------------------------------


def moved_venue(name: str) -> Any:
    venue = real().world.content.sessions[DATE.session].venue
    assert venue is not None
    return venue.model_copy(update={"name": name})


@pytest.mark.parametrize("field", ["cancelled", "exceptions"])
async def test_a_date_that_its_author_takes_out_is_cancelled(store: Store, clock: Clock, field: str) -> None:
    await booked(store, clock, "ann")
    before = getattr(real().world.content.sessions[DATE.session], field)
    await tick(store, clock, written(**{field: (*before, date(2026, 11, 26))}))
    assert await told(store) == {"ann": [OFF]}


async def test_a_session_that_is_gone_from_the_listings_is_cancelled(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    await tick(store, clock, without_session())
    assert [text.splitlines()[0] for text in (await told(store))["ann"]] == [
        "Your session on Thursday 26 November, 10.30am is cancelled. We are sorry."
    ]
    assert await column(store, bookings, "state") == ["cancelled"]


async def test_another_time_on_the_same_day_is_a_move(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann")
    later = written(starts=datetime(2026, 11, 26, 14))
    await tick(store, clock, later)
    assert [text.splitlines()[2] for text in (await told(store))["ann"]] == [
        "It is now: Thursday 26 November, 2pm, at SAMPLE Community Hall, Islington."
    ]
    # The buttons that people have still name the same booking, and so do those of new cards.
    (row,) = await rows(store, changes)
    assert (row["listed"], row["by"]) == (LISTED, "listing")
    async with store.read() as tx:
        directory = later.world.directory.changed_by(await kept.every(tx, clock()))
    (card,) = directory.suggest(Wanted(), clock(), 1).found
    assert card.listed in (None, LISTED)
    door.navigator = later
    assert "I have taken you off the list." in await door.tap("ann", "cancel")


async def test_an_author_who_moves_it_back_moves_it_back(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    for hour in (14, 15):
        await tick(store, clock, written(starts=datetime(2026, 11, 26, hour)))
    await tick(store, clock, real())
    assert await column(store, occasions, "starts") == [LISTED]
    assert await rows(store, changes) == []
    assert len((await told(store))["ann"]) == 3


async def test_a_new_place_is_told_once(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    elsewhere = written(venue=moved_venue("Old Library"))
    for _ in range(2):
        await tick(store, clock, elsewhere)
    assert await told(store) == {
        "ann": ["Your session on Thursday 26 November, 10.30am is in a new place.\nIt is now at Old Library."]
    }
    assert "at Old Library." in (await texts(store))[1]


async def test_content_that_has_not_changed_tells_nobody_anything(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    before = await rows(store, ledger)
    await tick(store, clock, real())
    assert await rows(store, ledger) == before


async def test_a_session_that_has_ended_is_over_and_stays_as_it_was(store: Store, clock: Clock) -> None:
    await booked(store, clock, "ann")
    clock.time = LISTED + timedelta(hours=2)
    await tick(store, clock, without_session())
    assert await column(store, occasions, "state") == ["over"]
    assert await told(store) == {}


# ---- what staff cannot do -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date_", "to", "why"),
    [
        (SessionDate("no-such-session", LISTED), FRIDAY, "unknown"),
        (SessionDate(DATE.session, LISTED + timedelta(hours=1)), FRIDAY, "unknown"),
        (SessionDate(DATE.session, LISTED - timedelta(days=7)), FRIDAY, "unknown"),
        (DATE, local(2026, 11, 22, 10), "to-past"),
        (DATE, local(2026, 11, 26, 10, 30), "same"),
        (DATE, local(2026, 12, 3, 10, 30), "taken"),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(
    store: Store, clock: Clock, date_: SessionDate, to: datetime, why: str
) -> None:
    with pytest.raises(CannotChange, match=why):
        await staff_move(store, clock, real(), to, date_)
    assert await rows(store, changes) == []


async def test_a_date_that_has_passed_cannot_be_changed(store: Store, clock: Clock) -> None:
    clock.time = LISTED + timedelta(minutes=1)
    with pytest.raises(CannotChange, match="past"):
        await staff_cancel(store, clock, real())


async def test_a_cancelled_date_cannot_be_cancelled_or_moved(store: Store, clock: Clock) -> None:
    await staff_cancel(store, clock, real())
    with pytest.raises(CannotChange, match="cancelled"):
        await staff_cancel(store, clock, real())
    with pytest.raises(CannotChange, match="cancelled"):
        await staff_move(store, clock, real(), FRIDAY)


# ---- many ---------------------------------------------------------------------------------------------


async def statements(store: Store, clock: Clock, people: int, cancel: bool) -> int:
    """How many statements a change takes with so many people booked."""
    await booked(
        store, clock, *(f"person {number}" for number in range(people)), navigator=with_capacity(None)
    )
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = store._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await (staff_cancel(store, clock, real()) if cancel else staff_move(store, clock, real(), FRIDAY))
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("cancel", [False, True])
async def test_a_change_takes_a_handful_of_statements_however_many_are_booked(
    store: Store, clock: Clock, cancel: bool
) -> None:
    many = await statements(store, clock, 25, cancel)
    assert many <= 26


async def test_sessions_of_others_are_left_alone(store: Store, clock: Clock) -> None:
    others = with_sessions({})
    door = await booked(store, clock, "ann", navigator=others)
    await door.tap("bob", "coming", SessionDate(DATE.session, LISTED + timedelta(days=7)))
    await staff_cancel(store, clock, others)
    assert list(await told(store)) == ["ann"]
    assert {row["address"] for row in await messages(store) if "remind" in row["key"]} == {"bob"}
