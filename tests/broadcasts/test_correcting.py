"""What is out can be corrected or recalled, and those who got it can be told: each person once."""

import pytest
from sqlalchemy import update

from bot.failures import TryLater, Unsure
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast, Refusal
from bot.messaging.pace import Pace
from bot.model import Person
from bot.store import consents, ledger, people
from bot.store.engine import Store
from bot.store.tables import ledger as ledger_table
from tests.broadcasts.crowd import (
    ANNA,
    BEN,
    WORLD,
    addresses,
    crowd,
    drafted,
    hire,
    now_at,
    press,
    sending,
    settled,
)
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of

FOUR = ("ann", "bob", "cat", "dan")
SLOW = Pace(per_second=1.0)


@pytest.fixture(autouse=True)
async def _staff(store: Store, clock: Clock) -> None:
    await hire(store, clock())
    await crowd(store, clock(), FOUR)


async def corrected(store: Store, clock: Clock, row: Broadcast, text: str) -> None:
    """Ben finds the mistake, Anna approves, and the hold is over."""
    async with store.write() as tx:
        row = await broadcasts.correct(tx, press(row, BEN), {"en": text}, WORLD, clock())
    assert row.state == "waits"
    async with store.write() as tx:
        row = await broadcasts.approve(tx, press(row, ANNA), WORLD, clock())
    assert row.state == "holding"
    clock.forward(seconds=61)
    await broadcasts.tick(store, WORLD, clock())


async def stop(store: Store, clock: Clock, row: Broadcast) -> Broadcast:
    async with store.write() as tx:
        return await broadcasts.stop(tx, row.id, BEN, clock())


def first_words(texts: list[str]) -> list[str]:
    return [text.split("\n")[0] for text in texts]


async def test_stopped_half_way_and_corrected_everybody_ends_with_the_new_words(
    store: Store, clock: Clock
) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel, SLOW)
    row = await sending(store, clock, "At 2pm")
    for _ in range(2):
        await dispatcher.step()
        clock.forward(seconds=1)
    assert len(channel.arrived) == 2
    got = {address for address, _ in channel.arrived}
    await corrected(store, clock, await stop(store, clock, row), "At 3pm")
    await settled(store, clock, dispatcher)
    assert first_words(channel.texts) == ["At 2pm", "At 2pm", "At 3pm", "At 3pm"]
    assert {address for address, _, _ in channel.edited} == got
    assert first_words([text for _, _, text in channel.edited]) == ["At 3pm", "At 3pm"]
    async with store.read() as tx:
        report = await broadcasts.report(tx, row.id)
    assert (report.state, report.sent, report.total, report.edits) == ("done", 4, 4, {"sent": 2})


async def test_corrected_twice_and_back_again_each_correction_reaches_those_who_saw_others(
    store: Store, clock: Clock
) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    row = await sending(store, clock, "At 2pm")
    await settled(store, clock, dispatcher)
    for text in ("At 3pm", "At 2pm"):
        await corrected(store, clock, await now_at(store, row.id), text)
        await settled(store, clock, dispatcher)
    words = first_words([text for _, _, text in channel.edited])
    assert words == ["At 3pm"] * 4 + ["At 2pm"] * 4
    assert (await now_at(store, row.id)).state == "done"


async def test_what_was_on_its_way_when_it_was_stopped_is_corrected_too(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    row = await sending(store, clock, "At 2pm")
    on_their_way = await dispatcher._exchange(claim=True)
    stopped = await stop(store, clock, row)
    async with store.write() as tx:
        row = await broadcasts.correct(tx, press(stopped, BEN), {"en": "At 3pm"}, WORLD, clock())
        await broadcasts.approve(tx, press(row, ANNA), WORLD, clock())
    for parcel in on_their_way:
        await dispatcher._deliver(parcel)
    await dispatcher._exchange(claim=False)
    clock.forward(seconds=61)
    await settled(store, clock, dispatcher)
    await settled(store, clock, dispatcher)
    assert first_words(channel.texts) == ["At 2pm"] * 4 and len(channel.edited) == 4


async def test_what_comes_back_to_be_tried_again_after_the_stop_stays_unsent(
    store: Store, clock: Clock
) -> None:
    row = await sending(store, clock)
    async with store.read() as tx:
        said = (await broadcasts.preview(tx, row.id, WORLD, clock())).shown[0].say.text
    channel = FakeChannel(failures={said: [TryLater(1) for _ in FOUR]})
    dispatcher = dispatcher_of(store, clock, channel)
    on_their_way = await dispatcher._exchange(claim=True)
    await stop(store, clock, row)
    for parcel in on_their_way:
        await dispatcher._deliver(parcel)
    await dispatcher._exchange(claim=False)
    await broadcasts.tick(store, WORLD, clock())
    clock.forward(seconds=30)
    await settled(store, clock, dispatcher)
    assert channel.arrived == [] and await addresses(store, row.about, "held") == set(FOUR)


async def test_nobody_who_stopped_since_gets_a_correction(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    row = await sending(store, clock)
    await settled(store, clock, dispatcher)
    async with store.write() as tx:
        ann = await people.lock(tx, "telegram", "ann", clock())
        assert ann
        await people.save(tx, ann, Person(stopped=True), clock())
    await corrected(store, clock, await now_at(store, row.id), "Other words")
    await settled(store, clock, dispatcher)
    assert {address for address, _, _ in channel.edited} == {"bob", "cat", "dan"}


async def test_a_correction_cannot_go_round_its_approval(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    row = await sending(store, clock)
    await settled(store, clock, dispatcher_of(store, clock, channel))
    async with store.write() as tx:
        row = await broadcasts.correct(
            tx, press(await now_at(store, row.id), BEN), {"en": "Mischief"}, WORLD, clock()
        )
        row = await broadcasts.take_back(tx, press(row, BEN), clock())
        assert row.state == "stopped"
        row = await broadcasts.resume(tx, press(row, BEN), WORLD, clock())
    assert row.state == "waits"
    with pytest.raises(Refusal):
        async with store.write() as tx:
            await broadcasts.approve(tx, press(row, BEN), WORLD, clock())


async def test_recalled_half_way_it_is_deleted_and_goes_no_further(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel, SLOW)
    row = await sending(store, clock)
    for _ in range(2):
        await dispatcher.step()
        clock.forward(seconds=1)
    async with store.write() as tx:
        recalled = await broadcasts.recall(tx, row.id, BEN, clock())
        assert await broadcasts.recall(tx, row.id, ANNA, clock()) == recalled
    await broadcasts.tick(store, WORLD, clock())
    await settled(store, clock, dispatcher)
    assert {address for address, _ in channel.deleted} == {address for address, _ in channel.arrived}
    async with store.read() as tx:
        report = await broadcasts.report(tx, row.id)
    assert (report.state, report.sent, report.dropped) == ("recalled", 2, {"recalled": 2})
    assert (report.total, report.deletes) == (4, {"sent": 2})


async def test_what_arrives_while_it_is_recalled_is_deleted_too(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    row = await sending(store, clock)
    on_their_way = await dispatcher._exchange(claim=True)
    async with store.write() as tx:
        await broadcasts.recall(tx, row.id, BEN, clock())
    for parcel in on_their_way:
        await dispatcher._deliver(parcel)
    await dispatcher._exchange(claim=False)
    clock.forward(seconds=5)
    await broadcasts.tick(store, WORLD, clock())
    await settled(store, clock, dispatcher)
    assert len(channel.deleted) == 4 and (await now_at(store, row.id)).state == "recalled"


async def test_only_those_who_got_it_are_told(store: Store, clock: Clock) -> None:
    row = await sending(store, clock)
    async with store.read() as tx:
        said = (await broadcasts.preview(tx, row.id, WORLD, clock())).shown[0].say.text
    channel = FakeChannel(failures={said: [Unsure()]})
    dispatcher = dispatcher_of(store, clock, channel, SLOW)
    for _ in range(3):
        await dispatcher.step()
        clock.forward(seconds=1)
    stopped = await stop(store, clock, row)
    got = await addresses(store, row.about, "sent") | await addresses(store, row.about, "unsure")
    assert len(got) == 3
    async with store.write() as tx:
        more = await broadcasts.follow_up(tx, press(stopped, BEN), "sorry", {"en": "Sorry"}, clock())
        again = await broadcasts.follow_up(tx, press(stopped, BEN), "sorry", {"en": "Sorry"}, clock())
        assert more == again and more.follows == row.id
        more = await broadcasts.propose(tx, press(more, BEN), WORLD, clock())
    assert more.frozen == 3 and await addresses(store, more.about, "held") == got


async def test_before_anything_is_out_there_is_nothing_to_correct_or_recall(
    store: Store, clock: Clock
) -> None:
    row = await drafted(store, clock())
    async with store.write() as tx:
        row = await broadcasts.propose(tx, press(row), WORLD, clock())
    with pytest.raises(Refusal, match=r"nobody-got-it"):
        async with store.write() as tx:
            await broadcasts.recall(tx, row.id, BEN, clock())
    with pytest.raises(Refusal, match=r"when-waits"):
        async with store.write() as tx:
            await broadcasts.correct(tx, press(row, BEN), {"en": "New"}, WORLD, clock())


async def test_on_the_page_the_words_change_in_their_place(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        eve = await people.lock(tx, "web", "eve", clock())
        assert eve
        await people.save(tx, eve, Person(), clock())
        await consents.give(tx, eve.person.id, "news", "news/1", clock())
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    row = await sending(store, clock, "At 2pm")
    shown = update(ledger_table).where(ledger_table.c.channel == "web")
    async with store.write() as tx:
        await tx.execute(shown.values(state="sent"))
    await settled(store, clock, dispatcher)
    await corrected(store, clock, await now_at(store, row.id), "At 3pm")
    await settled(store, clock, dispatcher)
    async with store.write() as tx:
        assert [say.text.split("\n")[0] for say in await ledger.recent(tx, "web", "eve", 5)] == ["At 3pm"]
        await broadcasts.recall(tx, row.id, BEN, clock())
    await broadcasts.tick(store, WORLD, clock())
    async with store.read() as tx:
        assert "We have taken it back." in (await ledger.recent(tx, "web", "eve", 5))[0].text


async def test_what_comes_back_while_its_correction_is_held_never_goes_out_with_the_old_words(
    store: Store, clock: Clock
) -> None:
    row = await sending(store, clock, "At 2pm")
    async with store.read() as tx:
        said = (await broadcasts.preview(tx, row.id, WORLD, clock())).shown[0].say.text
    channel = FakeChannel(failures={said: [TryLater(1) for _ in FOUR[:2]]})
    dispatcher = dispatcher_of(store, clock, channel)
    on_their_way = await dispatcher._exchange(claim=True)
    stopped = await stop(store, clock, row)
    async with store.write() as tx:
        row = await broadcasts.correct(tx, press(stopped, BEN), {"en": "At 3pm"}, WORLD, clock())
        await broadcasts.approve(tx, press(row, ANNA), WORLD, clock())
    for parcel in on_their_way:
        await dispatcher._deliver(parcel)
    await dispatcher._exchange(claim=False)
    for _ in range(3):
        await broadcasts.tick(store, WORLD, clock())
        clock.forward(seconds=5)
        await dispatcher.step()
    assert first_words(channel.texts) == ["At 2pm", "At 2pm"]
    clock.forward(seconds=61)
    for _ in range(2):
        await settled(store, clock, dispatcher)
    assert first_words(channel.texts) == ["At 2pm", "At 2pm", "At 3pm", "At 3pm"]
    assert len(channel.edited) == 2 and (await now_at(store, row.id)).state == "done"
