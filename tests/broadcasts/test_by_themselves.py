"""What broadcasts do by themselves: at their time, again and again, and never as a surprise."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, Broadcast, Draft, Press, Refusal
from bot.messaging.broadcasts.repeating import following
from bot.store.engine import Store
from bot.store.tables import broadcasts as table
from bot.store.tables import ledger, notices
from tests.broadcasts.crowd import ALONE, ANNA, WORLD, addresses, crowd, hire, join, now_at, press, settled
from tests.databases import Clock, rows
from tests.messaging.fakes import FakeChannel, dispatcher_of

LONDON = ZoneInfo("Europe/London")
WEEKLY = "FREQ=WEEKLY"


@pytest.fixture(autouse=True)
async def _some(store: Store, clock: Clock) -> None:
    await hire(store, clock())
    await crowd(store, clock(), ("ann", "bob"))


async def planned(store: Store, clock: Clock, send_at: datetime, repeats: str = "") -> Broadcast:
    """Sent off, to begin at its time."""
    draft = Draft(Audience(), {"en": "Hello"}, send_at, repeats)
    async with store.write() as tx:
        row = await broadcasts.make(tx, ANNA, "weekly", draft, clock())
        return await broadcasts.propose(tx, press(row), ALONE, clock())


async def test_it_begins_at_its_time_and_not_before(store: Store, clock: Clock) -> None:
    row = await planned(store, clock, clock() + timedelta(days=1))
    assert row.state == "set"
    clock.forward(hours=23)
    await broadcasts.tick(store, ALONE, clock())
    assert (await now_at(store, row.id)).state == "set"
    clock.forward(hours=1)
    await broadcasts.tick(store, ALONE, clock())
    assert (await now_at(store, row.id)).state == "holding"


async def test_a_time_that_has_passed_is_refused_also_when_the_approval_comes_too_late(
    store: Store, clock: Clock
) -> None:
    with pytest.raises(Refusal, match=r"refused\.past"):
        await planned(store, clock, clock())
    draft = Draft(Audience(), {"en": "Hello"}, clock() + timedelta(hours=1))
    async with store.write() as tx:
        row = await broadcasts.make(tx, ANNA, "another", draft, clock())
        row = await broadcasts.propose(tx, press(row), WORLD, clock())
    clock.forward(hours=2)
    with pytest.raises(Refusal, match=r"refused\.past"):
        async with store.write() as tx:
            await broadcasts.approve(tx, Press(row.id, row.version, ANNA._replace(id=2)), WORLD, clock())


async def test_a_repeating_one_comes_again_for_the_people_of_its_time(
    store: Store, other_store: Store, clock: Clock
) -> None:
    row = await planned(store, clock, clock() + timedelta(days=1), WEEKLY)
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    clock.forward(days=1)
    await broadcasts.tick(store, ALONE, clock())
    clock.forward(seconds=61)
    await asyncio.gather(*(broadcasts.tick(one, ALONE, clock()) for one in (store, other_store)))
    await settled(store, clock, dispatcher, ALONE)
    assert sorted(address for address, _ in channel.arrived) == ["ann", "bob"]
    async with store.write() as tx:
        await join(tx, "eve", clock())
    again = [one for one in await rows(store, table) if one["follows"] == row.id]
    assert [(one["state"], one["frozen"]) for one in again] == [("set", None)]
    clock.time = again[0]["send_at"]
    await broadcasts.tick(store, ALONE, clock())
    assert await addresses(store, f"broadcast:{again[0]['id']}", "held") == {"ann", "bob", "eve"}


async def test_a_machine_that_was_off_too_long_surprises_nobody_and_tells_staff(
    store: Store, clock: Clock
) -> None:
    row = await planned(store, clock, clock() + timedelta(days=1), WEEKLY)
    clock.forward(days=2)
    await broadcasts.tick(store, ALONE, clock())
    assert (await now_at(store, row.id)).state == "stopped"
    assert [one["kind"] for one in await rows(store, notices)] == ["broadcast-late"]
    assert [one["state"] for one in await rows(store, table)] == ["stopped", "set"]


async def test_the_next_time_is_in_local_time_across_a_clock_change_and_a_count_ends() -> None:
    send_at = datetime(2026, 10, 22, 9, 30, tzinfo=LONDON)
    draft = Draft(Audience(), {"en": "Hello"}, send_at.astimezone(UTC), "FREQ=WEEKLY;COUNT=2")
    after = following(draft, LONDON, send_at)
    assert after is not None and after.send_at is not None
    assert after.send_at.astimezone(LONDON) == datetime(2026, 10, 29, 9, 30, tzinfo=LONDON)
    assert after.repeats == "FREQ=WEEKLY;COUNT=1" and following(after, LONDON, after.send_at) is None


async def test_times_that_passed_meanwhile_are_left_out() -> None:
    send_at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    draft = Draft(Audience(), {"en": "Hello"}, send_at, "FREQ=DAILY;COUNT=20")
    after = following(draft, LONDON, send_at + timedelta(days=4, hours=1))
    assert after == replace(draft, send_at=send_at + timedelta(days=5), repeats="FREQ=DAILY;COUNT=15")


@pytest.mark.parametrize(
    ("rule", "key"), [("FREQ=HOURLY", "rule"), ("nonsense", "rule"), ("FREQ=WEEKLY;BYDAY=SU", "rule-start")]
)
async def test_a_rule_that_cannot_be_followed_is_refused(
    store: Store, clock: Clock, rule: str, key: str
) -> None:
    with pytest.raises(Refusal) as error:
        await planned(store, clock, clock() + timedelta(days=1), rule)
    assert error.value.key == f"broadcast.refused.{key}"


async def test_one_that_nobody_finishes_is_cancelled_after_a_month(store: Store, clock: Clock) -> None:
    row = await planned(store, clock, clock() + timedelta(days=1))
    async with store.write() as tx:
        await broadcasts.stop(tx, row.id, ANNA, clock())
    clock.forward(days=31)
    await broadcasts.tick(store, ALONE, clock())
    assert (await now_at(store, row.id)).state == "cancelled"
    assert {one["state"] for one in await rows(store, ledger)} == {"dropped"}
