"""One worker of the kill benchmark: the real sender on a real line, until it is killed.

python -m benchmarks.kill_worker <database> <address of the Telegram-like server> <messages a second> <name>
"""

import asyncio
import logging
import sys

import structlog

from bot import clock
from bot.channels.telegram.connection import connect, width_at
from bot.channels.telegram.redact import hush
from bot.channels.telegram.sender import TelegramChannel
from bot.conversation.texts import Texts
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.quiet import NEVER_QUIET
from bot.store.engine import Store
from tests.telegram.emulator import TOKEN


async def work(database: str, url: str, pace: float, name: str) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    hush()
    line = connect(TOKEN, url, pace)
    channel = TelegramChannel(line, Texts({"en": {}}), print)
    store = Store(database)
    pace_of_all, width = Pace(per_second=pace), width_at(pace)
    sender = Dispatcher(store, {"telegram": channel}, pace_of_all, clock.now, NEVER_QUIET, width, name)
    await sender.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]))
