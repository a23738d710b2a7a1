"""What is the desk's, and what stays the navigator's: staff are people, too, and people are not staff."""

import pytest

from bot.model import Arrival, Opened, Said, Sent, Tapped
from bot.store import audit
from bot.store.engine import Store
from bot.store.tables import counters, ledger, questions, staff
from tests.databases import Clock, column, rows
from tests.staff.office import Office, drafted


async def test_a_stranger_who_types_a_staff_command_gets_the_ordinary_answer(
    store: Store, clock: Clock
) -> None:
    stranger = Office(store, clock).phone("7")
    for command in ("/broadcast", "/coming", "/unsure", "/notices"):
        answer = await stranger.say(command)
        assert "broadcast" not in answer.lower() and "staff" not in answer.lower()


async def test_a_stranger_who_taps_a_desk_button_gets_the_ordinary_answer(store: Store, clock: Clock) -> None:
    stranger = Office(store, clock).phone("7")
    await stranger.say("hello")
    assert await stranger.send(Tapped("z:list")) == await stranger.send(Tapped("q:list"))


@pytest.mark.parametrize("code", ["", "1", "1-WRONG", "7-ABCDEFGHJK"])
async def test_every_wrong_code_gets_the_same_kind_sentence(store: Store, clock: Clock, code: str) -> None:
    office = Office(store, clock)
    await office.hire("Mary")
    answer = await office.phone("7").say(f"/link {code}")
    assert answer.startswith("That code did not work.") and answer.count("\n") == 0


async def test_on_the_web_nobody_is_staff(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    await office.hire("Mary", address="7")
    says = await office.service.handle(Arrival("web", "7", "w1", Said("/broadcasts")))
    assert "broadcast" not in says[-1].text.lower()


async def test_staff_ask_questions_as_patients_do(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    assert "Prehab means getting ready" in await mary.say("what is prehab?")


async def test_what_staff_type_for_the_desk_is_counted_and_kept_nowhere(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    await drafted(mary, "Our walk on Tuesday is off")
    assert not await rows(store, counters) and not await rows(store, questions)
    assert not [body for body in await column(store, ledger, "body") if "Our walk" in (body or "")]


async def test_while_the_desk_waits_a_command_of_patients_is_theirs_and_ends_the_waiting(
    store: Store, clock: Clock
) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    await mary.say("/menu")
    assert "Prehab means" in await mary.say("what is prehab?")
    assert (await office.broadcast()).draft.texts == {}


async def test_opening_the_chat_anew_ends_the_waiting(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    await mary.send(Opened())
    assert "Prehab means" in await mary.say("what is prehab?")


async def test_after_an_hour_words_are_an_ordinary_message_again(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    clock.forward(minutes=61)
    assert "Prehab means" in await mary.say("what is prehab?")


async def test_a_red_flag_in_words_for_a_broadcast_shows_its_card_and_the_draft_goes_on(
    store: Store, clock: Clock
) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    answer = await mary.say("i have crushing chest pain")
    assert answer.startswith("EMERGENCY") and "Is it right?" in answer
    assert (await office.broadcast()).draft.texts == {"en": "i have crushing chest pain"}


async def test_a_red_flag_of_staff_outside_the_desk_is_answered_as_for_anybody(
    store: Store, clock: Clock
) -> None:
    mary = await Office(store, clock).hire("Mary")
    assert "EMERGENCY" in await mary.say("i have crushing chest pain")


async def test_an_edit_of_the_words_is_an_edit_of_the_draft(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await drafted(mary, "Helo all")
    await mary.send(Said("Hello all", edited=True))
    assert (await office.broadcast()).draft.texts == {"en": "Hello all"}


async def test_an_edit_after_it_was_sent_changes_nothing_and_says_so(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    await office.people()
    mary = await office.hire("Mary")
    await drafted(mary, "Helo all")
    await mary.tap("Send")
    assert "not a draft any more" in await mary.send(Said("Hello all", edited=True))
    assert (await office.broadcast()).draft.texts == {"en": "Helo all"}


async def test_a_picture_is_no_broadcast(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    assert "no pictures" in await mary.send(Sent("photo"))
    assert "Is it right?" in await mary.say("Hello all")


async def test_erasing_their_own_data_leaves_a_member_staff(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    await mary.say("/delete")
    await mary.tap("Yes, delete everything")
    assert "Mary, you are staff here" in await mary.say("/help")
    assert await column(store, staff, "address") == ["901"]


async def test_that_a_chat_was_linked_stands_in_the_audit_log(store: Store, clock: Clock) -> None:
    await Office(store, clock).hire("Mary", address="7")
    async with store.read() as tx:
        told = [(row.name, row.what, row.detail) for row in await audit.latest(tx, 9)]
    assert ("Mary", "staff.link", "telegram") in told
