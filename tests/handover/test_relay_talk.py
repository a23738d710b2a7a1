"""A talk in writing, from the person's side: begun, gone on with, ended, found again, taken back."""

from dataclasses import replace
from datetime import time

from bot.conversation.navigator import Navigator
from bot.handover import queue
from bot.handover.words import Asked, Press, Who
from bot.hours import Hours, Opening
from bot.store import people, retention
from bot.store.engine import Store
from bot.store.held import held
from bot.store.tables import handovers, ledger, relays
from tests.databases import Clock
from tests.handover.people import WORLD, Patient, hired

OFFICE = Hours(tuple(Opening(day, time(9), time(17)) for day in range(5)))


async def begun(store: Store, clock: Clock, topic: str = "Moving and exercise") -> Patient:
    """Somebody has sent their first message."""
    patient = Patient(store, clock)
    await patient.say("person")
    await patient.tap("Write to the team here")
    if "Is that OK?" in patient.shown:
        await patient.tap("Yes")
    await patient.tap(topic)
    assert "I passed it on" in await patient.say("my knees hurt")
    return patient


async def only(store: Store) -> Asked:
    """The one request there is."""
    async with store.read() as tx:
        [asked] = (await queue.listed(tx, states=("open", "claimed", "done", "cancelled"))).rows
        return asked


async def texts(store: Store) -> list[str]:
    async with store.read() as tx:
        return [row.text for row in await tx.execute(relays.select().order_by(relays.c.id))]


async def answers(store: Store, clock: Clock, who: Who, text: str) -> None:
    asked = await only(store)
    async with store.write() as tx:
        await queue.answer(tx, Press(asked.id, asked.version, who), text, WORLD, clock())


async def closes(store: Store, clock: Clock, who: Who) -> None:
    asked = await only(store)
    async with store.write() as tx:
        await queue.done(tx, Press(asked.id, asked.version, who), WORLD, clock())


async def test_what_is_typed_goes_to_the_team_of_the_topic(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    await patient.say("and my nhs number is 943 476 5919")
    assert "I have not kept it" in patient.shown
    asked = await only(store)
    assert (asked.kind, asked.team, asked.unanswered) == ("relay", "physio", 2)
    assert await texts(store) == ["my knees hurt", "and my nhs number is …"]


async def test_hello_buttons_and_commands_are_the_chats_and_never_the_teams(
    store: Store, clock: Clock
) -> None:
    patient = await begun(store, clock)
    for said in ("menu", "hello", "language", "/help", "help"):
        await patient.say(said)
    await patient.say("how do i sleep better at night")
    await patient.tap("Ask the chat instead")
    assert "The team has your message" in patient.shown and "sleep" in patient.shown.lower()
    assert await texts(store) == ["my knees hurt", "how do i sleep better at night"]


async def test_a_message_that_is_too_long_is_not_cut_but_refused(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    assert "I have not passed it on" in await patient.say("my knee " * 200)
    assert await texts(store) == ["my knees hurt"]


async def test_when_the_team_is_there_is_said_before_and_after(store: Store, clock: Clock) -> None:
    world = WORLD
    local = replace(world.local, hours=OFFICE)
    patient = Patient(store, clock, navigator=Navigator(replace(world, local=local)))
    assert "The team is there now." in await patient.say("person")
    clock.forward(hours=8)
    assert "The team is back on Tuesday 24 November at 9am." in await patient.tap("Write to the team here")


async def test_after_the_end_words_are_the_chats_again_and_an_unanswered_talk_is_wiped(
    store: Store, clock: Clock
) -> None:
    patient = await begun(store, clock)
    assert "Your talk with the team is over" in await patient.tap("End talk to the team")
    await patient.say("what is prehab")
    assert (await only(store)).state == "cancelled" and await texts(store) == []


async def test_within_7_days_the_same_talk_opens_again_and_later_a_new_one_begins(
    store: Store, clock: Clock
) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    await answers(store, clock, ann, "Try ice.")
    await closes(store, clock, ann)
    await patient.say("what is prehab")
    assert len(await texts(store)) == 2
    clock.forward(days=6)
    await patient.command("talk-again")
    await patient.say("it did not help me")
    asked = await only(store)
    assert (asked.state, asked.claimed_by, asked.asked, asked.unanswered) == ("open", None, clock(), 1)
    await closes(store, clock, ann)
    clock.forward(days=8)
    await patient.command("talk-again")
    await patient.say("me again please")
    async with store.read() as tx:
        listed = (await queue.listed(tx)).rows
    assert [(one.team, one.unanswered) for one in listed] == [("physio", 1)] and listed[0].id != asked.id


async def test_the_answer_stands_on_the_page_of_the_web_chat_until_the_talk_is_forgotten(
    store: Store, clock: Clock
) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    await answers(store, clock, ann, "Try ice.")
    async with store.write() as tx:
        await tx.execute(ledger.update().values(state="sent", touched=clock()))
    clock.forward(days=3)
    await retention.sweep(store, clock())
    page = await patient.service.recent("web", patient.address, 20)
    assert [say.text for say in page] == ["From the team (physio):\nTry ice."]


async def test_stop_ends_the_talk_too_and_says_so(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    assert "I have ended your talk with the team, too" in await patient.say("stop")
    assert (await only(store)).state == "cancelled" and await patient.relay() == 0


async def test_taking_the_consent_back_forgets_all_of_the_talk(store: Store, clock: Clock) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    await answers(store, clock, ann, "Try ice.")
    assert "my knees hurt" in await patient.say("my data") and "the team: Try ice." in patient.shown
    await patient.tap("Delete my talk with the team")
    async with store.read() as tx:
        assert [list(await tx.execute(table.select())) for table in (handovers, relays)] == [[], []]
        assert not list(await tx.execute(ledger.select().where(ledger.c.about.is_not(None))))
    assert await patient.relay() == 0


async def test_everything_of_a_talk_goes_with_the_person(store: Store, clock: Clock) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    await answers(store, clock, ann, "Try ice.")
    async with store.read() as tx:
        person = await people.find(tx, "web", patient.address)
        assert person and "Try ice." in str(await held(tx, person.id))
    await patient.say("delete my data")
    await patient.tap("Yes, delete everything")
    assert await texts(store) == []
    async with store.read() as tx:
        assert not list(await tx.execute(handovers.select()))


async def test_a_talk_that_nobody_goes_on_with_closes_after_30_days_and_goes_30_days_later(
    store: Store, clock: Clock
) -> None:
    patient = await begun(store, clock)
    clock.forward(days=29)
    await retention.sweep(store, clock())
    assert (await only(store)).state == "open"
    clock.forward(days=2)
    await retention.sweep(store, clock())
    assert (await only(store)).state == "done" and await patient.relay() == 0
    clock.forward(days=31)
    await retention.sweep(store, clock())
    assert await texts(store) == []


async def test_taking_a_call_back_back_leaves_the_talk_as_it_is(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    await patient.say("person")
    await patient.tap("A call back")
    for said in ("yes", "0131 496 0000", "skip", "skip", "skip", "yes"):
        await patient.say(said)
    await patient.say("back")
    async with store.read() as tx:
        assert [one.kind for one in (await queue.listed(tx)).rows] == ["relay"]
    assert await patient.relay() == 1
