"""Messages that share a letter, that come late, that change or take back others, and that must wait."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.failures import Refused, TryLater, Unsure
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.lateness import say_of
from bot.model import Say
from bot.quiet import NEVER_QUIET, Quiet
from bot.store import ledger, letters, notices, people, unsure
from bot.store.engine import Store
from bot.store.ledger import Act, Planned, Urgency
from bot.store.letters import Letter
from bot.store.people import Known
from bot.store.tables import ledger as rows_
from tests.databases import Clock, column
from tests.messaging.fakes import FAST, FakeChannel, dispatcher_of, steps

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Wish:
    """What a test plans; the rest is as usual."""

    due: datetime
    urgency: Urgency = Urgency.REMINDER
    act: Act = "send"
    target: str | None = None


async def someone(store: Store, clock: Clock, address: str = "ann") -> str:
    async with store.write() as tx:
        known = await people.lock(tx, "telegram", address, clock())
        assert known is not None
        return known.person.id


async def plan(store: Store, letter: Letter, wish: Wish, address: str = "ann") -> str:
    """One message with this letter; its key."""
    clock = Clock()
    person = await someone(store, clock, address)
    key = f"{letter.key}:{wish.act}:{wish.urgency}:{wish.due.timestamp()}:{address}"
    async with store.write() as tx:
        number = await letters.write(tx, letter, clock())
        where = (person, "telegram", address)
        planned = Planned(key, wish.urgency, "occasion:5", *where, wish.due, number, "planned", wish.act)
        await ledger.plan(tx, [planned if wish.target is None else _to(planned, wish.target)], clock())
    return key


def _to(planned: Planned, target: str) -> Planned:
    return replace(planned, target=target)


def a_letter(clock: Clock, **rule: object) -> Letter:
    return Letter("words", Say("Your session is tomorrow."), **rule)  # type: ignore[arg-type]


async def test_many_messages_share_one_letter(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    for name in ("ann", "bob"):
        await plan(store, a_letter(clock), Wish(clock()), name)
    await dispatcher_of(store, clock, channel).step()
    assert channel.texts == ["Your session is tomorrow."] * 2


async def test_planning_the_same_key_again_changes_nothing(store: Store, clock: Clock) -> None:
    await plan(store, a_letter(clock), Wish(clock()))
    await plan(store, a_letter(clock), Wish(clock()))
    assert len(await column(store, rows_, "id")) == 1


async def test_a_late_reminder_goes_out_in_its_short_form(store: Store, clock: Clock) -> None:
    channel, rule = FakeChannel(), {"short": Say("Today at 2pm."), "late": "short"}
    await plan(store, a_letter(clock, **rule, late_from=clock() + HOUR), Wish(clock()))
    clock.forward(hours=2)
    await dispatcher_of(store, clock, channel).step()
    assert channel.texts == ["Today at 2pm."]


@pytest.mark.parametrize("rule", ["send", "short", "drop"])
async def test_a_reminder_for_what_has_begun_is_dropped_and_staff_are_told(
    store: Store, clock: Clock, rule: str
) -> None:
    channel = FakeChannel()
    await plan(store, a_letter(clock, late=rule, useless_from=clock() + HOUR), Wish(clock()))
    clock.forward(hours=1)
    await dispatcher_of(store, clock, channel).step()
    async with store.read() as tx:
        (notice,) = await notices.untold(tx)
    assert (channel.texts, await column(store, rows_, "state")) == ([], ["dropped"])
    assert (notice.kind, notice.about, notice.times) == ("late", "occasion:5", 1)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@given(st.sampled_from(["send", "short", "drop"]), moments, moments, moments)
def test_a_message_is_never_sent_once_it_is_useless(
    rule: str, now: datetime, late: datetime, useless: datetime
) -> None:
    letter = Letter("k", Say("whole"), Say("short"), rule, late, useless)  # type: ignore[arg-type]
    said = say_of(letter, now)
    assert (said is None) if now >= useless else (said == letter.say or now >= late)


async def test_an_edit_changes_what_was_sent_and_a_delete_takes_it_away(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    await plan(store, Letter("new", Say("New words")), Wish(clock(), act="edit", target="77"))
    await plan(store, Letter("new", Say("New words")), Wish(clock(), act="delete", target="78"), "bob")
    await dispatcher_of(store, clock, channel).step()
    assert channel.edited == [("ann", "77", "New words")]
    assert (channel.deleted, channel.arrived) == ([("bob", "78")], [])
    assert await column(store, rows_, "state") == ["sent", "sent"]


async def test_an_edit_that_may_have_been_made_is_made_again(store: Store, clock: Clock) -> None:
    channel = FakeChannel({"New words": [Unsure(), Unsure()]})
    wish = Wish(clock(), Urgency.BROADCAST, "edit", "77")
    await plan(store, Letter("new", Say("New words")), wish)
    for _ in range(3):
        await dispatcher_of(store, clock, channel).step()
        clock.forward(seconds=10)
    assert await column(store, rows_, "state") == ["sent"]


async def test_in_quiet_hours_only_answers_go_out(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    sender = Dispatcher(store, {"telegram": channel}, FAST, clock, Quiet(time(9), time(11)))
    await plan(store, a_letter(clock), Wish(clock()))
    await plan(store, Letter("answer", Say("Yes, you can.")), Wish(clock(), Urgency.REPLY))
    await steps(sender, 2)
    assert channel.texts == ["Yes, you can."]
    clock.forward(hours=1)
    await sender.step()
    assert channel.texts == ["Yes, you can.", "Your session is tomorrow."]


async def test_for_a_day_after_an_emergency_only_answers_go_out(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    sender = Dispatcher(store, {"telegram": channel}, FAST, clock, NEVER_QUIET)
    await plan(store, a_letter(clock), Wish(clock()))
    async with store.write() as tx:
        known = await people.lock(tx, "telegram", "ann", clock())
        assert known is not None
        await _rest(tx, known, clock() + 24 * HOUR)
    assert await sender.step() == 0
    clock.forward(hours=24)
    assert await sender.step() == 1


async def _rest(tx: AsyncConnection, known: Known, until: datetime) -> None:
    await people.save(tx, known, replace(known.person, quiet_until=until))


async def test_a_group_gets_20_messages_a_minute_and_no_more(store: Store, clock: Clock) -> None:
    channel = FakeChannel()
    sender = dispatcher_of(store, clock, channel)
    for number in range(25):
        wish = Wish(clock() + timedelta(milliseconds=number - 30))
        await plan(store, Letter(f"news {number}", Say(str(number))), wish, "-100")
    for _ in range(30):
        await sender.step()
        clock.forward(seconds=1)
    assert len(channel.texts) == 20
    clock.forward(seconds=60)
    await steps(sender, 5)
    assert len(channel.texts) == 25


async def test_staff_see_what_is_unsure_and_send_it_again_or_leave_it(store: Store, clock: Clock) -> None:
    channel = FakeChannel({"Your session is tomorrow.": [Unsure(), Unsure()]})
    for name in ("ann", "bob"):
        await plan(store, a_letter(clock), Wish(clock(), Urgency.BROADCAST), name)
    await dispatcher_of(store, clock, channel).step()
    async with store.write() as tx:
        first, second = await unsure.listed(tx)
        assert [await unsure.resolve(tx, [first.id], True, "Ann", clock()) for _ in range(2)] == [1, 0]
        assert await unsure.resolve(tx, [second.id], False, "Ann", clock()) == 1
        assert await unsure.listed(tx) == []
    await dispatcher_of(store, clock, channel).step()
    assert channel.arrived == [("ann", "Your session is tomorrow.")]
    assert await column(store, rows_, "state") == ["sent", "dropped"]


async def test_a_poisoned_message_is_parked_and_shown_and_holds_up_nobody_else(
    store: Store, clock: Clock
) -> None:
    channel = FakeChannel({"bad": [Refused("too long")]})
    await plan(store, Letter("bad", Say("bad")), Wish(clock() - HOUR))
    await plan(store, Letter("good", Say("good")), Wish(clock()))
    await plan(store, Letter("good", Say("good")), Wish(clock()), "bob")
    sender = dispatcher_of(store, clock, channel)
    await steps(sender, 3)
    async with store.read() as tx:
        (parked,) = await unsure.parked(tx)
    assert (parked.about, parked.reason) == ("occasion:5", "refused too long")
    assert sorted(channel.arrived) == [("ann", "good"), ("bob", "good")]


async def test_a_message_that_is_tried_again_holds_up_later_ones_of_the_same_person_only(
    store: Store, clock: Clock
) -> None:
    channel = FakeChannel({"bad": [TryLater(60.0)] * 3})
    await plan(store, Letter("bad", Say("bad")), Wish(clock() - HOUR))
    await plan(store, Letter("good", Say("good")), Wish(clock()))
    await plan(store, Letter("good", Say("good")), Wish(clock()), "bob")
    await steps(dispatcher_of(store, clock, channel), 3)
    assert channel.arrived == [("bob", "good")]


async def test_who_stops_while_a_message_is_on_its_way_does_not_get_it_at_the_next_attempt(
    store: Store, clock: Clock
) -> None:
    await plan(store, a_letter(clock), Wish(clock()))
    channel = StoppedMeanwhile({"Your session is tomorrow.": [TryLater(1.0)]})
    channel.store, channel.clock = store, clock
    sender = dispatcher_of(store, clock, channel)
    await sender.step()
    clock.forward(minutes=5)
    assert await sender.step() == 0
    assert await column(store, rows_, "reason") == ["stopped"]


class StoppedMeanwhile(FakeChannel):
    """The person sends /stop while we try."""

    store: Store
    clock: Clock

    async def send(self, address: str, say: Say, key: str) -> str:
        async with self.store.write() as tx:
            known = await people.lock(tx, "telegram", address, self.clock())
            assert known is not None
            await people.save(tx, known, replace(known.person, stopped=True))
        return await super().send(address, say, key)
