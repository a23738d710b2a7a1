"""Where somebody is, from what they typed or shared, and which area pack that belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

from bot.content.listings import PlaceName
from bot.content.shapes import Area
from bot.directory.codes import Code, find_codes
from bot.directory.distance import kilometres
from bot.directory.names import Named, Names, build_names, plain_council
from bot.directory.postcodes import Postcodes, Spot, shipped_postcodes
from bot.directory.wording import BEFORE, FILLER, NOT_PLACES, place_words
from bot.model import Location

OFF_THE_MAP = {
    "BT": "northern-ireland",
    "IM": "isle-of-man",
    "JE": "channel-islands",
    "GY": "channel-islands",
}
"""Postcode letters that the open data does not cover."""
LONGEST_NAME = 5
FARTHEST = 40.0
"""Kilometres from the nearest sector's middle beyond which a shared position is not in Great Britain."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. Several locations: ask which. `outside` names a part that our map lacks."""

    locations: tuple[Location, ...] = ()
    exact: bool = False
    """A full postcode that we know; all else is the middle of something larger."""
    outside: str = ""


NOTHING = Reading()
SAME_PLACE = 20.0
"""Kilometres: "EH6 or Leith" is one answer, "Dundee or Perth" are two."""
MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A reading, and the words it was made of."""

    start: int
    end: int
    reading: Reading


@dataclass(frozen=True)
class Places:
    """Reads places; the tables are opened when the first place is read."""

    names_written: tuple[PlaceName, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def postcodes(self) -> Postcodes:
        return shipped_postcodes()

    @cached_property
    def names(self) -> Names:
        return build_names(self.names_written, self.postcodes)

    def read(self, text: str) -> tuple[Location, ...]:
        """The place in this message, best first; nothing when it is not sure that there is one."""
        return self.understand(text).locations

    def understand(self, text: str) -> Reading:
        words, readings = place_words(text), list[Reading]()
        while len(readings) < MOST_PLACES and (mention := self._mention(words)):
            readings.append(mention.reading)
            words = [*words[: mention.start], "or", *words[mention.end :]]
        return _together(readings)

    def _mention(self, words: list[str]) -> Mention | None:
        return self._code(words) or self._exact_name(words) or self._misspelt_name(words)

    def at(self, latitude: float, longitude: float) -> Location:
        """A shared position under the name of the nearest sector; without a name where our map ends."""
        if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
            return Location("", 0.0, 0.0)
        spot, digit, away = self.postcodes.nearest(latitude, longitude)
        if away > FARTHEST:
            return Location("", latitude, longitude)
        return Location(f"{spot.outcode} {digit}", latitude, longitude, self.postcodes.nation(spot.outcode))

    def locate(self, code: Code) -> Location | None:
        """A postcode under the name of its sector or outward code; nothing where our map ends."""
        if code.outcode not in self.postcodes.numbers:
            return None
        sector = code.digit and self.postcodes.sector(code.outcode, code.digit)
        return self._location(f"{code.outcode} {code.digit}" if sector else code.outcode, self._spot(code))

    def area(self, location: Location) -> str:
        """The id of the area pack that covers this place, or nothing."""
        spot, _, away = self.postcodes.nearest(location.latitude, location.longitude)
        if away > FARTHEST:
            return ""
        nation, names = self.postcodes.nation(spot.outcode), {_letters(spot.outcode), spot.outcode}
        covers = (area for area in self.areas if area.nation in ("uk", nation))
        return next((area.id for area in covers if not names.isdisjoint(area.letters)), "")

    def council(self, location: Location) -> str:
        """The council that most of this place's postcode district belongs to, or nothing off our map."""
        spot, _, away = self.postcodes.nearest(location.latitude, location.longitude)
        return plain_council(self.postcodes.council(spot.outcode)) if away <= FARTHEST else ""

    # ---- postcodes ------------------------------------------------------------------------------------

    def _code(self, words: list[str]) -> Mention | None:
        codes = find_codes(words, self._known)
        found = next((code for code in codes if self._sure_of(code, words)), None)
        return Mention(found.start, found.end, self._reading_of(found)) if found else None

    def _known(self, outcode: str) -> bool:
        return outcode in self.postcodes.numbers or (
            outcode[:2] in OFF_THE_MAP and outcode[2:].isdigit() and int(outcode[2:]) > 0
        )

    def _sure_of(self, code: Code, words: list[str]) -> bool:
        """A whole postcode speaks for itself; less needs words around it that go with a place."""
        if code.outcode not in self.postcodes.numbers and not code.plain:
            return False  # "im 5" is no part of the Isle of Man
        if code.plain and (code.unit or (code.start and words[code.start - 1] in BEFORE)):
            return True
        return self._nothing_else(code.start, code.end, words)

    def _nothing_else(self, start: int, end: int, words: list[str]) -> bool:
        """Around these words stands nothing but chat and other places."""
        around = words[:start] + words[end:]
        return all(word in FILLER or word in self.names.words or self._known(word.upper()) for word in around)

    def _reading_of(self, code: Code) -> Reading:
        location = self.locate(code)
        if location is None:
            return Reading(outside=OFF_THE_MAP[code.outcode[:2]])
        return Reading((location,), self._spot(code).exact)

    def _spot(self, code: Code) -> Spot:
        found = self.postcodes.postcode(code.outcode, code.unit) if code.unit else None
        found = found or (self.postcodes.sector(code.outcode, code.digit) if code.digit else None)
        found = found or self.postcodes.outcode(code.outcode)
        assert found is not None, "find_codes only finds outward codes that are known"
        return found

    def _location(self, label: str, spot: Spot) -> Location:
        return Location(label, spot.latitude, spot.longitude, self.postcodes.nation(spot.outcode))

    # ---- names ----------------------------------------------------------------------------------------

    def _exact_name(self, words: list[str]) -> Mention | None:
        for start, end in _windows(words):
            found = self.names.exactly(" ".join(words[start:end]))
            if found and self._told(start, end, words, all(place.ordinary for place in found)):
                return Mention(start, end, self._named(found))
        return None

    def _misspelt_name(self, words: list[str]) -> Mention | None:
        for start, end in _windows(words):
            if NOT_PLACES.isdisjoint(words[start:end]) and self._told(start, end, words):
                slips = 2 if self._nothing_else(start, end, words) else 1
                if found := self.names.nearly(" ".join(words[start:end]), slips):
                    return Mention(start, end, self._named(found))
        return None

    def _told(self, start: int, end: int, words: list[str], ordinary: bool = False) -> bool:
        """Somebody tells us this place: it stands alone, or after "in" and the like."""
        after = start > 0 and words[start - 1] in BEFORE
        return (after and not ordinary) or self._nothing_else(start, end, words)

    def _named(self, found: tuple[Named, ...]) -> Reading:
        known = tuple(self._location(place.label, place.spot) for place in found if place.spot)
        return Reading(known) if known else Reading(outside=OFF_THE_MAP.get(found[0].outcode[:2], ""))


def _letters(outcode: str) -> str:
    """The letters that an outward code begins with: "EC" of EC1A."""
    return outcode[:2] if outcode[1].isalpha() else outcode[:1]


def _windows(words: list[str]) -> Iterator[tuple[int, int]]:
    """Every run of words, the longest first."""
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, start + length


def _together(readings: list[Reading]) -> Reading:
    """One place, or several that lie apart."""
    apart: list[Location] = []
    for location in (location for reading in readings for location in reading.locations):
        if all(kilometres(location, other) > SAME_PLACE for other in apart):
            apart.append(location)
    outside = next((reading.outside for reading in readings if reading.outside), "")
    exact = len(apart) == 1 and readings[0].exact
    return Reading(tuple(apart), exact, "" if apart else outside) if readings else NOTHING
