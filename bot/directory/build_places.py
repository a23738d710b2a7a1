"""Packs the postcode tables (CSV files, see ATTRIBUTION.txt) into the one small file that ships with us."""

import csv
import gzip
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.directory.postcodes import NATIONS, SHIPPED, unit_number

AREAS = ("scotland", "london", "wessex")
Rows: TypeAlias = list[dict[str, str]]
Table: TypeAlias = dict[str, NDArray[np.generic]]


def rows_of(path: Path) -> Rows:
    """A CSV file, packed or not."""
    written = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(written.decode().splitlines()))


def whole(rows: Rows, column: str) -> NDArray[np.int32]:
    """Degrees as whole numbers of 0.0001 (about 10 metres)."""
    return np.array([round(float(row[column]) * 10_000) for row in rows], np.int32)


def steps(
    numbers: NDArray[np.int32], kind: type[np.signedinteger | np.unsignedinteger]
) -> NDArray[np.generic]:
    """The first differences: neighbours in the list are neighbours on the map, so they pack small."""
    return np.diff(numbers, prepend=numbers.dtype.type(0)).astype(kind)


def outcodes(folder: Path) -> Table:
    """Every outward code: its middle, nation, council and, in Scotland, health board."""
    rows = sorted(rows_of(folder / "outcodes.csv"), key=lambda row: row["outcode"])
    boards = {row["outcode"]: row["health_board"] for row in most_common_board(folder)}
    return {
        "outcodes": np.array([row["outcode"] for row in rows], "S4"),
        "outcode_latitudes": whole(rows, "lat"),
        "outcode_longitudes": whole(rows, "lon"),
        "outcode_sizes": np.array([int(row["n_postcodes"]) for row in rows], np.int32),
        "outcode_nations": np.array([NATIONS.index(row["country"].lower()) for row in rows], np.uint8),
        **named("councils", [row["local_authority"] for row in rows]),
        **named("boards", [boards.get(row["outcode"], "") for row in rows]),
    }


def most_common_board(folder: Path) -> Rows:
    """The health board of an outward code is that of most of its postcodes: it is written last."""
    rows = rows_of(folder / "scotland_outcode_health_board.csv")
    return sorted(rows, key=lambda row: int(row["n_postcodes"]))


def named(what: str, names: list[str]) -> Table:
    """A column of names as numbers into a list without repeats."""
    listed = sorted(set(names))
    return {
        f"{what}_names": np.array([name.encode() for name in listed]),
        f"outcode_{what}": np.array([listed.index(name) for name in names], np.uint16),
    }


def sectors(folder: Path, numbers: dict[str, int]) -> Table:
    """Every sector ("EH4 2") as its outward code's number times 10, plus its digit."""
    rows = rows_of(folder / "sectors.csv")
    rows.sort(key=lambda row: sector_number(row["sector"], numbers))
    return {
        "sectors": np.array([sector_number(row["sector"], numbers) for row in rows], np.uint16),
        "sector_latitudes": whole(rows, "lat"),
        "sector_longitudes": whole(rows, "lon"),
    }


def sector_number(sector: str, numbers: dict[str, int]) -> int:
    outcode, digit = sector.split()
    return numbers[outcode] * 10 + int(digit)


def full_postcodes(folder: Path, numbers: dict[str, int]) -> Table:
    """Every full postcode of our three areas."""
    rows = [row for area in AREAS for row in rows_of(folder / f"full_{area}.csv.gz")]
    keys = np.array([key_of(row["postcode"], numbers) for row in rows], np.int32)
    order = np.argsort(keys, kind="stable")
    return {
        "full_keys": steps(keys[order], np.uint32),
        "full_latitudes": steps(whole(rows, "lat")[order], np.int32),
        "full_longitudes": steps(whole(rows, "lon")[order], np.int32),
    }


def key_of(postcode: str, numbers: dict[str, int]) -> int:
    outcode, unit = postcode.split()
    return numbers[outcode] * 6760 + unit_number(unit)


def build(folder: Path) -> Table:
    table = outcodes(folder)
    numbers = {name.decode(): number for number, name in enumerate(table["outcodes"].tolist())}
    return {**table, **sectors(folder, numbers), **full_postcodes(folder, numbers)}


def main(arguments: Iterable[str]) -> None:
    """`python -m bot.directory.build_places <folder with the CSV files>`"""
    (folder,) = arguments
    np.savez_compressed(SHIPPED, allow_pickle=False, **build(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
