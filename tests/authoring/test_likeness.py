"""Questions that mean the same stand together, whatever words they use."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.likeness import group
from tests.search import shelf
from tests.worlds import real

WIGS = ("how do i get a wig", "do i get a free wig?", "wigs on the nhs", "whats a wig voucher")
SWIMS = ("can i swim with my line in", "is swimming ok wi a picc line", "can i go swimming")


def test_questions_about_one_thing_are_one_group() -> None:
    asked = [*SWIMS, *WIGS, "dogs allowed at the clinic"]
    found = [{asked[place] for place in one.places} for one in group(asked, real().world.index)]
    assert found == [set(WIGS), set(SWIMS), {"dogs allowed at the clinic"}]


def test_the_same_question_asked_often_leads_its_group() -> None:
    asked = ["wigs on the nhs", *["How do I get a wig?"] * 3, "do i get a free wig?"]
    assert group(asked, shelf.index())[0].places[0] == 1


def test_no_questions_make_no_groups() -> None:
    assert group([], shelf.index()) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*WIGS, *SWIMS, "", "?!", "🙂", "gym ok?", "x" * 900]), max_size=25))
def test_every_question_is_in_exactly_one_group_each_time_alike(asked: list[str]) -> None:
    found = group(asked, shelf.index())
    assert sorted(place for one in found for place in one.places) == list(range(len(asked)))
    sizes = [len(one.places) for one in found]
    assert sizes == sorted(sizes, reverse=True)
    assert group(asked, shelf.index()) == found


def test_a_thousand_that_are_all_alike_are_one_group() -> None:
    asked = [f"can i go swimming {'again ' * (number % 7)}" for number in range(1000)]
    assert len(group(asked, shelf.index())[0].places) == 1000
