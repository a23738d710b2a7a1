"""What was sent is changed or taken back, and a broadcast is paid for only where that is wanted."""

import pytest

from bot.channels.telegram.connection import Line
from bot.channels.telegram.sender import TelegramChannel
from bot.conversation.texts import Texts
from bot.failures import Gone, Refused, TryLater, Unsure
from bot.model import Button, Say
from tests.telegram.emulator import FakeTelegram, Fault, FaultsInTurn, flood

BUTTON = ((Button("Yes", "c:menu"),),)


@pytest.fixture
def channel(line: Line, texts: Texts) -> TelegramChannel:
    return TelegramChannel(line, texts, print)


async def test_new_words_and_buttons_stand_in_the_old_message(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    number = await channel.send("501", Say("Monday", BUTTON), "k1")
    await channel.edit("501", number, Say("Tuesday", BUTTON))
    [shown] = telegram.standing.values()
    assert (shown.text, bool(shown.markup), len(telegram.delivered)) == ("Tuesday", True, 1)


async def test_an_edit_that_changes_nothing_is_done(channel: TelegramChannel) -> None:
    number = await channel.send("501", Say("Monday"), "k1")
    await channel.edit("501", number, Say("Monday"))


async def test_a_message_is_taken_away(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    number = await channel.send("501", Say("Monday"), "k1")
    await channel.delete("501", number)
    assert telegram.standing == {}


@pytest.mark.parametrize("number", ["77", "", "not a number"])
async def test_a_message_that_is_not_there_cannot_be_changed(channel: TelegramChannel, number: str) -> None:
    with pytest.raises(Refused):
        await channel.edit("501", number, Say("Tuesday"))


async def test_a_message_that_its_reader_took_away_counts_as_taken_away(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    number = await channel.send("501", Say("Monday"), "k1")
    for _ in range(2):
        await channel.delete("501", number)
    assert telegram.standing == {}


async def test_whoever_blocked_us_sees_no_change(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    number = await channel.send("501", Say("Monday"), "k1")
    blocked = Fault("status", False, 403, "Forbidden: bot was blocked by the user")
    telegram.faults = FaultsInTurn("editMessageText", blocked)
    with pytest.raises(Gone):
        await channel.edit("501", number, Say("Tuesday"))


@pytest.mark.parametrize(
    ("fault", "meant"), [(flood(3), TryLater), (Fault("cut", done=True), Unsure)], ids=["429", "cut"]
)
async def test_an_edit_fails_as_a_message_does(
    channel: TelegramChannel, telegram: FakeTelegram, fault: Fault, meant: type[Exception]
) -> None:
    number = await channel.send("501", Say("Monday"), "k1")
    telegram.faults = FaultsInTurn("editMessageText", fault)
    with pytest.raises(meant):
        await channel.edit("501", number, Say("Tuesday"))


@pytest.mark.parametrize(
    ("paid", "key", "asked"),
    [(True, "broadcast:1:p1", "True"), (True, "reply:1:0", "None"), (False, "broadcast:1:p1", "None")],
)
async def test_only_broadcasts_are_paid_for_and_only_at_a_paid_pace(
    line: Line, texts: Texts, telegram: FakeTelegram, paid: bool, key: str, asked: str
) -> None:
    await TelegramChannel(line, texts, print, paid).send("501", Say("News"), key)
    [(_, fields)] = [call for call in telegram.calls if call[0] == "sendMessage"]
    assert str(fields.get("allow_paid_broadcast")).capitalize() == asked
