"""How hard a text is to read is measured as a reader meets it."""

import pytest

from bot.content.plain_words import avoided
from bot.content.reading import grade, sentences, syllables


@pytest.mark.parametrize(
    ("word", "beats"),
    [("rest", 1), ("walked", 1), ("needed", 2), ("tired", 1), ("little", 2), ("exercise", 3), ("poo", 1)],
)
def test_syllables_are_counted_as_they_are_heard(word: str, beats: int) -> None:
    assert syllables(word) == beats


def test_a_phone_number_and_an_address_are_one_word_each() -> None:
    assert sentences("Phone 0808 808 00 00 or see www.macmillan.org.uk today.") == [
        ("Phone", "10", "or", "see", "website", "today")
    ]


def test_each_line_of_a_list_is_a_sentence() -> None:
    assert len(sentences("You can try:\n- a walk\n- a nap\n- a chat")) == 4


def test_lines_broken_to_fit_the_page_are_one_sentence() -> None:
    assert len(sentences("Rest when\nyou can.")) == 1


def test_a_shortened_word_ends_no_sentence() -> None:
    assert len(sentences("Ask Dr. Lee at 10 a.m. today.")) == 1


def test_plain_words_have_a_low_grade() -> None:
    assert grade("Rest when you can. Drink some water. Ask your nurse if you feel ill.") < 4


def test_hard_words_have_a_high_grade() -> None:
    assert grade("Multidisciplinary evaluation necessitates considerable psychological preparation.") > 12


def test_no_words_have_no_grade() -> None:
    assert grade("…") == 0.0


def test_a_word_that_only_contains_a_word_to_avoid_is_fine() -> None:
    assert not list(avoided("This is tenderness, from a stooled battlement."))


def test_helping_the_body_with_infection_is_milder_than_fighting_cancer() -> None:
    assert [one.severity for _, one in avoided("It helps you fight infection.")] == ["warning"]
