"""Planned messages arrive: once, in order, at the pace the channel allows, whoever dies on the way."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.failures import Gone, Moved, Refused, TryLater, Unsure
from bot.messaging.pace import Pace
from bot.model import EraseMe, Say, StopMessages
from bot.service import Service
from bot.store import outgoing, people, settling
from bot.store.engine import Store
from bot.store.ledger import Urgency
from bot.store.outgoing import LEASE, Wish
from bot.store.tables import counters, ledger
from bot.store.tables import people as people_table
from tests.databases import Clock, column, rows
from tests.messaging.fakes import FAST, ONE_AT_ONCE, FakeChannel, dispatcher_of, plan, steps
from tests.service.fakes import FakeNavigator, raw, translate
from tests.store.everyone import ADDRESS, reminder, settle_in, wait_in_the_inbox


async def someone(store: Store, clock: Clock) -> str:
    """Ann, with one reply and one reminder planned."""
    async with store.write() as tx:
        return await settle_in(tx, clock())


def wish(owner: str) -> Wish:
    return Wish(owner, 5, Urgency.BROADCAST)


async def remind(store: Store, person: str, due: datetime, urgency: Urgency) -> None:
    async with store.write() as tx:
        await reminder(tx, person, ADDRESS, due, urgency)


async def test_a_planned_message_is_sent_and_its_number_kept(store: Store, clock: Clock) -> None:
    await someone(store, clock)
    await dispatcher_of(store, clock, FakeChannel()).step()
    first, *_ = await rows(store, ledger)
    assert (first["state"], first["message"], first["owner"]) == ("sent", "message 1", None)


async def test_messages_of_one_person_go_one_at_a_time_in_order(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    await plan(store, clock, ["one", "two", "three"])
    assert [await dispatcher.step() for _ in range(4)] == [1, 1, 1, 0]
    assert channel.texts == ["one", "two", "three"]


async def test_different_people_are_served_together(store: Store, clock: Clock) -> None:
    for number in range(5):
        await plan(store, clock, ["hello"], f"person{number}", number)
    assert await dispatcher_of(store, clock, FakeChannel()).step() == 5


async def test_a_later_message_waits_for_an_earlier_one_that_could_not_go(store: Store, clock: Clock) -> None:
    channel = FakeChannel({"one": [TryLater(5.0)]})
    dispatcher = dispatcher_of(store, clock, channel)
    await plan(store, clock, ["one", "two"])
    await steps(dispatcher, 3)
    assert channel.texts == []
    clock.forward(seconds=6)
    await steps(dispatcher, 2)
    assert channel.texts == ["one", "two"]


async def test_a_refused_message_never_blocks_those_behind_it(store: Store, clock: Clock) -> None:
    channel = FakeChannel({"one": [Refused("bad markup")]})
    await plan(store, clock, ["one", "two"])
    await steps(dispatcher_of(store, clock, channel), 2)
    assert channel.texts == ["two"]
    assert await column(store, counters, "name") == ["reply lost"]


async def test_a_bug_in_drawing_one_message_parks_that_message_only(store: Store, clock: Clock) -> None:
    channel = FakeChannel({"one": [KeyError("our bug")]})
    await plan(store, clock, ["one", "two"])
    await steps(dispatcher_of(store, clock, channel), 2)
    assert channel.texts == ["two"]


async def test_replies_go_before_reminders_before_broadcasts(store: Store, clock: Clock) -> None:
    person = await someone(store, clock)
    await remind(store, person, clock() - timedelta(hours=1), Urgency.BROADCAST)
    await steps(dispatcher_of(store, clock, FakeChannel()), 3)
    found = await rows(store, ledger)
    order = sorted(found, key=lambda row: int(row["message"].removeprefix("message ")))
    assert [row["urgency"] for row in order] == [0, 1, 2]


async def test_a_reminder_for_tomorrow_does_not_hold_up_todays_reply(store: Store, clock: Clock) -> None:
    person = await someone(store, clock)
    await remind(store, person, clock() + timedelta(days=1), Urgency.REMINDER)
    channel = FakeChannel()
    await plan(store, clock, ["answer"], ADDRESS, 99)
    await steps(dispatcher_of(store, clock, channel), 5)
    assert channel.texts == ["Hello", "answer", "Hello"]
    assert sorted(await column(store, ledger, "state")) == ["planned", "sent", "sent"]


async def test_a_clock_set_back_an_hour_holds_up_no_reply(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    await plan(store, clock, ["one"], arrival=1)
    await dispatcher.step()
    clock.forward(hours=-1)
    await plan(store, clock, ["two"], arrival=2)
    await dispatcher.step()
    assert channel.texts == ["one", "two"]


async def test_a_429_silences_every_sender_of_this_bot(
    store: Store, other_store: Store, clock: Clock
) -> None:
    channel = FakeChannel({"one": [TryLater(3.0, everyone=True)]})
    first, second = dispatcher_of(store, clock, channel), dispatcher_of(other_store, clock, channel)
    await plan(store, clock, ["one"], "ann", 1)
    await first.step()
    await plan(store, clock, ["two"], "bob", 2)
    assert [await first.step(), await second.step()] == [0, 0]
    clock.forward(seconds=3, milliseconds=1)
    assert await second.step() == 2


async def test_all_senders_together_keep_the_pace(store: Store, other_store: Store, clock: Clock) -> None:
    pace = Pace(per_second=10.0)
    channel = FakeChannel()
    both = [dispatcher_of(one, clock, channel, pace) for one in (store, other_store)]
    for number in range(8):
        await plan(store, clock, ["hello"], f"person{number}", number)
    assert [await one.step() for one in both] == [1, 0]
    clock.forward(milliseconds=101)
    assert [await one.step() for one in both] == [1, 0]


async def test_one_chat_gets_a_short_burst_and_then_its_own_pace(store: Store, clock: Clock) -> None:
    dispatcher = dispatcher_of(store, clock, FakeChannel(), ONE_AT_ONCE)
    person = await someone(store, clock)
    await remind(store, person, clock(), Urgency.BROADCAST)
    assert [await dispatcher.step(), await dispatcher.step()] == [1, 0]
    clock.forward(seconds=4)
    assert await dispatcher.step() == 1


async def test_a_reply_that_may_have_arrived_is_sent_again_and_counted(store: Store, clock: Clock) -> None:
    await someone(store, clock)
    dispatcher = dispatcher_of(store, clock, FakeChannel({"Hello": [Unsure()]}))
    await dispatcher.step()
    clock.forward(seconds=1)
    await dispatcher.step()
    first, *_ = await rows(store, ledger)
    assert (first["state"], first["repeats"]) == ("sent", 1)


async def test_a_broadcast_that_may_have_arrived_is_left_to_staff(store: Store, clock: Clock) -> None:
    person = await someone(store, clock)
    channel = FakeChannel()
    await steps(dispatcher_of(store, clock, channel), 2)
    await remind(store, person, clock(), Urgency.BROADCAST)
    channel.failures["Hello"] = [Unsure()]
    await steps(dispatcher_of(store, clock, channel), 2)
    assert (await column(store, ledger, "state"))[-1] == "unsure"


async def test_a_blocked_chat_is_marked_and_its_reminders_end(store: Store, clock: Clock) -> None:
    await someone(store, clock)
    await steps(dispatcher_of(store, clock, FakeChannel({"Hello": [Gone()]})), 2)
    assert await column(store, people_table, "reachable") == [False]
    assert await column(store, ledger, "reason") == ["gone", "gone"]


async def test_whoever_blocked_us_and_writes_again_is_reachable_again(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        known = await people.lock(tx, "telegram", "ann", clock())
        await people.unreachable(tx, "telegram", "ann")
        assert known is not None
        await people.save(tx, known, known.person, clock())
    assert await column(store, people_table, "reachable") == [True]


async def test_a_chat_that_moved_gets_everything_at_its_new_address(store: Store, clock: Clock) -> None:
    await someone(store, clock)
    async with store.write() as tx:
        await wait_in_the_inbox(tx, clock())
    channel = FakeChannel({"Hello": [Moved("new")]})
    await steps(dispatcher_of(store, clock, channel), 3)
    assert channel.arrived == [("new", "Hello"), ("new", "Hello")]
    assert await column(store, people_table, "address") == ["new"]


async def test_the_living_take_over_a_dead_senders_messages(
    store: Store, other_store: Store, clock: Clock
) -> None:
    await someone(store, clock)
    async with store.write() as tx:
        assert len(await outgoing.claim(tx, "telegram", wish("dead"), FAST.chat, clock())) == 1
    living = dispatcher_of(other_store, clock, FakeChannel())
    assert await living.step() == 0
    clock.forward(seconds=LEASE.total_seconds() + 1)
    await living.step()
    clock.forward(seconds=2)
    await living.step()
    first, *_ = await rows(store, ledger)
    assert (first["state"], first["repeats"], first["attempts"]) == ("sent", 1, 2)


async def test_a_late_sender_cannot_overwrite_what_the_living_wrote(store: Store, clock: Clock) -> None:
    await someone(store, clock)
    async with store.write() as tx:
        (late,) = await outgoing.claim(tx, "telegram", wish("slow"), FAST.chat, clock())
    clock.forward(seconds=LEASE.total_seconds() + 1)
    await dispatcher_of(store, clock, FakeChannel()).step()
    async with store.write() as tx:
        done = outgoing.Settled("failed", clock(), 0, "too late")
        await settling.settle(tx, [(late, done)], clock())
    assert "failed" not in await column(store, ledger, "state")


async def test_what_an_erased_person_was_told_is_deleted_once_it_is_out(store: Store, clock: Clock) -> None:
    navigator = FakeNavigator({"delete": (EraseMe(), Say("All gone."))})
    service = Service(store, lambda: navigator, clock, {"telegram": translate})
    await service.accept([raw("delete", "1")])
    await service.work()
    channel = FakeChannel()
    await dispatcher_of(store, clock, channel).step()
    assert channel.texts == ["All gone."]
    assert await rows(store, ledger) == []


async def test_stop_ends_reminders_at_once_and_its_own_answer_still_goes(store: Store, clock: Clock) -> None:
    await someone(store, clock)
    navigator = FakeNavigator({"stop": (StopMessages(), Say("Stopped."))})
    service = Service(store, lambda: navigator, clock, {"telegram": translate})
    await service.accept([raw("stop", "1", ADDRESS)])
    await service.work()
    channel = FakeChannel()
    await steps(dispatcher_of(store, clock, channel), 4)
    assert channel.texts == ["Hello", "Stopped."]
    assert await column(store, ledger, "reason") == [None, "stopped", None]


async def test_the_sender_sends_by_itself_and_writes_everything_down_when_stopped(
    store: Store, clock: Clock
) -> None:
    stop, channel = asyncio.Event(), StoppingChannel()
    channel.stop = stop
    running = asyncio.create_task(dispatcher_of(store, clock, channel).run(stop))
    await someone(store, clock)
    store.planned.set()
    await asyncio.wait_for(running, 5)
    assert (await column(store, ledger, "state"))[0] == "sent"


class StoppingChannel(FakeChannel):
    """Asks the sender to stop while it is in the middle of sending."""

    stop: asyncio.Event

    async def send(self, address: str, say: Say, key: str) -> str:
        self.stop.set()
        await asyncio.sleep(0)
        return await super().send(address, say, key)


async def test_results_are_kept_until_they_are_written_down(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await someone(store, clock)
    channel = FakeChannel()
    dispatcher = dispatcher_of(store, clock, channel)
    with monkeypatch.context() as broken:
        broken.setattr(settling, "settle", fail_to_settle)
        with pytest.raises(ConnectionError):
            await dispatcher.step()
    await dispatcher.step()
    assert (len(channel.arrived), (await column(store, ledger, "state"))[0]) == (2, "sent")


async def fail_to_settle(tx: object, results: list[object], now: datetime) -> None:
    if results:
        raise ConnectionError


async def test_several_senders_on_one_database_send_everything_once_and_in_order(
    store: Store, other_store: Store, clock: Clock
) -> None:
    channel = FakeChannel()
    open_chat = Pace(per_second=100_000.0, chat=FAST.chat._replace(messages=100))
    senders = [dispatcher_of(one, clock, channel, open_chat) for one in (store, other_store)] * 2
    names = [f"person{number}" for number in range(8)]
    for number, name in enumerate(names):
        await plan(store, clock, [str(place) for place in range(6)], name, number)
    await asyncio.gather(*(steps(sender, 12) for sender in senders))
    for name in names:
        assert [text for address, text in channel.arrived if address == name] == [str(n) for n in range(6)]
