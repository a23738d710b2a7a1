"""Names of towns, districts, councils and health boards, found although they are misspelt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.listings import PlaceName
from bot.directory.postcodes import Postcodes, Spot
from bot.directory.wording import place_words

SHORTEST_MISSPELT = 5
LONG_NAME = 9
"""From this many letters on, two slips are forgiven; below, one."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place that has a name. Without a spot it lies where our map does not reach."""

    label: str
    outcode: str
    spot: Spot | None
    ordinary: bool = False


@dataclass(frozen=True)
class Names:
    """Every name, in small letters, and the places that bear it."""

    places: Mapping[str, tuple[Named, ...]]
    words: frozenset[str]
    long: tuple[str, ...]

    def exactly(self, name: str) -> tuple[Named, ...]:
        return self.places.get(name, ())

    def nearly(self, name: str, slips: int = 2) -> tuple[Named, ...]:
        """The places whose name is closest to this one, if it is close enough (with one slip: towns only)."""
        if len(name) < SHORTEST_MISSPELT:
            return ()
        close = process.extract(name, self.long, scorer=OSA.distance, score_cutoff=slips, limit=5)
        near = [(distance, found) for found, distance, _ in close if _forgiven(name, found, int(distance))]
        best = min((distance for distance, _ in near), default=0)
        places = _once(place for distance, found in near if distance == best for place in self.places[found])
        return tuple(place for place in places if slips > 1 or not place.ordinary)


def _forgiven(typed: str, name: str, slips: int) -> bool:
    if slips > (2 if len(name) >= LONG_NAME else 1):
        return False
    return typed[0] == name[0] or (slips == 1 and len(name) >= LONG_NAME)


def _once(places: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(places))


def build_names(written: Iterable[PlaceName], postcodes: Postcodes) -> Names:
    """Our own list; what it does not name is looked for among councils and health boards."""
    found: dict[str, list[Named]] = defaultdict(list)
    for place in written:
        named = Named(place.label or place.name, place.at, postcodes.outcode(place.at), place.ordinary)
        for name in dict.fromkeys((place.name, *place.also, named.label)):
            found[" ".join(place_words(name))].append(named)
    for name, named in _authorities(postcodes).items():
        found[name] = found[name] or [named]
    places = {name: _once(named) for name, named in found.items()}
    words = frozenset(word for name in places for word in name.split())
    return Names(places, words, tuple(name for name in places if len(name) >= SHORTEST_MISSPELT))


def _authorities(postcodes: Postcodes) -> dict[str, Named]:
    """Councils of Great Britain, then Scotland's health boards, each at the middle of its postcodes."""
    found: dict[str, Named] = {}
    for names in (postcodes.councils, postcodes.boards):
        members: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(names):
            members[plain_council(name)].append(at)
        for label, at_all in members.items():
            named = Named(label, postcodes.outcodes[at_all[0]], _middle(at_all, postcodes), ordinary=True)
            found.setdefault(" ".join(place_words(label)), named)
    found.pop("", None)
    return found


def plain_council(name: str) -> str:
    """ "City of Edinburgh", "Aberdeen City" and "Caerdydd - Cardiff" as people say them."""
    english = name.rpartition(" - ")[2].removeprefix("the ").removeprefix("The ")
    short = english.removeprefix("City of ").removeprefix("County of ").removesuffix(" City")
    return english if short == "London" else short


def _middle(at: Sequence[int], postcodes: Postcodes) -> Spot:
    sizes = postcodes.sizes[at]
    latitude, longitude = (
        float(np.average(numbers[at], weights=sizes)) / 10_000
        for numbers in (postcodes.middles.latitudes, postcodes.middles.longitudes)
    )
    return Spot(postcodes.outcodes[at[0]], round(latitude, 4), round(longitude, 4))
