"""What the sender knows stays known, whatever the disk and the clock do meanwhile."""

from dataclasses import dataclass

import pytest

from bot.failures import TryLater
from bot.model import Say
from bot.store.engine import Store
from bot.store.ledger import Urgency
from bot.store.tables import ledger
from tests.databases import Clock, column
from tests.messaging.fakes import FakeChannel, dispatcher_of, plan
from tests.store.everyone import ADDRESS, reminder, settle_in


@dataclass
class WhileSending(FakeChannel):
    """The clock jumps by so many seconds while each message is on its way."""

    clock: Clock | None = None
    seconds: float = 0

    async def send(self, address: str, say: Say, key: str) -> str:
        assert self.clock
        self.clock.forward(seconds=self.seconds)
        return await super().send(address, say, key)


async def ann(store: Store, clock: Clock) -> None:
    """Ann, with a reply, a reminder and a broadcast."""
    async with store.write() as tx:
        person = await settle_in(tx, clock())
        await reminder(tx, person, ADDRESS, clock(), Urgency.BROADCAST)


@pytest.mark.parametrize("seconds", [26, 3600, -3600])
async def test_what_the_sender_saw_arrive_is_never_in_doubt(
    store: Store, clock: Clock, seconds: float
) -> None:
    """The disk was full for longer than a lease, or the clock was set."""
    await ann(store, clock)
    channel = WhileSending(clock=clock, seconds=seconds)
    sender = dispatcher_of(store, clock, channel)
    for _ in range(8):
        await sender.step()
        clock.forward(seconds=7200)
    assert channel.texts == ["Hello"] * 3
    assert await column(store, ledger, "state") == ["sent"] * 3


async def test_another_sender_still_takes_over_what_a_dead_one_held(
    store: Store, other_store: Store, clock: Clock
) -> None:
    await plan(store, clock, ["one"])
    dead, living = dispatcher_of(store, clock, FakeChannel()), FakeChannel()
    await dead._exchange(claim=True)
    clock.forward(seconds=26)
    taking_over = dispatcher_of(other_store, clock, living)
    await taking_over.step()
    clock.forward(seconds=5)
    await taking_over.step()
    assert living.texts == ["one"]


async def test_what_waits_for_another_try_does_not_wait_for_a_clock_that_was_set_back(
    store: Store, clock: Clock
) -> None:
    channel = FakeChannel({"one": [TryLater(5.0)]})
    sender = dispatcher_of(store, clock, channel)
    await plan(store, clock, ["one", "two"])
    await sender.step()
    clock.forward(hours=-1)
    for _ in range(2):
        clock.forward(seconds=1)
        await sender.step()
    assert channel.texts == ["one", "two"]
