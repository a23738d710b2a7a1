"""What a fake navigator need not know: words for bookings, and the world behind them."""

from datetime import datetime

from bot.bookings import Done
from bot.conversation.world import World
from bot.model import Person, Say


class Speechless:
    """For fakes whose people book nothing."""

    def told(self, person: Person, done: Done, now: datetime) -> tuple[Say, ...]:
        raise AssertionError(f"nothing was asked for, and this came of it: {done}")

    @property
    def world(self) -> World:
        raise AssertionError("this navigator has no world")
