"""What becomes of a message, for every way in which sending can go."""

import pytest

from bot.failures import Gone, Moved, Refused, TryLater, Unsure
from bot.messaging.outcomes import ATTEMPTS, Delivered, Outcome, settle
from bot.store.ledger import Urgency
from bot.store.outgoing import Leased
from tests.databases import START

REPLY = Leased(
    1, "key", "telegram", "ann", "{}", None, "send", None, None, Urgency.REPLY, 1, 0, False, "", "owner"
)
REMINDER = REPLY._replace(urgency=Urgency.REMINDER)
BROADCAST = REPLY._replace(urgency=Urgency.BROADCAST)


@pytest.mark.parametrize(
    ("message", "outcome", "state"),
    [
        (REPLY, Delivered("5"), "sent"),
        (REPLY, TryLater(), "planned"),
        (REPLY._replace(attempts=ATTEMPTS), TryLater(), "failed"),
        (REPLY, Unsure(), "planned"),
        (REPLY._replace(repeats=4), Unsure(), "unsure"),
        (REMINDER, Unsure(), "planned"),
        (REMINDER._replace(repeats=1), Unsure(), "unsure"),
        (BROADCAST, Unsure(), "unsure"),
        (REPLY, Gone(), "failed"),
        (REPLY, Refused("too long"), "failed"),
        (REPLY, Moved("new"), "planned"),
        (REPLY._replace(reason="moved"), Moved("new"), "failed"),
    ],
)
def test_each_outcome_has_its_state(message: Leased, outcome: Outcome, state: str) -> None:
    assert settle(message, outcome, START).state == state


def test_a_message_that_may_have_arrived_is_counted_as_repeated() -> None:
    assert settle(REPLY, Unsure(), START).repeats == 1


def test_a_message_that_surely_did_not_arrive_is_no_repeat() -> None:
    assert settle(REPLY, TryLater(), START).repeats == 0


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 0.5), (2, 1.0), (5, 8.0), (20, 60.0)])
def test_pauses_between_attempts_grow_to_a_minute(attempts: int, seconds: float) -> None:
    settled = settle(REPLY._replace(attempts=attempts), TryLater(0.0), START)
    assert (settled.not_before - START).total_seconds() == seconds


def test_telegrams_own_pause_is_kept_to_the_second() -> None:
    settled = settle(REPLY._replace(attempts=20), TryLater(3.0, everyone=True), START)
    assert (settled.not_before - START).total_seconds() == 3.0
