"""Postcodes cut into their parts, and where they are."""

import pytest

from bot.directory.codes import find_codes
from bot.directory.postcodes import attribution, shipped_postcodes

# From the tests of ideal-postcodes/postcode (Copyright (c) 2020 IDDQD Limited, MIT licence).
CUT = [
    ("L27 8XY", "L27", "8XY"),
    ("NR10 3EZ", "NR10", "3EZ"),
    ("RG4 5AY", "RG4", "5AY"),
    ("NE69 7AW", "NE69", "7AW"),
    ("SE23 2NF", "SE23", "2NF"),
    ("L278XY", "L27", "8XY"),
    ("NR103EZ", "NR10", "3EZ"),
    ("RG45AY", "RG4", "5AY"),
    ("NE697AW", "NE69", "7AW"),
    ("SE232NF", "SE23", "2NF"),
    ("EC1A 1BB", "EC1A", "1BB"),
    ("W1A0AX", "W1A", "0AX"),
    ("N1C 0AB", "N1C", "0AB"),
]


@pytest.mark.parametrize(("typed", "outcode", "unit"), CUT)
def test_a_postcode_is_cut_into_its_halves(typed: str, outcode: str, unit: str) -> None:
    known = shipped_postcodes().numbers
    first = next(find_codes(typed.lower().split(), lambda code: code in known))
    assert (first.outcode, first.digit, first.unit, first.plain) == (outcode, unit[0], unit, True)


@pytest.mark.parametrize("unit", ["5CA", "5NI", "5KA", "5MV", "5NO", "AB1", "55A"])
def test_letters_that_no_postcode_ends_with_make_it_none(unit: str) -> None:
    whole = [code for code in find_codes(["eh6" + unit.lower()], lambda code: code == "EH6") if code.unit]
    assert whole == []


def test_a_postcode_of_our_areas_is_where_it_really_is() -> None:
    spot = shipped_postcodes().postcode("SO14", "7AS")
    assert spot is not None
    assert (spot.latitude, spot.longitude, spot.exact) == (50.9178, -1.3868, True)


def test_elsewhere_a_postcode_is_the_middle_of_its_sector() -> None:
    tables = shipped_postcodes()
    assert tables.postcode("M1", "3AA") == tables.sector("M1", "3")


def test_every_outward_code_has_its_nation() -> None:
    tables = shipped_postcodes()
    assert (tables.nation("EH6"), tables.nation("CF10"), tables.nation("TD15")) == (
        "scotland",
        "wales",
        "england",
    )


def test_the_three_lines_of_the_licence_ship_with_the_tables() -> None:
    assert attribution().splitlines() == [
        "Contains Ordnance Survey data © Crown copyright and database right 2025.",
        "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
        "Contains National Statistics data © Crown copyright and database right 2025.",
    ]
