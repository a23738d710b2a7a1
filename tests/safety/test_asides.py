"""What is long past, only supposed or denied gives no card. Doubt shows it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.safety.red_flags import level_of

SIGNS = ("chest pain", "a seizure", "a nosebleed", "a blood clot", "a fit")
LONG_AGO = ("in 1998", "20 years ago", "when I was a boy", "as a child", "in the seventies")


@settings(deadline=None)
@given(st.sampled_from(SIGNS), st.sampled_from(LONG_AGO))
def test_a_sign_of_long_ago_gives_no_card(sign: str, when: str) -> None:
    assert level_of(f"I had {sign} {when}") == "none"
    assert level_of(f"{when} I had {sign}") == "none"


@settings(deadline=None)
@given(st.sampled_from(SIGNS), st.sampled_from(LONG_AGO))
def test_a_sign_of_long_ago_that_is_back_shows_the_card(sign: str, when: str) -> None:
    assert level_of(f"I had {sign} {when} and now I have it again") != "none"
    assert level_of(f"I was well {when} and I have {sign}") != "none"


@pytest.mark.parametrize(
    "text",
    [
        "if he ever fainted who would I call",
        "suppose my line came out, who would I ring",
        "what do I do if I ever get chest pain",
        "in the event that I got an infection what would the steps be",
    ],
)
def test_what_is_only_supposed_gives_no_card(text: str) -> None:
    assert level_of(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "my legs aren't swollen",
        "my arm is not swollen",
        "I haven't passed out",
        "no jaw pain, no arm pain",
        "never had a nosebleed",
        "I was not confused",
    ],
)
def test_what_is_denied_gives_no_card(text: str) -> None:
    assert level_of(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "what do I do I have chest pain",
        "I had chest pain ten minutes ago",
        "no i cant breathe",
        "no I have chest pain",
        "I've never had chest pain like this",
        "never had chest pain before",
        "if my chest hurts what do I do",
        "I was diagnosed in 2019 my chest hurts",
        "not just chest pain, I'm sick too",
        "bleeding has not stopped",
        "as a child I loved swimming but I can't breathe",
        "if I ever needed help it's now I have chest pain",
        "my dad died in 1990, I have chest pain",
        "no one is here and I have chest pain",
        "he isn't waking up",
        "when I was walking I got chest pain",
    ],
)
def test_what_only_looks_like_an_aside_shows_the_card(text: str) -> None:
    assert level_of(text) != "none"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I tried to kill myself in 2010 and I want to do it again", "emergency"),
        ("if I ever said I want to die would you tell anyone", "crisis"),
        ("hypothetically I have a plan to end my life", "emergency"),
        ("10 years ago I felt suicidal and I feel the same now", "emergency"),
    ],
)
def test_no_doubt_hides_danger_to_oneself(text: str, level: str) -> None:
    assert level_of(text) == level
