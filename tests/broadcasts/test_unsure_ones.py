"""A message that may not have arrived is sent again with what people should get now, or not at all."""

import pytest

from bot.failures import Unsure
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast
from bot.messaging.dispatcher import Dispatcher
from bot.model import Person
from bot.store import people, unsure
from bot.store.engine import Store
from tests.broadcasts.crowd import ANNA, BEN, WORLD, crowd, hire, now_at, press, sending, settled
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
async def row(store: Store, clock: Clock, channel: FakeChannel) -> Broadcast:
    """Of four people, one may have got it or not."""
    await hire(store, clock())
    await crowd(store, clock(), ("ann", "bob", "cat", "dan"))
    row = await sending(store, clock, "At 2pm")
    async with store.read() as tx:
        said = (await broadcasts.preview(tx, row.id, WORLD, clock())).shown[0].say.text
    channel.failures[said] = [Unsure()]
    await settled(store, clock, dispatcher_of(store, clock, channel))
    assert len(channel.arrived) == 3
    return await now_at(store, row.id)


async def send_again(store: Store, clock: Clock, dispatcher: Dispatcher) -> int:
    async with store.write() as tx:
        found = [one.id for one in await unsure.listed(tx)]
        done = await unsure.resolve(tx, found, True, "Ben", clock())
    await settled(store, clock, dispatcher)
    return done


async def test_sent_again_it_arrives_and_the_report_adds_up(
    store: Store, clock: Clock, row: Broadcast, channel: FakeChannel
) -> None:
    assert await send_again(store, clock, dispatcher_of(store, clock, channel)) == 1
    async with store.read() as tx:
        report = await broadcasts.report(tx, row.id)
    assert (report.sent, report.unsure, report.total, report.erased) == (4, 0, 4, 0)


async def test_after_a_correction_it_is_sent_again_with_the_new_words(
    store: Store, clock: Clock, row: Broadcast, channel: FakeChannel
) -> None:
    dispatcher = dispatcher_of(store, clock, channel)
    async with store.write() as tx:
        waits = await broadcasts.correct(tx, press(row, BEN), {"en": "At 3pm"}, WORLD, clock())
        await broadcasts.approve(tx, press(waits, ANNA), WORLD, clock())
    clock.forward(seconds=61)
    await settled(store, clock, dispatcher)
    await settled(store, clock, dispatcher)
    assert await send_again(store, clock, dispatcher) == 1
    assert [text.split("\n")[0] for text in channel.texts] == ["At 2pm"] * 3 + ["At 3pm"]


async def test_while_a_correction_waits_for_a_yes_it_waits_too(
    store: Store, clock: Clock, row: Broadcast, channel: FakeChannel
) -> None:
    dispatcher = dispatcher_of(store, clock, channel)
    async with store.write() as tx:
        waits = await broadcasts.correct(tx, press(row, BEN), {"en": "At 3pm"}, WORLD, clock())
    clock.forward(minutes=10)
    assert await send_again(store, clock, dispatcher) == 1
    assert len(channel.arrived) == 3
    async with store.write() as tx:
        await broadcasts.approve(tx, press(waits, ANNA), WORLD, clock())
    clock.forward(seconds=61)
    await settled(store, clock, dispatcher)
    await settled(store, clock, dispatcher)
    assert [text.split("\n")[0] for text in channel.texts] == ["At 2pm"] * 3 + ["At 3pm"]


async def test_what_was_recalled_is_not_sent_again(
    store: Store, clock: Clock, row: Broadcast, channel: FakeChannel
) -> None:
    dispatcher = dispatcher_of(store, clock, channel)
    async with store.write() as tx:
        await broadcasts.recall(tx, row.id, BEN, clock())
    await settled(store, clock, dispatcher)
    await settled(store, clock, dispatcher)
    assert (await now_at(store, row.id)).state == "recalled"
    assert await send_again(store, clock, dispatcher) == 0
    assert len(channel.arrived) == 3


async def test_who_has_stopped_since_does_not_get_it_again(
    store: Store, clock: Clock, row: Broadcast, channel: FakeChannel
) -> None:
    async with store.write() as tx:
        for address in ("ann", "bob", "cat", "dan"):
            known = await people.lock(tx, "telegram", address, clock())
            assert known
            await people.save(tx, known, Person(stopped=True), clock())
    assert await send_again(store, clock, dispatcher_of(store, clock, channel)) == 0
    assert len(channel.arrived) == 3
