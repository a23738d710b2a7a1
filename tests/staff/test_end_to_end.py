"""The whole program against a Telegram-like server: two members of staff, a stop, a correction."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path

import pytest

from bot import clock
from bot.store.engine import Store
from bot.store.migrations import migrate
from tests.broadcasts.crowd import crowd
from tests.system.program import Running, free_port, prehab, surroundings
from tests.telegram.builders import message, tap
from tests.telegram.emulator import TOKEN, Delivered, FakeTelegram

PEOPLE = tuple(range(1001, 1009))
MARY, JOE = 11, 12
PACE = "3"
"""Messages a second: slow enough to be stopped half way."""


class Watched(FakeTelegram):
    """Lets a test wait until the chats show something."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = asyncio.Event()
        self.listener = lambda _: self.changed.set()
        self.queries = count(1)

    async def until(self, shown: Callable[[], object]) -> None:
        async with asyncio.timeout(60):
            while not shown():
                self.changed.clear()
                await self.changed.wait()

    def chat(self, number: int) -> list[Delivered]:
        """What a chat shows now, the newest last."""
        return [one for (chat, _), one in sorted(self.standing.items()) if chat == number]

    def texts(self, number: int) -> str:
        return "\n".join(one.text for one in self.chat(number))

    async def say(self, number: int, text: str, answer: str) -> None:
        await self.write("message", message(number, text=text))
        await self.until(lambda: answer in self.texts(number))

    async def tap(self, number: int, label: str, answer: str = "") -> None:
        await self.until(lambda: label in self._codes(number))
        code = self._codes(number)[label]
        await self.write("callback_query", tap(code, number, f"q{next(self.queries)}"))
        await self.until(lambda: answer in self.texts(number))

    def _codes(self, number: int) -> dict[str, str]:
        """The buttons of a chat, the newest of each label."""
        keyboards = [one.markup.get("inline_keyboard", []) for one in self.chat(number)]
        buttons = [button for keyboard in keyboards for row in keyboard for button in row]  # type: ignore[attr-defined]
        return {button["text"]: button.get("callback_data", "") for button in buttons}

    def who_shows(self, text: str) -> set[int]:
        return {one for one in PEOPLE if text in self.texts(one)}


@pytest.fixture
async def telegram() -> AsyncIterator[Watched]:
    fake = Watched()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def environment(tmp_path: Path, telegram: Watched) -> dict[str, str]:
    return surroundings(
        tmp_path,
        TELEGRAM_BOT_TOKEN=TOKEN,
        NAVIGATOR_TELEGRAM_API=telegram.url,
        NAVIGATOR_TELEGRAM_PACE=PACE,
        NAVIGATOR_BROADCAST_HOLD_SECONDS="1",
        NAVIGATOR_QUIET_FROM="00:00",
        NAVIGATOR_QUIET_UNTIL="00:00",
        PORT=str(free_port()),
    )


async def hired(name: str, environment: dict[str, str]) -> str:
    """The code that the command prints."""
    code, printed = await prehab("staff", "add", name, "--role", "editor", environment=environment)
    assert code == 0
    found = re.search(r"/link (\S+)", printed)
    assert found
    return found[0]


async def joined(environment: dict[str, str]) -> None:
    """Everybody has said yes to news."""
    await migrate(environment["NAVIGATOR_DATABASE"])
    store = Store(environment["NAVIGATOR_DATABASE"])
    await crowd(store, clock.now(), [str(one) for one in PEOPLE])
    await store.close()


async def test_a_broadcast_is_written_approved_stopped_half_way_corrected_and_finished(
    telegram: Watched, environment: dict[str, str]
) -> None:
    await joined(environment)
    mary, joe = await hired("Mary", environment), await hired("Joe", environment)
    running = await Running.start(environment)
    await telegram.say(MARY, mary, "Hello Mary.")
    await telegram.say(JOE, joe, "Hello Joe.")

    await telegram.say(MARY, "/broadcast", "It reaches 8 people.")
    await telegram.tap(MARY, "Write the words", "Type the words")
    await telegram.say(MARY, "The walk is on Tusday.", "Is it right?")
    await telegram.tap(MARY, "Send", "I have asked 1 person")
    await telegram.tap(JOE, "Approve", "You said yes")
    await telegram.until(lambda: len(telegram.who_shows("Tusday")) >= 2)
    await telegram.tap(MARY, "Stop", "Broadcast 1 is stopped. What is on its way")
    await telegram.until(lambda: "Broadcast 1 is stopped.\n" in telegram.texts(MARY))
    first = telegram.who_shows("Tusday")
    assert 2 <= len(first) < len(PEOPLE)

    await telegram.tap(MARY, "Correct", "How do you want to put it right?")
    await telegram.tap(MARY, "Change the words people have", "Type the new words")
    await telegram.say(MARY, "The walk is on Tuesday.", "Broadcast 1 waits for a second yes.")
    await telegram.until(lambda: telegram.texts(JOE).count("asks for your yes") == 2)
    await telegram.tap(JOE, "Approve")
    await telegram.until(lambda: telegram.who_shows("Tuesday") == set(PEOPLE))
    await telegram.until(lambda: "Broadcast 1 is done." in telegram.texts(MARY))
    await telegram.until(lambda: "Sent 8 of 8, left 0, failed 0." in telegram.texts(MARY))

    code, log = await running.stop()
    got = [one.chat for one in telegram.delivered if one.chat in PEOPLE]
    shown = [one for one in telegram.delivered if "Broadcast 1 goes out at" in one.text and one.chat == MARY]
    assert code == 0 and TOKEN not in log and "Tuesday" not in log
    assert sorted(got) == list(PEOPLE) and len(shown) == 1
    assert {one.chat for one in telegram.edited if one.chat in PEOPLE} == first
