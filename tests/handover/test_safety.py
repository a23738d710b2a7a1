"""A red flag in a note, in a first message and in an open talk: the card comes first, and nothing is lost."""

import pytest

from bot.handover import queue
from bot.model import Level
from bot.store.engine import Store
from bot.store.tables import handovers, relays
from tests.databases import Clock
from tests.handover.people import Patient, hired
from tests.handover.test_relay_talk import begun, only

FLAGS = (
    "i have crushing chest pain",
    "i want to die",
    "my temperature is 38.5 after chemo",
    "I found a lump",
)


@pytest.mark.parametrize("said", FLAGS)
async def test_a_red_flag_in_the_note_of_a_call_back_blocks_it_and_shows_the_card(
    store: Store, clock: Clock, said: str
) -> None:
    patient = Patient(store, clock)
    for text in ("person", "a call back", "yes", "0131 496 0000", "skip", said):
        await patient.say(text)
    assert patient.says[0].look in {level.value for level in Level}
    await patient.say("yes")
    async with store.read() as tx:
        assert list(await tx.execute(handovers.select())) == []


@pytest.mark.parametrize("said", FLAGS)
async def test_in_an_open_talk_the_card_comes_first_and_the_team_gets_the_words_with_a_mark(
    store: Store, clock: Clock, said: str
) -> None:
    patient = await begun(store, clock)
    await patient.say(said)
    card, told = patient.says
    assert card.look in {level.value for level in Level} and card.text
    assert "They do not read them at once" in told.text and told.rows == ()
    ann, asked = await hired(store, clock, "Ann"), await only(store)
    async with store.write() as tx:
        opened = await queue.one(tx, asked.id, ann, clock())
    assert [(one.text, one.flagged) for one in opened.messages] == [("my knees hurt", False), (said, True)]


async def test_a_red_flag_that_answers_a_question_of_a_flow_is_not_meant_for_the_team(
    store: Store, clock: Clock
) -> None:
    patient = await begun(store, clock)
    await patient.say("find a class")
    await patient.say("i have crushing chest pain")
    assert "EMERGENCY" in patient.shown and "passed your words on" not in patient.shown
    async with store.read() as tx:
        assert len(list(await tx.execute(relays.select()))) == 1


async def test_after_a_death_the_talk_with_people_stays_open(store: Store, clock: Clock) -> None:
    patient = await begun(store, clock)
    await patient.say("my husband died last night")
    assert "passed your words on" in patient.shown
    assert (await only(store)).state == "open" and await patient.relay() == 2
