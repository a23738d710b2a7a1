"""What is past its time is gone with the daily sweep; the rest stays."""

import pytest

from bot import forms
from bot.model import Say
from bot.store import ledger as ledger_store
from bot.store import letters, notices
from bot.store.consents import withdraw
from bot.store.engine import Store
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter
from bot.store.retention import RETENTION, sweep
from bot.store.tables import arrivals, consents, handovers, ledger, people, questions
from bot.store.tables import letters as letter_rows
from bot.store.tables import notices as notice_rows
from tests.databases import Clock, column, rows
from tests.store.everyone import settle_in, traces, wait_in_the_inbox


async def settled(store: Store, clock: Clock) -> str:
    async with store.write() as tx:
        return await settle_in(tx, clock())


async def close_everything(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.execute(ledger.update().values(state="sent"))
        await tx.execute(handovers.update().values(state="closed", closed=clock()))


async def test_nothing_goes_before_its_time(store: Store, clock: Clock) -> None:
    await settled(store, clock)
    clock.forward(hours=23)
    assert set((await sweep(store, clock())).values()) == {0}


async def test_answers_of_an_unfinished_flow_go_after_a_day_but_where_they_were_stays(
    store: Store, clock: Clock
) -> None:
    await settled(store, clock)
    clock.forward(hours=25)
    await sweep(store, clock())
    person = forms.read_person((await column(store, people, "state"))[0])
    assert person.place is not None
    assert (person.place.kept, person.place.run, dict(person.remembered)) == ((), 1, {"cancer": "lung"})


async def test_sent_replies_go_after_a_day_and_planned_messages_stay(store: Store, clock: Clock) -> None:
    await settled(store, clock)
    async with store.write() as tx:
        await tx.execute(ledger.update().where(ledger.c.urgency == 0).values(state="sent"))
    clock.forward(hours=25)
    await sweep(store, clock())
    assert await column(store, ledger, "state") == ["planned"]


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
async def test_update_numbers_are_remembered_for_a_week(
    store: Store, clock: Clock, days: int, left: int
) -> None:
    await settled(store, clock)
    clock.forward(days=days)
    await sweep(store, clock())
    assert len(await rows(store, arrivals)) == left


async def test_an_update_that_still_waits_is_never_swept(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await wait_in_the_inbox(tx, clock())
    clock.forward(days=400)
    await sweep(store, clock())
    assert await column(store, arrivals, "payload") == ["words"]


async def test_a_closed_call_back_goes_after_30_days_and_shared_questions_after_90(
    store: Store, clock: Clock
) -> None:
    await settled(store, clock)
    await close_everything(store, clock)
    clock.forward(days=31)
    await sweep(store, clock())
    assert (await rows(store, handovers), len(await rows(store, questions))) == ([], 1)
    clock.forward(days=60)
    await sweep(store, clock())
    assert await rows(store, questions) == []


async def test_an_open_call_back_keeps_its_person(store: Store, clock: Clock) -> None:
    await settled(store, clock)
    clock.forward(days=400)
    await sweep(store, clock())
    assert len(await rows(store, people)) == 1


async def test_someone_without_a_consent_is_forgotten_whole_after_30_days(store: Store, clock: Clock) -> None:
    id = await settled(store, clock)
    await close_everything(store, clock)
    async with store.write() as tx:
        await withdraw(tx, id, "reminders", clock())
    clock.forward(days=31)
    await sweep(store, clock())
    async with store.read() as tx:
        assert await traces(tx, id) == []
    assert await rows(store, consents) == []


async def test_a_letter_goes_when_its_last_message_has_gone(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        kept = await letters.write(tx, Letter("news", Say("News")), clock())
        await letters.write(tx, Letter("old", Say("Old")), clock())
        person = await settle_in(tx, clock())
        held = Planned("k", Urgency.BROADCAST, "broadcast:1", person, "telegram", "5", clock(), kept, "held")
        await ledger_store.plan(tx, [held], clock())
        await notices.add(tx, "late", "occasion:5", clock())
    clock.forward(days=100)
    await sweep(store, clock())
    assert await column(store, letter_rows, "key") == ["news"]
    assert await rows(store, notice_rows) == []


def test_every_period_is_in_the_one_table() -> None:
    assert {rule.what: rule.keep.days for rule in RETENTION} == {
        "answers in flows": 1,
        "remembered answers, and people without a consent": 30,
        "people with a consent": 365,
        "replies": 1,
        "reminders": 7,
        "programmes that are over": 30,
        "broadcasts": 30,
        "bookings, after their session": 7,
        "update numbers": 7,
        "answers of the team": 30,
        "talks that nobody goes on with": 30,
        "requests for the team, once closed": 30,
        "letters that nobody got": 30,
        "notices to staff": 90,
        "shared questions": 90,
        "sign-ins of staff, once over": 0,
        "invitations of staff, once over": 7,
        "audit log": 365,
    }
