"""How fast messages may go: a leaky bucket that a single number remembers (GCRA)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.columns import EPOCH
from bot.store.outgoing import Chat

SECOND = 1_000_000
# One a second to a chat in the long run, three at once now and then.
A_CHAT = Chat(messages=3, within=timedelta(seconds=3))
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """What a channel allows: so many messages a second over all chats, and to each chat."""

    per_second: float = 28.0
    # Two at once above the even pace: 28 a second stay at most 30 in any second.
    burst: int = 2
    chat: Chat = A_CHAT

    @property
    def gap(self) -> int:
        """Microseconds between two messages."""
        return max(1, round(SECOND / self.per_second))

    @property
    def slack(self) -> int:
        """Microseconds by which messages may be early: the burst, or a 50 ms tick at high paces."""
        return max(self.burst * self.gap, SECOND // 20)


def microseconds(now: datetime) -> int:
    return (now - EPOCH) // MICROSECOND


def granted(pace: Pace, next_microsecond: int, now: datetime) -> int:
    """How many messages may go now."""
    return max(0, (microseconds(now) + pace.slack - _base(pace, next_microsecond, now)) // pace.gap)


def after(pace: Pace, next_microsecond: int, now: datetime, taken: int) -> int:
    """What to remember when so many were taken."""
    return _base(pace, next_microsecond, now) + taken * pace.gap


def wait(pace: Pace, next_microsecond: int, now: datetime) -> timedelta:
    """How long until the next one may go."""
    early = _base(pace, next_microsecond, now) + pace.gap - pace.slack - microseconds(now)
    return max(timedelta(), early * MICROSECOND)


def _base(pace: Pace, next_microsecond: int, now: datetime) -> int:
    """Never in the past. Further ahead than we ever put it means that the clock was set back: start anew."""
    at = microseconds(now)
    return next_microsecond if at < next_microsecond <= at + pace.slack else at
