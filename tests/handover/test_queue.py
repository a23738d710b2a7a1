"""The queue: claimed once, passed on, answered in the team's name, closed, and every step written down."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row

from bot.handover import queue
from bot.handover.words import Asked, Page, Press, Refusal, Who
from bot.model import AskHandover, Say
from bot.store import audit, handovers, ledger, people, relays
from bot.store.engine import Store
from bot.store.relays import Post
from bot.store.tables import ledger as messages
from bot.store.tables import measures
from tests.databases import Clock
from tests.handover.people import WORLD, asking, glance, hired, press, waiting


async def test_those_who_wait_longest_stand_first_and_nobody_is_named(store: Store, clock: Clock) -> None:
    first = await waiting(store, clock, "a")
    clock.forward(minutes=5)
    call = AskHandover("Money or work", "0131 496 0000", "rent", kind="call", team="money")
    second = await waiting(store, clock, "b", call)
    async with store.read() as tx:
        listed = await queue.listed(tx)
        money = await queue.listed(tx, "money")
        page = await queue.listed(tx, page=Page(1, 1))
    assert [one.id for one in listed.rows] == [first.id, second.id] and listed.total == 2
    assert [one.id for one in money.rows] == [second.id] == [one.id for one in page.rows]
    assert (first.kind, first.team, first.unanswered, second.unanswered) == ("relay", "nurse", 1, 0)
    assert len(first.code) == 4 and first.code != second.code
    assert "rent" not in repr(listed) and "0131" not in repr(listed)


async def test_two_navigators_press_claim_at_once_and_one_hears_who_was_quicker(
    store: Store, other_store: Store, clock: Clock
) -> None:
    ann, ben = await hired(store, clock, "Ann"), await hired(store, clock, "Ben")
    asked = await waiting(store, clock)

    async def claims(where: Store, who: Who) -> str:
        try:
            async with where.write() as tx:
                await queue.claim(tx, press(asked, who), WORLD, clock())
        except Refusal as refusal:
            return WORLD.content.texts["en"][refusal.key][0] + str(refusal.values)
        return who.name

    won, lost = sorted(await asyncio.gather(claims(store, ann), claims(other_store, ben)), key=len)
    after = await glance(store, asked.id)
    assert after.state == "claimed" and after.claimer == won
    assert won in lost and "10:00" in lost and "Nothing was changed" in lost


async def test_reading_somebodys_words_is_written_down_by_the_reading_itself(
    store: Store, clock: Clock
) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock)
    async with store.write() as tx:
        opened = await queue.one(tx, asked.id, ann, clock())
        rows = await audit.latest(tx, 9)
    assert [one.text for one in opened.messages] == ["I feel low"]
    assert [(row.name, row.what, row.about) for row in rows] == [("Ann", "handover.read", asked.about)]
    assert "low" not in repr(rows)


async def test_an_answer_goes_to_the_person_at_once_in_the_teams_name(store: Store, clock: Clock) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock)
    clock.forward(minutes=30)
    async with store.write() as tx:
        number = await queue.answer(tx, press(asked, ann), " Thank you. Try a walk. ", WORLD, clock())
    [row] = await _about(store, asked)
    assert row.key == f"relay:{number}" and row.urgency == ledger.Urgency.REPLY and row.state == "planned"
    assert "From the team (nurse):\\nThank you. Try a walk." in row.body and "Ann" not in row.body
    after = await glance(store, asked.id)
    assert (after.state, after.claimer, after.answered, after.unanswered) == ("claimed", "Ann", clock(), 0)
    assert await _counted(store) == {"nurse/claimed": "hour", "nurse/answered": "hour"}


async def test_an_answer_of_one_who_has_not_read_the_newest_message_is_not_sent(
    store: Store, clock: Clock
) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock)
    async with store.write() as tx:
        seen = (await queue.one(tx, asked.id, ann, clock())).seen
        await relays.add(tx, Post(asked.id, asked.person, "No, wait"), clock())
    with pytest.raises(Refusal, match="new-message"):
        async with store.write() as tx:
            await queue.answer(tx, press(asked, ann), "Yes", WORLD, clock(), seen)
    assert await _about(store, asked) == [] and (await glance(store, asked.id)).state == "open"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  ", "empty"),
        ("x" * 2001, "too-long"),
        ("See http://example.org", "link"),
        ("Your number is 943 476 5919", "private"),
    ],
)
async def test_what_must_not_be_sent_is_refused_with_its_reason(
    store: Store, clock: Clock, text: str, why: str
) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock)
    with pytest.raises(Refusal, match=why):
        async with store.write() as tx:
            await queue.answer(tx, press(asked, ann), text, WORLD, clock())


async def test_passing_on_and_giving_back_open_it_again_for_others(store: Store, clock: Clock) -> None:
    ann, ben = await hired(store, clock, "Ann"), await hired(store, clock, "Ben")
    asked = await waiting(store, clock)
    async with store.write() as tx:
        asked = await queue.claim(tx, press(asked, ann), WORLD, clock())
        asked = await queue.pass_on(tx, press(asked, ann), "physio", WORLD, clock())
        assert (asked.state, asked.team, asked.claimed_by) == ("open", "physio", None)
        asked = await queue.claim(tx, press(asked, ben), WORLD, clock())
    with pytest.raises(Refusal, match="claimed"):
        async with store.write() as tx:
            await queue.answer(tx, press(asked, ann), "Hello", WORLD, clock())
    async with store.write() as tx:
        asked = await queue.release(tx, press(asked, ann), WORLD, clock())
        whats = [row.what for row in await audit.latest(tx, 9)]
    assert asked.state == "open"
    assert whats == ["handover.release", "handover.claim", "handover.pass-on", "handover.claim"]


async def test_a_call_that_was_made_is_done_and_its_wait_is_counted_once(store: Store, clock: Clock) -> None:
    ann = await hired(store, clock, "Ann")
    call = AskHandover("Money or work", "0131 496 0000", "rent", kind="call", team="money", area="lothian")
    asked = await waiting(store, clock, "b", call)
    clock.forward(hours=20)
    async with store.write() as tx:
        asked = await queue.called(tx, press(asked, ann), WORLD, clock())
        asked = await queue.done(tx, press(asked, ann), WORLD, clock())
        waits = await queue.waits(tx, None, WORLD, clock())
    assert (asked.state, asked.closer) == ("done", "Ann") and await _about(store, asked) == []
    assert set((await _counted(store)).values()) == {"next-day"}
    assert waits.answered == {"next-day": 1} and waits.median_answer == timedelta(hours=20)


async def test_closing_a_talk_tells_the_person_and_gives_the_chat_back(store: Store, clock: Clock) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock)
    async with store.write() as tx:
        done = await queue.done(tx, press(asked, ann), WORLD, clock())
    with pytest.raises(Refusal, match="done"):
        async with store.write() as tx:
            await queue.done(tx, press(asked, ann), WORLD, clock())
    [row] = await _about(store, done)
    assert "The team has ended this talk" in row.body
    async with store.read() as tx:
        person = await people.of_id(tx, asked.person)
    assert person and person.relay == 0


async def test_one_that_the_person_took_back_or_that_never_was_is_refused(store: Store, clock: Clock) -> None:
    ann, asked = await hired(store, clock, "Ann"), await waiting(store, clock)
    async with store.write() as tx:
        await handovers.cancel(tx, asked.person, clock(), "relay")
    for id, why in ((asked.id, "ended"), (99, "unknown")):
        with pytest.raises(Refusal, match=why):
            async with store.write() as tx:
                await queue.claim(tx, Press(id, asked.version, ann), WORLD, clock())
    async with store.write() as tx:
        opened = await queue.one(tx, asked.id, ann, clock())
    assert opened.messages == [] and opened.words.note == ""


async def test_a_second_call_back_takes_the_place_of_the_first(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        for note in ("first", "second"):
            await asking(tx, clock(), "b", AskHandover("Money", "0131 496 0000", note))
        await asking(tx, clock(), "b")
        listed = await queue.listed(tx)
        taken_back = await queue.listed(tx, states=("cancelled",))
    assert [one.kind for one in listed.rows] == ["call", "relay"] and taken_back.total == 1


async def _about(store: Store, asked: Asked) -> list[Row[Any]]:
    async with store.read() as tx:
        return list(await tx.execute(messages.select().where(messages.c.about == asked.about)))


async def _counted(store: Store) -> dict[str, str]:
    async with store.read() as tx:
        rows = await tx.execute(measures.select().where(measures.c.period == "2026-11"))
        return {
            row.what: row.outcome for row in rows if row.name == "handover" and row._mapping["count"] == 1
        }


async def test_what_a_person_sees_names_the_team_and_nobody(store: Store, clock: Clock) -> None:
    call = await waiting(store, clock, "b", AskHandover("Moving", "0131 496 0000", team="physio"))
    assert queue.check_answer("Hello", call, WORLD) == Say("From the team (physio):\nHello")
