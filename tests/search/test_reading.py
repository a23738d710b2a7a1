"""What people type is brought into one form before it is compared."""

import pytest

from bot.search.normalise import fold, normaliser, sentences
from tests.search.shelf import WORDS

READ = normaliser(WORDS.expand, WORDS.alike)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Café", ["cafe"]),
        ("DON’T", ["do", "not"]),
        ("can't", ["can", "not"]),
        ("sooooo", ["soo"]),
        ("c u 2 talk", ["c", "you", "to", "talk"]),
        ("stage 4 cancer", ["stage", "4", "cancer"]),
        ("i am 2", ["i", "am", "2"]),
        ("good 4 me", ["good", "for", "me"]),
        ("b4 chemo", ["before", "chemotherapy"]),
        ("peely-wally", ["pale"]),
        ("PEELY WALLY", ["pale"]),
        ("after my op", ["after", "my", "operation"]),
        ("٣ days", ["٣", "days"]),
    ],
)
def test_a_message_is_read_as_it_was_meant(typed: str, read: list[str]) -> None:
    assert READ.words(typed) == read


def test_authors_words_go_before_our_own() -> None:
    assert normaliser({"u": "unit"}).words("u") == ["unit"]


def test_a_table_that_points_in_a_circle_ends() -> None:
    assert normaliser({"a b": "c", "c": "a b"}).words("a b c") == ["a", "b", "a", "b"]


def test_a_full_stop_inside_a_number_ends_no_sentence() -> None:
    assert sentences("It is 2.5 miles. Is that far? Yes") == ["It is 2.5 miles", " Is that far", " Yes"]


def test_ligatures_and_wide_letters_are_plain_letters() -> None:
    assert fold("ﬁt Ｗ") == "fit w"
