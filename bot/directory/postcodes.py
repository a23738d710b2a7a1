"""Where a postcode is: the shipped tables of Great Britain, opened once and looked up by number."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "places.npz"
ATTRIBUTION = Path(__file__).parent / "ATTRIBUTION.txt"
NATIONS = ("england", "scotland", "wales")
LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
Numbers: TypeAlias = NDArray[np.int32]


def unit_number(unit: str) -> int:
    """ "5NA" as one of 6,760."""
    return int(unit[0]) * 676 + LETTERS[unit[1]] * 26 + LETTERS[unit[2]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A position, and the outward code it stands in."""

    outcode: str
    latitude: float
    longitude: float
    exact: bool = False


@dataclass(frozen=True)
class Points:
    """Numbered positions in the order of their numbers, in steps of 0.0001 degrees."""

    keys: NDArray[np.integer]
    latitudes: Numbers
    longitudes: Numbers

    def find(self, key: int) -> tuple[float, float] | None:
        at = int(np.searchsorted(self.keys, self.keys.dtype.type(key)))
        if at < len(self.keys) and self.keys[at] == key:
            return self.position(at)
        return None

    def position(self, at: int) -> tuple[float, float]:
        return float(self.latitudes[at]) / 10_000, float(self.longitudes[at]) / 10_000


@dataclass(frozen=True)
class Postcodes:
    """Outward codes and sectors of all Great Britain; full postcodes of our areas."""

    outcodes: tuple[str, ...]
    nations: NDArray[np.uint8]
    middles: Points
    sectors: Points
    full: Points
    councils: tuple[str, ...]
    boards: tuple[str, ...]
    sizes: Numbers
    numbers: dict[str, int] = field(default_factory=dict)

    def nation(self, outcode: str) -> str:
        return NATIONS[self.nations[self.numbers[outcode]]]

    def council(self, outcode: str) -> str:
        return self.councils[self.numbers[outcode]]

    def outcode(self, outcode: str) -> Spot | None:
        number = self.numbers.get(outcode)
        return None if number is None else Spot(outcode, *self.middles.position(number))

    def sector(self, outcode: str, digit: str) -> Spot | None:
        found = (
            self.sectors.find(self.numbers[outcode] * 10 + int(digit)) if outcode in self.numbers else None
        )
        return None if found is None else Spot(outcode, *found)

    def postcode(self, outcode: str, unit: str) -> Spot | None:
        """The place itself, else the middle of its sector, else of its outward code."""
        if outcode not in self.numbers:
            return None
        found = self.full.find(self.numbers[outcode] * 6760 + unit_number(unit))
        if found is not None:
            return Spot(outcode, *found, exact=True)
        return self.sector(outcode, unit[0]) or self.outcode(outcode)

    def nearest(self, latitude: float, longitude: float) -> tuple[Spot, str, float]:
        """The sector whose middle is nearest, its digit, and how many kilometres away that is."""
        points = self.sectors
        across = (points.longitudes / 10_000 - longitude) * np.cos(np.radians(latitude))
        degrees = np.hypot(points.latitudes / 10_000 - latitude, across)
        at = int(np.argmin(degrees))
        number, digit = divmod(int(points.keys[at]), 10)
        return Spot(self.outcodes[number], *points.position(at)), str(digit), float(degrees[at]) * 111.2


@lru_cache(maxsize=1)
def shipped_postcodes() -> Postcodes:
    """The tables of the package, opened when somebody first names a place."""
    with np.load(SHIPPED, allow_pickle=False) as table:
        outcodes = tuple(name.decode() for name in table["outcodes"].tolist())
        number = np.arange(len(outcodes), dtype=np.int32)
        return Postcodes(
            outcodes=outcodes,
            nations=table["outcode_nations"],
            middles=Points(number, table["outcode_latitudes"], table["outcode_longitudes"]),
            sectors=Points(table["sectors"], table["sector_latitudes"], table["sector_longitudes"]),
            full=Points(*(_summed(table[f"full_{of}"]) for of in ("keys", "latitudes", "longitudes"))),
            councils=_named(table, "councils"),
            boards=_named(table, "boards"),
            sizes=table["outcode_sizes"],
            numbers={outcode: at for at, outcode in enumerate(outcodes)},
        )


def _summed(steps: NDArray[np.integer]) -> Numbers:
    return np.cumsum(steps, dtype=np.int32)


def _named(table: "np.lib.npyio.NpzFile", what: str) -> tuple[str, ...]:
    """The name beside each outward code."""
    names = [name.decode() for name in table[f"{what}_names"].tolist()]
    return tuple(names[at] for at in table[f"outcode_{what}"].tolist())


def attribution() -> str:
    """The three lines that the licence asks for, verbatim."""
    return ATTRIBUTION.read_text(encoding="utf-8").strip()
