"""Whatever anybody types, the search gives an ordinary answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search import build_index
from bot.search.normalise import LONGEST, fold
from tests.search.shelf import index

ANYTHING = st.text() | st.text(alphabet="aeot .!?'\n😀é", max_size=300)


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_any_text_gets_an_answer_with_falling_scores(text: str) -> None:
    scores = [hit.score for hit in index().find(text).hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@settings(max_examples=50, deadline=None)
@given(ANYTHING)
def test_any_text_can_be_explained(text: str) -> None:
    assert index().explain(text).found == index().find(text)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=8), st.text(max_size=30), st.lists(st.text(max_size=30))), max_size=6)
)
def test_any_articles_can_be_searched(given: list[tuple[str, str, list[str]]]) -> None:
    articles = [{"id": id, "question": asked, "alternatives": others} for id, asked, others in given]
    known = {id for id, _, _ in given}
    assert {hit.id for hit in build_index(articles).search("is this a question")} <= known


@pytest.mark.parametrize(
    "flood",
    ["a" * 1_000_000, "tired " * 200_000, "😀" * 300_000, "ﷺ" * 100_000, "é̂̃" * 100_000, ". " * 500_000],
    ids=["a letter", "a word", "emoji", "a ligature", "accents", "full stops"],
)
def test_a_text_of_a_million_letters_is_cut_and_answered(flood: str) -> None:
    assert len(index().find(flood).hits) <= 3
    assert len(fold(flood)) <= 2 * LONGEST
