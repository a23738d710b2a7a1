"""Every phrase of the safety pack gives its level, however it is typed."""

import pytest

from tests.safety.red_flags import ids_of, level_of, messages, seeds, typos

SEEDS = tuple(seeds())
LONG = (
    "Hello there, I hope you can help. I live in Leith with two cats and I was reading your page about "
    "walking groups and recipes. {} and my appointment letter says to bring a list of questions. Thank you "
    "so much for all the information, the weather is lovely here."
)
IN_THE_MIDDLE = "I saw the nurse on Tuesday and she was lovely. {}. When is the next class?"


@pytest.mark.parametrize(("level", "flag", "phrase"), SEEDS)
def test_a_seed_phrase_gives_its_level_and_its_flag(level: str, flag: str, phrase: str) -> None:
    assert (level_of(phrase), flag in ids_of(phrase)) == (level, True)


@pytest.mark.parametrize(("level", "flag", "phrase"), SEEDS)
def test_capitals_change_nothing(level: str, flag: str, phrase: str) -> None:
    assert (level_of(phrase.upper()), level_of(phrase.lower())) == (level, level)


@pytest.mark.parametrize(
    ("level", "typed"), [(level, typed) for level, _, phrase in SEEDS for typed in typos(phrase)]
)
def test_one_typo_changes_nothing(level: str, typed: str) -> None:
    assert level_of(typed) == level


@pytest.mark.parametrize(("level", "flag", "phrase"), SEEDS)
def test_a_long_message_hides_nothing(level: str, flag: str, phrase: str) -> None:
    assert [level_of(text.format(phrase)) for text in (LONG, IN_THE_MIDDLE)] == [level, level]


@pytest.mark.parametrize(("level", "flag", "phrase"), SEEDS[::12])
def test_the_longest_message_hides_nothing(level: str, flag: str, phrase: str) -> None:
    assert (
        level_of(f"{'I like walking by the sea. ' * 70}{phrase}. {'We had soup for lunch. ' * 70}") == level
    )


@pytest.mark.parametrize(("level", "message"), tuple(messages("dangerous")))
def test_real_ways_of_saying_it_give_the_level(level: str, message: str) -> None:
    assert level_of(message) == level


@pytest.mark.parametrize(("heading", "message"), tuple(messages("harmless")))
def test_harmless_messages_give_no_card(heading: str, message: str) -> None:
    assert level_of(message) == "none"
