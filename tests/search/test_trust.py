"""A score means the same after every change of the content."""

from hypothesis import given
from hypothesis import strategies as st

from bot.search.calibration import Calibration, Trial, calibrate


def test_with_nothing_to_learn_from_the_starting_curve_holds() -> None:
    assert calibrate([]) == Calibration()


def test_strangers_alone_teach_nothing() -> None:
    curve = calibrate([Trial(0.4, False, True)] * 50)
    assert abs(curve.probability(0.8) - Calibration().probability(0.8)) < 0.01


def test_right_answers_at_a_low_score_raise_the_trust_in_it() -> None:
    curve = calibrate([Trial(0.3, True, False)] * 80 + [Trial(0.1, False, True)] * 80)
    assert curve.probability(0.3) > Calibration().probability(0.3)


@given(st.lists(st.builds(Trial, st.floats(-1, 2), st.booleans(), st.booleans()), max_size=40))
def test_more_confidence_is_never_less_trust(trials: list[Trial]) -> None:
    curve = calibrate(trials)
    chances = [curve.probability(step / 10) for step in range(-10, 21)]
    assert chances == sorted(chances)
    assert all(0 <= chance <= 1 for chance in chances)
