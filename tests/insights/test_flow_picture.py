"""Where people stop, on the flow's own picture; and no small number can be worked out from it."""

from itertools import product
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.figures import Names
from bot.content.flows import Flow
from bot.conversation.texts import Texts
from bot.insights.flow_picture import drawn, sentence, stops
from bot.insights.suppression import about
from tests.worlds import real

COUNTS = {
    ("self-check/stage", "asked"): 123,
    ("self-check/stage", "back"): 2,
    ("self-check/stage", "answered"): 96,
    ("self-check/moving", "asked"): 3,
}


def flow() -> Flow:
    return real().content.flows["self-check"]


def names() -> Names:
    return Names(real().world, Texts(real().content.texts))


def test_every_step_has_its_box_and_its_words() -> None:
    picture = drawn(flow(), stops(flow(), COUNTS), names())
    said = [
        element.text for element in ElementTree.fromstring(picture).iter() if element.tag.endswith("text")
    ]
    assert set(flow().steps) <= set(said)
    assert "Where are you now?" in said
    assert "about 120 asked, about 95 answered, about 25 left here" in said
    assert "script" not in picture


def test_every_flow_can_be_drawn() -> None:
    for one in real().content.flows.values():
        ElementTree.fromstring(drawn(one, stops(one, {}), names()))


def test_what_is_small_is_not_said() -> None:
    moving = next(one for one in stops(flow(), COUNTS) if one.id == "moving")
    assert sentence(moving, names()) == "fewer than 5 asked"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=3), st.integers(0, 12))
def test_how_many_left_between_two_steps_is_never_certain(left: list[int], last: int) -> None:
    """An attacker who knows the flow tries all numbers that look the same: a step asks who is still there."""
    truth = tuple(last + sum(left[at:]) for at in range(4))
    shown = [about(number) for number in truth]
    near = [range(max(number - 4, 0), number + 5) for number in truth]
    falling = [one for one in product(*near) if list(one) == sorted(one, reverse=True)]
    same = [one for one in falling if [about(number) for number in one] == shown]
    for at in range(3):
        assert len({one[at] - one[at + 1] for one in same}) >= 2
