"""Fetching loses nothing, whatever stops it."""

import pytest

from bot.channels.telegram.connection import Line
from bot.channels.telegram.errors import RIVAL, STRANGER, CannotRun
from bot.channels.telegram.intake import Doors, Intake
from bot.channels.telegram.poller import GRACE, Poller
from bot.model import Said, Tapped
from tests.telegram.builders import membership, message, tap
from tests.telegram.conftest import HURRIED
from tests.telegram.emulator import TOKEN, FakeTelegram, Fault, FaultsInTurn, flood
from tests.telegram.inbox import Inbox


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def intake(line: Line, inbox: Inbox) -> Intake:
    return Intake(Doors(inbox.accept, inbox.standing), line)


@pytest.fixture
def poller(line: Line, intake: Intake) -> Poller:
    return Poller(line, intake, HURRIED)


async def test_what_people_wrote_is_stored_once(poller: Poller, telegram: FakeTelegram, inbox: Inbox) -> None:
    await telegram.write("message", message(text="one"))
    await poller.once()
    await telegram.write("message", message(text="two"))
    await poller.once()
    assert inbox.events == [Said("one"), Said("two")]


async def test_updates_that_could_not_be_stored_come_again(
    poller: Poller, telegram: FakeTelegram, inbox: Inbox
) -> None:
    await telegram.write("message", message(text="one"))
    inbox.out_of_order = 1
    with pytest.raises(OSError, match="disk"):
        await poller.once()
    await poller.once()
    assert inbox.events == [Said("one")]


async def test_a_process_killed_before_storing_leaves_the_update_to_the_next(
    poller: Poller, telegram: FakeTelegram, line: Line, intake: Intake, inbox: Inbox
) -> None:
    await telegram.write("message", message(text="one"))
    await line.updates(None, 1, 0.3)
    await Poller(line, intake, HURRIED).once()
    assert inbox.events == [Said("one")]


async def test_a_process_killed_after_storing_repeats_no_answer(
    poller: Poller, telegram: FakeTelegram, line: Line, intake: Intake, inbox: Inbox
) -> None:
    await telegram.write("message", message(text="one"))
    await poller.once()
    await Poller(line, intake, HURRIED).once()
    assert len(inbox.rows) == 1


async def test_only_what_we_read_is_asked_for(poller: Poller, telegram: FakeTelegram) -> None:
    await telegram.write("message", message(text="one"))
    await poller.once()
    wanted = telegram.calls[0][1]["allowed_updates"]
    assert wanted == '["message", "edited_message", "callback_query", "my_chat_member"]'


async def test_a_tap_is_stored_and_nodded_at(
    poller: Poller, telegram: FakeTelegram, intake: Intake, inbox: Inbox
) -> None:
    await telegram.write("callback_query", tap("c:menu"))
    await poller.once()
    await intake.close()
    assert (inbox.events, telegram.counted("answerCallbackQuery")) == ([Tapped("c:menu")], 1)


async def test_a_nod_that_fails_harms_nothing(
    poller: Poller, telegram: FakeTelegram, intake: Intake, inbox: Inbox
) -> None:
    telegram.faults = FaultsInTurn("answerCallbackQuery", Fault("status", status=400, description="too old"))
    await telegram.write("callback_query", tap("c:menu"))
    await poller.once()
    await intake.close()
    assert inbox.events == [Tapped("c:menu")]


async def test_someone_who_blocks_us_is_known_to_be_out_of_reach(
    poller: Poller, telegram: FakeTelegram, inbox: Inbox
) -> None:
    await telegram.write("my_chat_member", membership("kicked", chat=501))
    await telegram.write("my_chat_member", membership("member", chat=502))
    await poller.once()
    assert inbox.reachable == {"501": False, "502": True}


async def test_an_album_is_answered_once(poller: Poller, telegram: FakeTelegram, inbox: Inbox) -> None:
    for _ in range(3):
        await telegram.write("message", message(photo=[], media_group_id="77"))
    await poller.once()
    assert len(inbox.rows) == 1


async def test_silence_about_a_group_still_moves_on(
    poller: Poller, telegram: FakeTelegram, inbox: Inbox
) -> None:
    await telegram.write("message", {**message(text="hi"), "chat": {"id": -5, "type": "group"}})
    await poller.once()
    await telegram.write("message", message(text="one"))
    await poller.once()
    assert (inbox.events, telegram.calls[-1][1]["offset"]) == ([Said("one")], "2")


async def test_polling_goes_on_after_a_failure(poller: Poller, telegram: FakeTelegram, inbox: Inbox) -> None:
    gone = Fault("status", status=401, description="Unauthorized")
    telegram.faults = FaultsInTurn("getUpdates", flood(0.01), None, gone)
    await telegram.write("message", message(text="one"))
    with pytest.raises(CannotRun, match="TELEGRAM_BOT_TOKEN"):
        await poller.run()
    assert inbox.events == [Said("one")]


@pytest.mark.parametrize(("code", "sentence"), [(401, STRANGER), (404, STRANGER)])
async def test_a_token_that_telegram_does_not_know_stops_with_a_clear_sentence(
    poller: Poller, telegram: FakeTelegram, code: int, sentence: str
) -> None:
    telegram.faults = FaultsInTurn("getUpdates", Fault("status", status=code, description="Unauthorized"))
    with pytest.raises(CannotRun) as stopped:
        await poller.once()
    assert (str(stopped.value), TOKEN in repr(stopped.value)) == (sentence, False)


CONFLICT = Fault("status", status=409, description="Conflict: terminated by other getUpdates request")


async def test_a_second_poller_stops(poller: Poller, telegram: FakeTelegram) -> None:
    await telegram.write("message", message(text="one"))
    await poller.once()
    telegram.faults = FaultsInTurn("getUpdates", CONFLICT)
    with pytest.raises(CannotRun) as stopped:
        await poller.once()
    assert str(stopped.value) == RIVAL


async def test_the_call_of_a_process_that_was_just_killed_is_waited_out(
    poller: Poller, telegram: FakeTelegram
) -> None:
    telegram.faults = FaultsInTurn("getUpdates", *[CONFLICT] * GRACE)
    kinds = [type(await _failed(poller)) for _ in range(GRACE)]
    await telegram.write("message", message(text="one"))
    await poller.once()
    assert CannotRun not in kinds


async def _failed(poller: Poller) -> BaseException:
    with pytest.raises(Exception) as raised:
        await poller.once()
    return raised.value
