"""Places as people type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory import Places
from tests.directory.builders import real_areas, real_places

PLACES = Places(real_places(), real_areas())

UNDERSTOOD = [
    ("eh6", "EH6"),
    ("EH6 5NA please", "EH6 5"),
    ("eh65na", "EH6 5"),
    ("eh 6 5na", "EH6 5"),
    ("EH6 5N", "EH6 5"),
    ("eh4 2", "EH4 2"),
    ("EH42", "EH42"),
    ("my postcode is so16 6aa", "SO16 6"),
    ("S016 6AA", "SO16 6"),
    ("SO l4 7AS", "SO14 7"),
    ("ec1a 1bb", "EC1A 1"),
    ("ECIA 1BB", "EC1A 1"),
    ("n1c 4ag", "N1C 4"),
    ("m1 3aa", "M1 3"),
    ("EH99 9ZZ", "EH99"),
    ("my mum lives at eh6 5na and she is worried", "EH6 5"),
    ("I live near G12", "G12"),
    ("im in leith", "Leith"),
    ("IN LEITH PLEASE!!", "Leith"),
    ("near Southampton", "Southampton"),
    ("sothampton", "Southampton"),
    ("inverniss", "Inverness"),
    ("edinbra", "Edinburgh"),
    ("glesga", "Glasgow"),
    ("bournmouth", "Bournemouth"),
    ("st. andrews", "St Andrews"),
    ("KING’S CROSS", "King's Cross"),
    ("pompey", "Portsmouth"),
    ("reading", "Reading"),
    ("i live in bath", "Bath"),
    ("fife", "Fife"),
    ("NHS Lothian", "Lothian"),
    ("somewhere in the new forest", "New Forest"),
    ("manchester", "Manchester"),
    ("hertfordshire", "Hertfordshire"),
    ("ＥＨ６ ５ＮＡ", "EH6 5"),
    ("eh6 or leith", "EH6"),
]

NOT_A_PLACE = [
    "",
    "I am a teacher in need of help",
    "i like reading",
    "help with reading",
    "i take b12 tablets",
    "T2 N1 M0",
    "see me at 1 5am",
    "yes",
    "no",
    "so",
    "im 5",
    "I have 2 kids",
    "after surgery",
    "i had a stroke",
    "do you smoke",
    "in my bones",
    "near me",
    "at home",
    "not sure",
    "about 3",
    "the online one",
    "in hospital",
    "in pain",
    "i was eating and walking",
    "i'm worried about my breathing",
    "zz1 1zz",
    "💥💥",
    "\x00\u202e",
]


@pytest.mark.parametrize(("typed", "label"), UNDERSTOOD)
def test_a_place_is_understood_as_people_type_it(typed: str, label: str) -> None:
    assert [location.label for location in PLACES.read(typed)] == [label]


@pytest.mark.parametrize("typed", NOT_A_PLACE)
def test_a_plain_sentence_is_not_read_as_a_place(typed: str) -> None:
    assert PLACES.read(typed) == ()


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("newport", ["Newport, Isle of Wight", "Newport, Wales"]),
        ("Gillingham", ["Gillingham, Dorset", "Gillingham, Kent"]),
        ("dundee or perth", ["Dundee", "Perth"]),
    ],
)
def test_where_a_name_is_several_places_we_get_them_all_to_ask_which(typed: str, labels: list[str]) -> None:
    assert [location.label for location in PLACES.read(typed)] == labels


@pytest.mark.parametrize(
    "typed", ["newport", "Gillingham", "stratford", "richmond", "Whitchurch", "stockbridge"]
)
def test_each_of_several_places_is_understood_by_the_label_that_we_showed(typed: str) -> None:
    shown = PLACES.read(typed)
    assert len(shown) == 2
    assert [PLACES.read(location.label) for location in shown] == [(location,) for location in shown]


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("BT1 5GS", "northern-ireland"),
        ("i live in belfast", "northern-ireland"),
        ("IM1 1AA", "isle-of-man"),
        ("JE2 3AB", "channel-islands"),
        ("guernsey", "channel-islands"),
    ],
)
def test_what_our_map_lacks_is_known_by_name(typed: str, part: str) -> None:
    reading = PLACES.understand(typed)
    assert (reading.locations, reading.outside) == ((), part)


def test_a_postcode_that_we_know_is_exact_and_one_that_we_do_not_is_the_middle_of_its_sector() -> None:
    known, unknown = PLACES.understand("G12 8QQ"), PLACES.understand("G12 9ZZ")
    assert (known.exact, unknown.exact) == (True, False)
    assert unknown.locations == PLACES.read("g12 9")


def test_the_label_never_shows_a_whole_postcode() -> None:
    assert [location.label for location in PLACES.read("EH6 5NA")] == ["EH6 5"]


def test_the_space_says_whether_it_is_a_sector_or_another_outward_code() -> None:
    (sector,), (outcode,) = PLACES.read("eh4 2"), PLACES.read("eh42")
    assert sector.longitude < -3.2
    assert outcode.longitude > -2.6


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("eh6", "scotland"),
        ("TD15 1AA", ""),
        ("se1", "london"),
        ("so16", "wessex"),
        ("n17", "london"),
        ("m1", ""),
    ],
)
def test_a_place_belongs_to_the_pack_of_its_area_and_nation(typed: str, area: str) -> None:
    (location,) = PLACES.read(typed)
    assert PLACES.area(location) == area


def test_a_shared_position_gets_the_name_of_its_sector() -> None:
    location = PLACES.at(55.9698, -3.1767)
    assert (location.label, location.nation, PLACES.area(location)) == ("EH6 5", "scotland", "scotland")


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 0.0), (48.85, 2.35), (54.6, -5.93), (89.9, 179.9)])
def test_a_shared_position_abroad_has_no_name_and_no_area(latitude: float, longitude: float) -> None:
    location = PLACES.at(latitude, longitude)
    assert (location.label, PLACES.area(location)) == ("", "")


@pytest.mark.parametrize("forged", [float("nan"), float("inf"), 1e308])
def test_a_forged_position_is_nowhere(forged: float) -> None:
    assert PLACES.at(forged, forged).label == ""


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert all(location.label for location in PLACES.read(text))


def test_a_megabyte_of_text_is_read_no_further_than_its_beginning() -> None:
    assert PLACES.read("m1 " * 300_000) == PLACES.read("m1")
