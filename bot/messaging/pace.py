"""How fast messages may go: a leaky bucket that a single number remembers (GCRA)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.columns import EPOCH
from bot.store.outgoing import Chat

SECOND = 1_000_000
# One a second to a chat in the long run, three at once now and then; a group takes 20 a minute.
A_CHAT = Chat(timedelta(seconds=3), 3, timedelta(minutes=1), 20)
MICROSECOND = timedelta(microseconds=1)
FAST = 100.0
"""Messages a second from which on they are claimed in batches instead of one by one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a channel allows: so many messages a second over all chats, and to each chat.

    29.5 a second, each at its own moment: no second holds more than 30, and 98 % of what Telegram allows
    is used. Whoever is a little late may catch up by `slack`; 30 gaps less that are still over a second.
    """

    per_second: float = 29.5
    chat: Chat = A_CHAT

    @property
    def gap(self) -> int:
        """Microseconds between two messages."""
        return max(1, round(SECOND / self.per_second))

    @property
    def slack(self) -> int:
        """Microseconds that may be caught up: less than half a gap, or a batch at high paces."""
        return SECOND // 20 if self.per_second > FAST else SECOND // 77


def microseconds(now: datetime) -> int:
    return (now - EPOCH) // MICROSECOND


def granted(pace: Pace, next_microsecond: int, now: datetime) -> int:
    """How many messages may go now."""
    behind = microseconds(now) - _base(pace, next_microsecond, now)
    return 0 if behind < 0 else 1 + behind // pace.gap


def after(pace: Pace, next_microsecond: int, now: datetime, taken: int) -> int:
    """What to remember when so many were taken."""
    return _base(pace, next_microsecond, now) + taken * pace.gap


def wait(pace: Pace, next_microsecond: int, now: datetime) -> timedelta:
    """How long until the next one may go."""
    return max(timedelta(), (_base(pace, next_microsecond, now) - microseconds(now)) * MICROSECOND)


def set_back(pace: Pace, next_microsecond: int, now: datetime) -> bool:
    """Whether the clock was set back: what is remembered lies further ahead than it was ever put."""
    return next_microsecond > microseconds(now) + pace.gap + pace.slack


def _base(pace: Pace, next_microsecond: int, now: datetime) -> int:
    """Never further back than may be caught up; anew when the clock was set back."""
    at = microseconds(now)
    return at if set_back(pace, next_microsecond, now) else max(next_microsecond, at - pace.slack)
