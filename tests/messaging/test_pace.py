"""The pace of a bot, over any stretch of time."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.pace import Pace, after, granted, wait
from tests.databases import START

PACE = Pace()


def test_after_a_silence_one_may_go_and_the_next_a_moment_later() -> None:
    assert granted(PACE, 0, START) == 1


def test_the_next_may_go_after_the_wait_that_was_promised() -> None:
    later = after(PACE, 0, START, 1)
    assert granted(PACE, later, START) == 0
    assert granted(PACE, later, START + wait(PACE, later, START)) == 1


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    ahead = after(PACE, 0, START + timedelta(hours=1), 1)
    assert granted(PACE, ahead, START) == 1


@given(st.lists(st.integers(0, 200), max_size=200))
def test_no_second_ever_holds_more_than_30_messages(gaps: list[int]) -> None:
    now, remembered, sent = START, 0, []
    for milliseconds in gaps:
        now += timedelta(milliseconds=milliseconds)
        allowed = granted(PACE, remembered, now)
        remembered = after(PACE, remembered, now, allowed)
        sent += [now] * allowed
    assert all(sum(one <= other < one + timedelta(seconds=1) for other in sent) <= 30 for one in sent)
