"""Links and short codes: ours are read, and nothing else is."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.leaflet_links import (
    CROCKFORD,
    LETTERS,
    PURPOSES,
    Leaflet,
    is_signed,
    known_area,
    read_short_code,
    short_code,
)
from tests.leaflets.papers import LINKS, OTHERS

IDS = st.integers(1, 32**6 - 1)
NAMES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda name: len(name) <= 28)
LEAFLETS = st.builds(
    Leaflet,
    IDS,
    st.sampled_from(PURPOSES),
    st.one_of(st.just(""), NAMES),
    NAMES,
    st.sampled_from(["en", "gd"]),
)


@settings(max_examples=60, deadline=None)
@given(LEAFLETS)
def test_a_link_says_what_it_was_made_of_in_64_characters_that_telegram_takes(leaflet: Leaflet) -> None:
    payload = LINKS.write(leaflet)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert is_signed(payload)
    read = LINKS.read(payload)
    assert isinstance(read, Leaflet)
    assert known_area(read, ["elsewhere", leaflet.area]) == leaflet


def test_the_longest_link_there_can_be_still_fits() -> None:
    longest = Leaflet(32**6 - 1, "session", "s" * 28, "a" * 28, "gla")
    assert len(LINKS.write(longest)) <= 64


@settings(max_examples=60, deadline=None)
@given(LEAFLETS, st.data())
def test_one_wrong_character_anywhere_is_a_slip_of_the_pen(leaflet: Leaflet, data: st.DataObject) -> None:
    payload = LINKS.write(leaflet)
    place = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(st.sampled_from([one for one in LETTERS if one != payload[place]]))
    assert LINKS.read(payload[:place] + other + payload[place + 1 :]) == "mistyped"


@settings(max_examples=60, deadline=None)
@given(st.text(LETTERS, max_size=70))
def test_nobody_guesses_a_link(payload: str) -> None:
    assert not isinstance(LINKS.read(payload), Leaflet)


@settings(max_examples=40, deadline=None)
@given(LEAFLETS)
def test_a_whole_link_of_another_deployment_is_forged(leaflet: Leaflet) -> None:
    assert LINKS.read(OTHERS.write(leaflet)) == "forged"


@pytest.mark.parametrize("cut", [1, 5, 13, 30])
def test_a_link_that_was_cut_short_is_not_read(cut: int) -> None:
    assert LINKS.read(LINKS.write(Leaflet(7, "check", "", "scotland"))[:-cut]) == "mistyped"


@settings(max_examples=60, deadline=None)
@given(IDS)
def test_a_short_code_is_read_however_it_is_typed(id: int) -> None:
    code = short_code(id)
    assert set(code) <= set(CROCKFORD) and 3 <= len(code) <= 7
    forgiven = code.lower().replace("0", "o").replace("1", "l")
    assert read_short_code(code) == read_short_code(f" {forgiven} ") == id


@settings(max_examples=60, deadline=None)
@given(IDS, st.data())
def test_one_wrong_character_in_a_short_code_is_noticed(id: int, data: st.DataObject) -> None:
    code = short_code(id)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([one for one in CROCKFORD if one != code[place]]))
    assert read_short_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "7", "preview", "../../etc", "é", "7K4" * 5, string.whitespace, "UUU"])
def test_what_is_no_short_code_is_none(typed: str) -> None:
    assert read_short_code(typed) is None
