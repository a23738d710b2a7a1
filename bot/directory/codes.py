"""Postcodes as people type them: no space, small letters, O for 0, or only the first half."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

LOOKS_LIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1I", "L": "L1"}
"""What is mistaken for what; as typed first."""
DIGIT_OF = str.maketrans("OIL", "011")
UNIT = re.compile(r"\d[ABD-HJLNP-UW-Z]{2}")
"""The second half of a postcode: C, I, K, M, O and V never stand in it."""
HALF_UNIT = re.compile(r"\d[ABD-HJLNP-UW-Z]?")
LONGEST = 3
"""A postcode is written in three words at most ("so 16 6yd")."""


@dataclass(frozen=True, slots=True)
class Code:
    """A postcode or the first part of one, and the words it was written in. `plain`: just as it should be."""

    start: int
    end: int
    outcode: str
    digit: str = ""
    unit: str = ""
    plain: bool = False


def find_codes(words: list[str], known: Callable[[str], bool]) -> Iterator[Code]:
    """Everything that could be a postcode, the longest first. `known` says whether an outward code exists."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            written = [word.upper() for word in words[start : start + length]]
            if found := _read(written, known):
                outcode, digit, unit = found
                plain = written[0] in (outcode, outcode + unit) and "".join(written) == outcode + (
                    unit or digit
                )
                yield Code(start, start + length, outcode, digit, unit, plain)


def _read(written: list[str], known: Callable[[str], bool]) -> tuple[str, str, str] | None:
    joined = "".join(written)
    if not 2 <= len(joined) <= 7 or not any(letter.isdigit() for letter in joined):
        return None
    return _full(joined, known) or _spaced_sector(written, known) or _outcode_or_sector(joined, known)


def _full(joined: str, known: Callable[[str], bool]) -> tuple[str, str, str] | None:
    unit = joined[-3:-2].translate(DIGIT_OF) + joined[-2:]
    outcode = _outcode(joined[:-3], known)
    return (outcode, unit[0], unit) if outcode and UNIT.fullmatch(unit) else None


def _spaced_sector(written: list[str], known: Callable[[str], bool]) -> tuple[str, str, str] | None:
    """ "eh4 2": the space says that this is not EH42."""
    outcode = _outcode("".join(written[:-1]), known)
    if outcode and HALF_UNIT.fullmatch(written[-1]) and any(letter.isdigit() for letter in written[-2]):
        return outcode, written[-1][0], ""
    return None


def _outcode_or_sector(joined: str, known: Callable[[str], bool]) -> tuple[str, str, str] | None:
    if outcode := _outcode(joined, known):
        return outcode, "", ""
    start, end = (joined[:-2], joined[-2:]) if joined[-1:].isalpha() else (joined[:-1], joined[-1:])
    if (outcode := _outcode(start, known)) and HALF_UNIT.fullmatch(end):
        return outcode, end[0], ""
    return None


def _outcode(written: str, known: Callable[[str], bool]) -> str | None:
    """The outward code that was meant, as typed before any other."""
    if not 2 <= len(written) <= 4:
        return None
    meant = product(*(LOOKS_LIKE.get(letter, letter) for letter in written))
    return next((code for code in map("".join, meant) if known(code)), None)
