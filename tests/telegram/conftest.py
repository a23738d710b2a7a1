"""A Telegram on loopback and a line to it that gives up quickly."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import yaml

from bot.channels.telegram.connection import Line, Patience, connect
from bot.conversation.texts import Texts
from tests.telegram.emulator import TOKEN, FakeTelegram

HURRIED = Patience(answer=0.3, connect=0.3, pool=0.3, poll=1)
WRITTEN = Path(__file__).parents[2] / "knowledge" / "texts" / "en" / "telegram.yaml"


@pytest.fixture
def texts() -> Texts:
    written: dict[str, str] = yaml.safe_load(WRITTEN.read_text("utf-8"))
    return Texts({"en": {key: (value,) for key, value in written.items()}})


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def lines() -> AsyncIterator[Callable[[str], Line]]:
    """Opens lines, and closes them all."""
    async with AsyncExitStack() as stack:

        def opened(url: str, pace: float = 28.0) -> Line:
            line = connect(TOKEN, url, pace, HURRIED)
            stack.push_async_callback(line.hang_up)
            return line

        yield opened


@pytest.fixture
def line(telegram: FakeTelegram, lines: Callable[[str], Line]) -> Line:
    return lines(telegram.url)
