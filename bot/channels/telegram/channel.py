"""Telegram as the program starts it: one object that listens, sends and stops."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from starlette.routing import Route

from bot.channels.telegram import setup, webhook
from bot.channels.telegram.connection import Line, Patience
from bot.channels.telegram.errors import CannotRun
from bot.channels.telegram.intake import Doors, Intake
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.sender import TelegramChannel
from bot.conversation.texts import Texts


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram shall bring updates, and the secret that proves it is Telegram."""

    public_url: str
    secret: str


class Telegram:
    """Its `sender` goes to the dispatcher; `payload.unpack` is what the Service translates with."""

    def __init__(self, line: Line, texts: Texts, doors: Doors, paid: bool = False) -> None:
        self.line = line
        self._texts = texts
        self._reason: asyncio.Queue[CannotRun] = asyncio.Queue()
        self.sender = TelegramChannel(line, texts, self._reason.put_nowait, paid)
        self.intake = Intake(doors, line)

    def route(self, secret: str) -> Route:
        """The webhook's address, for the web server."""
        return webhook.route(self.intake, secret)

    async def listen(
        self, stop: asyncio.Event, hook: Hook | None = None, patience: Patience | None = None
    ) -> None:
        """Introduce ourselves and fetch updates, or let them be brought, until `stop` or CannotRun."""
        await _first(self._listen(hook, patience), self.halted(), stop.wait())

    async def halted(self) -> None:
        """Waits until Telegram refuses the bot while we send, and says why."""
        raise await self._reason.get()

    async def close(self) -> None:
        """Lets the last nods go and hangs up; the dispatcher must have ended before."""
        await self.intake.close()
        await self.line.hang_up()

    async def _listen(self, hook: Hook | None, patience: Patience | None) -> None:
        await setup.arrive(self.line)
        await setup.listen(self.line, hook.public_url if hook else None, hook.secret if hook else "")
        await setup.introduce(self.line, self._texts)
        if hook is None:
            await Poller(self.line, self.intake, patience).run()
        await asyncio.Event().wait()


async def _first(*runs: Awaitable[object]) -> None:
    """Until one of them ends; none outlives it, however it ends."""
    tasks = [asyncio.ensure_future(run) for run in runs]
    try:
        done, _ = await asyncio.wait(tasks, return_when="FIRST_COMPLETED")
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
