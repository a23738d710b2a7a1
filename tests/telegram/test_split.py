"""Long texts are sent in parts, and none breaks a word or a character."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.split import split

THUMB = "👍"


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_text_at_the_limit_stays_whole() -> None:
    assert split("x" * 4096) == ("x" * 4096,)


def test_a_text_over_the_limit_is_cut_between_paragraphs() -> None:
    assert split("a" * 3000 + "\n\n" + "b" * 3000) == ("a" * 3000, "b" * 3000)


def test_one_long_paragraph_is_cut_after_a_sentence() -> None:
    assert split("One two. Three four. Five six.", 24) == ("One two. Three four.", "Five six.")


def test_one_long_sentence_is_cut_between_words() -> None:
    assert split("one two three four", 10) == ("one two", "three four")


def test_emoji_count_double_and_are_never_cut_in_half() -> None:
    assert split(THUMB * 5, 5) == (THUMB * 2, THUMB * 2, THUMB)


def test_half_a_character_and_nul_do_not_stop_a_message() -> None:
    assert split("a\ud83db\x00c") == ("a\ufffdb\ufffdc",)


def test_an_empty_text_is_one_empty_part() -> None:
    assert split("  ") == ("",)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab .\n!" + THUMB), max_size=200), st.integers(2, 30))
def test_every_part_fits_and_no_word_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert max(map(units, parts)) <= limit
    assert "".join("".join(parts).split()) == "".join(text.split())
