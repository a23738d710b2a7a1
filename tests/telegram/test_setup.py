"""What people see of the bot before they write."""

import pytest

from bot.channels.telegram.connection import Line
from bot.channels.telegram.errors import CannotRun
from bot.channels.telegram.setup import COMMANDS, arrive, introduce, listen
from bot.conversation.texts import Texts
from tests.telegram.emulator import FakeTelegram, Fault, FaultsInTurn, flood


async def test_the_bot_learns_its_own_name(line: Line) -> None:
    await arrive(line)
    assert line.username == "prehab_test_bot"


async def test_an_unknown_token_stops_the_start(line: Line, telegram: FakeTelegram) -> None:
    telegram.faults = FaultsInTurn("getMe", Fault("status", status=401, description="Unauthorized"))
    with pytest.raises(CannotRun, match="BotFather"):
        await arrive(line)


async def test_commands_and_descriptions_are_written_once(
    line: Line, telegram: FakeTelegram, texts: Texts
) -> None:
    await introduce(line, texts)
    await introduce(line, texts)
    written = [telegram.counted(f"setMy{what}") for what in ("Commands", "Description", "ShortDescription")]
    assert written == [1, 1, 1]


async def test_every_command_has_its_words(line: Line, telegram: FakeTelegram, texts: Texts) -> None:
    await introduce(line, texts)
    commands = telegram.own["commands:"]
    assert isinstance(commands, list)
    assert [command["command"] for command in commands] == list(COMMANDS)


async def test_another_language_gets_its_own_words(line: Line, telegram: FakeTelegram, texts: Texts) -> None:
    polish = {key: (f"PL {words[0]}"[:100],) for key, words in texts.sentences["en"].items()}
    await introduce(line, Texts({**texts.sentences, "pl": polish, "gd": {}}))
    assert str(telegram.own["description:pl"]).startswith("PL ")
    assert "description:gd" not in telegram.own


@pytest.mark.parametrize("status", [404, 400])
async def test_words_that_telegram_refuses_keep_nobody_from_being_answered(
    line: Line, telegram: FakeTelegram, texts: Texts, status: int
) -> None:
    telegram.faults = FaultsInTurn("getMyCommands", Fault("status", status=status, description="no"))
    await introduce(line, texts)
    assert [telegram.counted("setMyCommands"), telegram.counted("setMyDescription")] == [0, 1]


async def test_a_flood_during_the_start_is_waited_out(line: Line, telegram: FakeTelegram) -> None:
    telegram.faults = FaultsInTurn("deleteWebhook", flood(0.01))
    await listen(line, None, "")
    assert telegram.counted("deleteWebhook") == 2


async def test_a_webhook_is_set_with_its_secret_and_keeps_what_waits(
    line: Line, telegram: FakeTelegram
) -> None:
    await listen(line, "https://prehab.example.org/", "s3cret")
    [(_, fields)] = [call for call in telegram.calls if call[0] == "setWebhook"]
    assert (fields["url"], fields["secret_token"]) == (
        "https://prehab.example.org/telegram/updates",
        "s3cret",
    )
    assert str(fields.get("drop_pending_updates", "False")).lower() == "false"


def test_the_description_says_what_this_is_and_what_to_do_in_an_emergency(texts: Texts) -> None:
    description = texts("telegram.description")
    assert len(description) <= 512
    assert all(words in description for words in ("A machine answers", "Nobody watches", "999"))


def test_the_short_description_fits(texts: Texts) -> None:
    assert len(texts("telegram.short-description")) <= 120


def test_people_hear_what_telegram_can_read(texts: Texts) -> None:
    words = ("not the NHS", "could read", "date of birth", "website")
    assert all(word in texts("telegram.privacy") for word in words)
