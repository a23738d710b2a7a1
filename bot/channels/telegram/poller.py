"""Fetches updates, and moves on only when they are stored: a killed process loses none."""

import asyncio
from collections.abc import Sequence

import structlog
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.connection import Line, Patience
from bot.channels.telegram.errors import RIVAL, STRANGER, CannotRun, seconds
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.translate import translate

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
GRACE = 5
"""Conflicts forgiven before the first success: the call of a process that was just killed is still open."""

log = structlog.get_logger()


class Poller:
    """Asks for updates again and again, until it is cancelled or cannot run."""

    def __init__(self, line: Line, intake: Intake, patience: Patience | None = None) -> None:
        self._line = line
        self._intake = intake
        self._patience = patience or Patience()
        self._offset: int | None = None
        self._wait = 0.0
        self._conflicts_left = GRACE

    async def run(self) -> None:
        """Ends only by CannotRun or by being cancelled."""
        while True:
            try:
                await self.once()
                self._wait = 0.0
            except CannotRun:
                raise
            except Exception as error:
                self._wait = _pause(error, self._wait)
                log.warning("telegram.poll_failed", why=type(error).__name__, seconds=self._wait)
                await asyncio.sleep(self._wait)

    async def once(self) -> None:
        """One fetch. The next one's offset tells Telegram that these are safe, so it moves last."""
        updates = await self._fetch()
        await self._intake.take(updates)
        self._offset = _after(updates, self._offset)

    async def _fetch(self) -> list[object]:
        try:
            updates = await self._line.updates(self._offset, self._patience.poll, self._patience.answer)
        except (InvalidToken, EndPointNotFound):
            raise CannotRun(STRANGER) from None
        except Conflict:
            self._conflicts_left -= 1
            if self._conflicts_left < 0:
                raise CannotRun(RIVAL) from None
            raise
        self._conflicts_left = 0
        return updates


def _after(updates: Sequence[object], offset: int | None) -> int | None:
    numbers = [update.number + 1 for one in updates if (update := translate(one)) is not None]
    return max(numbers, default=offset)


def _pause(error: Exception, last: float) -> float:
    """Telegram's own wish, or twice as long as the last time."""
    if isinstance(error, RetryAfter):
        return max(FIRST_WAIT, seconds(error.retry_after))
    if isinstance(error, TelegramError) or last:
        return min(LONGEST_WAIT, max(FIRST_WAIT, 2 * last))
    return FIRST_WAIT
