"""What people type, send and tap while they write with the team: an answer to the team is never swallowed."""

import pytest

from bot.model import Located, Said, Sent
from bot.store.engine import Store
from bot.store.tables import handovers, ledger
from tests.databases import Clock
from tests.handover.people import Patient, hired
from tests.handover.test_relay_talk import answers, begun, only, texts
from tests.worlds import Talk, real

ANSWERS = ("2", "yes", "no", "ok", "thank you", "the first one", "i dont understand", "i need help")


async def test_whatever_answers_the_teams_question_goes_to_the_team(store: Store, clock: Clock) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    await answers(store, clock, ann, "How many days a week do you walk?")
    for said in ANSWERS:
        assert "I passed it on" in await patient.say(said), said
    await patient.command("talk-again")
    await patient.say("yes")
    assert (await texts(store))[2:] == [*ANSWERS, "yes"]
    assert (await only(store)).state == "claimed"


async def test_the_talk_is_ended_in_words_too(store: Store, clock: Clock) -> None:
    for said in ("end talk", "End talk to the team", "end the chat"):
        patient = Patient(store, clock, said)
        for line in ("person", "write", "yes", "other", "my knees hurt"):
            await patient.say(line)
        assert "Your talk with the team is over" in await patient.say(said)


async def test_the_menu_and_help_say_that_the_talk_is_still_open(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    for said in ("menu", "hello", "back", "help"):
        await patient.say(said)
        if said == "back":
            await patient.say("my knees hurt")
            continue
        assert "You are still writing with the team" in patient.shown
        assert "You can also just type a question" not in patient.shown
    await patient.say("menu")
    assert "over" in await patient.tap("End talk to the team")
    assert "still writing" not in await patient.say("menu")


async def test_a_question_that_is_open_does_not_keep_people_from_answering_the_team(
    store: Store, clock: Clock
) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    for said in ("find a class", "EH6"):
        await patient.say(said)
    await answers(store, clock, ann, "How many days a week do you walk?")
    async with store.read() as tx:
        [sent] = await tx.execute(ledger.select().where(ledger.c.key.like("relay:%")))
    assert "Write back to the team" in sent.body
    assert "I did not send that to the team" in await patient.say("2 days")
    assert "Carry on where I was" in await patient.command("talk-again")
    assert "I passed it on" in await patient.say("2 days")
    assert (await texts(store))[-1] == "2 days"
    assert "How would you like to take part?" in await patient.say("carry on")


async def test_photos_places_and_changed_messages(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    assert "I did not pass it on to the team" in await patient.send(Sent("photo"))
    await patient.send(Sent("photo", "this knee"))
    await patient.send(Said("the left knee", edited=True))
    assert "take part" in await patient.send(Located(55.95, -3.19))
    assert await texts(store) == ["my knees hurt", "this knee", "the left knee"]


async def test_i_am_not_in_danger_can_be_typed_below_a_card_in_a_talk(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    await patient.say("i have crushing chest pain")
    assert "URGENT" in await patient.say("I am not in danger")
    assert len(await texts(store)) == 2


async def test_a_first_message_that_is_too_long_is_not_told_a_wrong_limit(store: Store, clock: Clock) -> None:
    patient = Patient(store, clock)
    for said in ("person", "write", "yes", "other", "my knee " * 160):
        await patient.say(said)
    assert "too long" in patient.shown and "300" not in patient.shown
    assert "Up to 1,000 letters" in patient.shown and await texts(store) == []


async def test_my_data_tells_a_call_that_was_taken_back_as_such(store: Store, clock: Clock) -> None:
    patient = Patient(store, clock)
    for said in ("person", "a call back", "yes", "0131 496 0000", "feelings", "skip", "am", "yes", "back"):
        await patient.say(said)
    told = (await patient.say("my data")).partition("Here is all of it")[0]
    assert "How I feel (you took it back)" in told and "True" not in told
    async with store.read() as tx:
        assert [row.phone for row in await tx.execute(handovers.select())] == [""]


@pytest.mark.parametrize(
    "said",
    [
        "cn i spk to sumone pls",
        "can sumone ring me",
        "i want to tlk 2 sum1",
        "can i chat wi a nurse",
        "need to speak w somebdy",
        "want a call back please",
    ],
)
def test_the_wish_for_a_person_is_read_in_broken_spelling(said: str) -> None:
    assert "What would you like?" in Talk(real()).say(said)


@pytest.mark.parametrize("said", ["talking to my nurse helped", "how do i talk about dying with my person"])
def test_not_every_nurse_in_a_sentence_is_that_wish(said: str) -> None:
    assert "A call back" not in Talk(real()).say(said)
