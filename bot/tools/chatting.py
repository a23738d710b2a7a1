"""`prehab chat`: the navigator in this terminal, on the same database as everything else."""

import asyncio

from bot import clock
from bot.channels.terminal import converse, typed
from bot.compose import ContentWrong, Current, settled
from bot.service import Service
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrations import migrate
from bot.tools.logs import set_up_logs


def chat_command(settings: Settings) -> int:
    """Chat until the input ends; the exit code."""
    set_up_logs(settings)
    try:
        asyncio.run(_chat(settings))
    except ContentWrong as wrong:
        for problem in wrong.problems:
            print(problem)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


async def _chat(settings: Settings) -> None:
    await migrate(settings.database)
    store = Store(settings.database)
    try:
        service = Service(store, Current(settings), clock.now)
        settled()
        await converse(service, typed())
    finally:
        await store.close()
