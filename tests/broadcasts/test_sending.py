"""A broadcast from its draft to its report, and everything that must not happen on the way."""

import asyncio

import pytest

from bot.conversation.texts import fill
from bot.failures import Gone, Refused, Unsure
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, By, Refusal
from bot.messaging.pace import Pace
from bot.model import Person
from bot.store import ledger, people
from bot.store.engine import Store
from bot.store.ledger import Urgency
from tests.broadcasts.crowd import (
    ALONE,
    ANNA,
    BEN,
    VIEWER,
    WORLD,
    addresses,
    crowd,
    drafted,
    hire,
    join,
    now_at,
    press,
    sending,
    settled,
)
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of

FOUR = ("ann", "bob", "cat", "dan")


@pytest.fixture(autouse=True)
async def _staff(store: Store, clock: Clock) -> None:
    await hire(store, clock())


def refused(error: pytest.ExceptionInfo[Refusal]) -> str:
    """The sentence that staff read; it has no gap left open."""
    sentence = fill(WORLD.texts_for(Person())(error.value.key), error.value.values)
    assert "{" not in sentence
    return sentence


async def test_it_reaches_everybody_who_said_yes_and_the_report_adds_up(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    channel = FakeChannel()
    row = await sending(store, clock)
    assert row.state == "sending" and row.frozen == 4
    await settled(store, clock, dispatcher_of(store, clock, channel))
    assert sorted(address for address, _ in channel.arrived) == list(FOUR)
    async with store.read() as tx:
        report = await broadcasts.report(tx, row.id)
    assert (report.state, report.sent, report.total) == ("done", 4, 4)


async def test_the_author_cannot_approve_and_a_viewer_can_do_nothing(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())
    async with store.write() as tx:
        row = await broadcasts.propose(tx, press(row), WORLD, clock())
    assert row.state == "waits"
    for by, words in ((ANNA, "Someone else has to approve"), (VIEWER, "but not send")):
        with pytest.raises(Refusal) as error:
            async with store.write() as tx:
                await broadcasts.approve(tx, press(row, by), WORLD, clock())
        assert words in refused(error)


async def test_two_press_send_at_once_and_one_list_goes_out(
    store: Store, other_store: Store, clock: Clock
) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())

    async def send(here: Store, by: By) -> str:
        try:
            async with here.write() as tx:
                return (await broadcasts.propose(tx, press(row, by), ALONE, clock())).state
        except Refusal as refusal:
            return refusal.key

    ended = await asyncio.gather(send(store, ANNA), send(other_store, BEN))
    assert sorted(ended) == ["broadcast.refused.when-holding", "holding"]
    clock.forward(seconds=61)
    await asyncio.gather(*(broadcasts.tick(one, ALONE, clock()) for one in (store, other_store)))
    channel = FakeChannel()
    await settled(store, clock, dispatcher_of(store, clock, channel), ALONE)
    assert sorted(address for address, _ in channel.arrived) == list(FOUR)


async def test_who_presses_on_what_has_changed_meanwhile_hears_who_was_quicker(
    store: Store, clock: Clock
) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())
    async with store.write() as tx:
        await broadcasts.change(tx, press(row, BEN), row.draft, clock())
    with pytest.raises(Refusal) as error:
        async with store.write() as tx:
            await broadcasts.propose(tx, press(row), WORLD, clock())
    assert refused(error).startswith("Ben did something with this message just before you.")


async def test_the_same_request_again_is_the_same_broadcast(
    store: Store, other_store: Store, clock: Clock
) -> None:
    await crowd(store, clock(), FOUR)
    first, again = await asyncio.gather(drafted(store, clock()), drafted(other_store, clock(), "Other words"))
    assert first == again
    assert (await drafted(store, clock(), request="two")).id != first.id


async def test_nothing_goes_out_while_it_is_held_and_stop_keeps_it_back(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    channel, row = FakeChannel(), await drafted(store, clock())
    dispatcher = dispatcher_of(store, clock, channel)
    async with store.write() as tx:
        await broadcasts.propose(tx, press(row), ALONE, clock())
    clock.forward(seconds=59)
    await broadcasts.tick(store, ALONE, clock())
    await dispatcher.step()
    async with store.write() as tx:
        stopped = await broadcasts.stop(tx, row.id, BEN, clock())
    clock.forward(seconds=120)
    await settled(store, clock, dispatcher, ALONE)
    assert stopped.state == "stopped" and channel.arrived == []
    async with store.write() as tx:
        resumed = await broadcasts.resume(tx, press(stopped, BEN), ALONE, clock())
    assert resumed.state == "holding"


async def test_stopped_half_way_and_resumed_it_reaches_everybody_once(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), [f"number {one}" for one in range(20)])
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel, Pace(per_second=30.0))
    row = await sending(store, clock)
    for _ in range(8):
        await dispatcher.step()
        clock.forward(seconds=1)
    half = len(channel.arrived)
    async with store.write() as tx:
        stopped = await broadcasts.stop(tx, row.id, BEN, clock())
        assert await broadcasts.stop(tx, row.id, BEN, clock()) == stopped
    await settled(store, clock, dispatcher)
    assert 0 < half < 20 and len(channel.arrived) == half
    async with store.write() as tx:
        resumed = await broadcasts.resume(tx, press(stopped, BEN), WORLD, clock())
    assert resumed.state == "sending"
    await settled(store, clock, dispatcher)
    assert len({address for address, _ in channel.arrived}) == len(channel.arrived) == 20
    assert (await now_at(store, row.id)).state == "done"


async def test_never_to_anyone_who_stopped_in_between(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())
    async with store.write() as tx:
        await broadcasts.propose(tx, press(row), ALONE, clock())
    async with store.write() as tx:
        ann = await people.lock(tx, "telegram", "ann", clock())
        bob = await people.lock(tx, "telegram", "bob", clock())
        assert ann and bob
        await people.save(tx, ann, Person(stopped=True), clock())
        await ledger.drop(tx, ann.person.id, (Urgency.BROADCAST,), clock())
        # As if he had stopped in the very moment in which the list was frozen.
        await people.save(tx, bob, Person(stopped=True), clock())
    clock.forward(seconds=61)
    await broadcasts.tick(store, ALONE, clock())
    channel = FakeChannel()
    await settled(store, clock, dispatcher_of(store, clock, channel), ALONE)
    assert {address for address, _ in channel.arrived} == {"cat", "dan"}
    async with store.read() as tx:
        report = await broadcasts.report(tx, row.id)
    assert report.dropped == {"stopped": 2} and report.total == report.frozen == 4


async def test_the_report_adds_up_whatever_became_of_them(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    row = await sending(store, clock)
    async with store.read() as tx:
        said = (await broadcasts.preview(tx, row.id, WORLD, clock())).shown[0].say.text
    channel = FakeChannel(failures={said: [Gone(), Refused("no"), Unsure()]})
    await settled(store, clock, dispatcher_of(store, clock, channel))
    async with store.read() as tx:
        report = await broadcasts.report(tx, row.id)
    assert (report.sent, report.unsure, report.total, report.state) == (1, 1, 4, "done")
    assert report.failed == {"gone": 1, "refused no": 1} and report.erased == 0


async def test_a_broadcast_to_nobody_is_refused(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock(), audience=Audience(areas=("wessex",)))
    with pytest.raises(Refusal) as error:
        async with store.write() as tx:
            await broadcasts.propose(tx, press(row), WORLD, clock())
    assert refused(error).startswith("Nobody would get this.")
    assert await now_at(store, row.id) == row


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"en": "😀" * 2048}, "too long by"),
        ({"en": " "}, "no English text"),
        ({"en": "Hello", "xx": "?"}, "no language called “xx”"),
    ],
)
async def test_words_that_cannot_be_sent_are_refused(
    store: Store, clock: Clock, texts: dict[str, str], words: str
) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock(), texts=texts)
    with pytest.raises(Refusal) as error:
        async with store.write() as tx:
            await broadcasts.propose(tx, press(row), WORLD, clock())
    assert words in refused(error)


async def test_taken_back_changed_and_sent_again_it_goes_to_the_new_list_with_the_new_words(
    store: Store, clock: Clock
) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())
    async with store.write() as tx:
        row = await broadcasts.propose(tx, press(row), ALONE, clock())
        row = await broadcasts.take_back(tx, press(row), clock())
        assert (row.state, row.frozen) == ("draft", None)
        await join(tx, "eve", clock())
        draft = type(row.draft)(row.draft.audience, {"en": "Better words"})
        row = await broadcasts.change(tx, press(row), draft, clock())
        row = await broadcasts.propose(tx, press(row), ALONE, clock())
    assert row.frozen == 5
    clock.forward(seconds=61)
    await broadcasts.tick(store, ALONE, clock())
    channel = FakeChannel()
    await settled(store, clock, dispatcher_of(store, clock, channel), ALONE)
    assert len(channel.texts) == 5 and all(text.startswith("Better words") for text in channel.texts)


async def test_a_cancelled_one_sends_nothing_more(store: Store, clock: Clock) -> None:
    await crowd(store, clock(), FOUR)
    row = await drafted(store, clock())
    async with store.write() as tx:
        row = await broadcasts.propose(tx, press(row), WORLD, clock())
        await broadcasts.cancel(tx, press(row, BEN), clock())
    assert await addresses(store, row.about, "dropped") == set(FOUR)
    with pytest.raises(Refusal) as error:
        async with store.write() as tx:
            await broadcasts.approve(tx, press(row, BEN), WORLD, clock())
    assert refused(error) == "This message was cancelled."
