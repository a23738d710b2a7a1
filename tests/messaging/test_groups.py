"""A staff group with many topics: all of them share what the channel takes of one group."""

from datetime import timedelta

from bot.store.engine import Store
from bot.store.groups import group_of
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of, plan

GROUP = "-1001234567890"
MINUTE = timedelta(minutes=1)


async def busy(store: Store, clock: Clock, topics: int) -> None:
    """One message waits in each topic."""
    for topic in range(topics):
        await plan(store, clock, [f"to topic {topic}"], f"{GROUP}:{topic + 2}", topic + 1)


async def test_no_minute_holds_more_messages_than_a_group_takes_in_all_its_topics(
    store: Store, other_store: Store, clock: Clock
) -> None:
    channel = FakeChannel()
    senders = [dispatcher_of(one, clock, channel) for one in (store, other_store)]
    await busy(store, clock, 30)
    sent = []
    for _ in range(65):
        for sender in senders:
            before = len(channel.arrived)
            await sender.step()
            sent += [clock()] * (len(channel.arrived) - before)
        clock.forward(seconds=2)
    assert max(sum(one <= other < one + MINUTE for other in sent) for one in sent) <= 19
    assert channel.texts == [f"to topic {topic}" for topic in range(30)]


async def test_a_full_group_keeps_nobody_else_waiting(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    await busy(store, clock, 40)
    for _ in range(6):
        await dispatcher.step()
    assert len(channel.arrived) == 4
    await plan(store, clock, ["hello"], "ann", 99)
    await plan(store, clock, ["to another group"], "-1009:7", 100)
    await dispatcher.step()
    assert {"hello", "to another group"} < set(channel.texts) and len(channel.arrived) == 6


async def test_a_clock_that_was_set_back_silences_no_group(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    await busy(store, clock, 8)
    for _ in range(5):
        await dispatcher.step()
    clock.forward(hours=-1)
    await dispatcher.step()
    assert len(channel.arrived) == 5


def test_only_topics_of_groups_share_a_pace() -> None:
    assert [group_of(one) for one in (f"{GROUP}:5", GROUP, "12345", "ann:5", "")] == [GROUP, "", "", "", ""]
