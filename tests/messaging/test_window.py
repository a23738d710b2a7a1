"""However uneven the way to the receiver is, no second of its own clock holds more than it allows."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.window import SECOND, Window

delays = st.lists(st.tuples(st.floats(0.0, 0.4), st.floats(0.0, 0.4)), min_size=40, max_size=120)


@given(delays)
def test_no_second_of_the_receiver_holds_more_than_the_limit(ways: list[tuple[float, float]]) -> None:
    window, now, arrived = Window(30), 0.0, []
    on_their_way: list[float] = []
    for there, back in ways:
        while wait := window.wait(len(on_their_way), now):
            now += wait
            on_their_way = _come_home(window, on_their_way, now)
        arrived.append(now + there)
        on_their_way.append(now + there + back)
        on_their_way = _come_home(window, on_their_way, now)
    assert all(sum(one <= other < one + SECOND for other in arrived) <= 30 for one in arrived)


def _come_home(window: Window, on_their_way: list[float], now: float) -> list[float]:
    """Answers that are here by now are counted, each at its own moment."""
    for time in sorted(time for time in on_their_way if time <= now):
        window.answered(time)
    return [time for time in on_their_way if time > now]


def test_after_a_silence_there_is_room_at_once() -> None:
    window = Window(2)
    window.answered(0.0)
    window.answered(0.5)
    assert (window.wait(0, 0.6), window.wait(0, 1.1)) == (0.4, 0.0)


def test_what_is_on_its_way_takes_room_until_it_is_answered() -> None:
    window = Window(2)
    assert window.wait(1, 0.0) == 0.0
    assert window.wait(2, 5.0) > 0.0
