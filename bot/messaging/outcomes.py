"""What becomes of a message, decided from how its sending went. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.failures import Gone, Moved, Refused, TryLater, Unsure
from bot.store.ledger import AT_ONCE, Urgency
from bot.store.outgoing import Leased, Settled


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel took it, and calls it this."""

    message: str


@dataclass(frozen=True, slots=True)
class TooLate:
    """It was not sent: by its letter's rule its time is over."""


Outcome: TypeAlias = Delivered | TooLate | TryLater | Gone | Moved | Refused | Unsure

# How often a message that may have arrived is sent again: a second reply does less harm than silence,
# a second broadcast is worse than one that staff look at.
REPEATS = {Urgency.REPLY: 4, Urgency.REMINDER: 1, Urgency.BROADCAST: 0}
# A message that surely did not go out is tried for about a day: once a minute after the first few.
ATTEMPTS = 1500
LONGEST_PAUSE = 60.0
MOVED = "moved"
LATE = "late"


def settle(message: Leased, outcome: Outcome, now: datetime) -> Settled:
    """The row's next state."""
    match outcome:
        case Delivered() | TooLate():
            return _done(message, outcome)
        case TryLater():
            return _later(message, outcome, now)
        case Unsure():
            return _unsure(message, now)
        case Moved() if message.reason != MOVED:
            return Settled("planned", AT_ONCE, message.repeats, reason=MOVED)
        case Refused():
            return _ended(message, "failed", reason=f"refused {outcome}"[:100])
        case Gone() | Moved():
            return _ended(message, "failed", reason=type(outcome).__name__.lower())


def _done(message: Leased, outcome: Delivered | TooLate) -> Settled:
    if isinstance(outcome, TooLate):
        return _ended(message, "dropped", reason=LATE)
    return _ended(message, "sent", message_id=outcome.message)


def _later(message: Leased, outcome: TryLater, now: datetime) -> Settled:
    if message.attempts >= ATTEMPTS:
        return _ended(message, "failed", reason="tried too often")
    # 429 says how long; any other failure is met with growing pauses.
    least = 0.0 if outcome.everyone else _pause(message.attempts)
    not_before = now + timedelta(seconds=max(outcome.seconds, least))
    return Settled("planned", not_before, message.repeats, reason=message.reason)


def _unsure(message: Leased, now: datetime) -> Settled:
    # An edit or a delete done twice is done once.
    most = REPEATS[Urgency(message.urgency)] if message.act == "send" else ATTEMPTS
    if message.repeats >= most:
        return _ended(message, "unsure")
    not_before = now + timedelta(seconds=_pause(message.repeats + 1))
    return Settled("planned", not_before, message.repeats + 1, reason=message.reason)


def _pause(times: int) -> float:
    """Seconds: a half, 1, 2, 4 … up to a minute."""
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(times - 1, 10))


def _ended(message: Leased, state: str, reason: str = "", message_id: str = "") -> Settled:
    return Settled(state, AT_ONCE, message.repeats, reason, message_id)
