"""Details that must not reach us: NHS and CHI numbers, dates of birth, names. Found, masked, and told."""

import re
from dataclasses import dataclass

MASK = "…"
TEN = re.compile(r"(?<!\d)(\d{3}[ -]?\d{3}[ -]?\d{4}|\d{6}[ -]?\d{4})(?!\d)")
BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|birthday|born(?: on)?)\b[\s:is]*"
    r"(\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9},? \d{2,4})",
    re.IGNORECASE,
)
NAME = re.compile(
    r"\b([Mm]y (?:full )?name(?: is|'s|s)?|[Ii](?:'|’)?m called|[Ii] am called)[ :]+(\S+(?: [A-Z]\S+)?)"
)
NHS_WEIGHTS = range(10, 1, -1)


@dataclass(frozen=True, slots=True)
class Masked:
    """The text without the details, and which kinds were in it."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """Take private details out of a text."""
    kinds: list[str] = []

    def number(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[1])
        if not (_is_nhs(digits) or _is_chi(digits)):
            return found[0]
        kinds.append("number")
        return MASK

    text = TEN.sub(number, text)
    text, born = BORN.subn(lambda found: found[0].replace(found[1], MASK), text)
    text, named = NAME.subn(lambda found: f"{found[1]} {MASK}", text)
    kinds += ["birth"] * bool(born) + ["name"] * bool(named)
    return Masked(text, tuple(dict.fromkeys(kinds)))


def _is_nhs(digits: str) -> bool:
    """Ten digits whose last one checks the others by modulus 11 (NHS Data Dictionary)."""
    total = sum(weight * int(digit) for weight, digit in zip(NHS_WEIGHTS, digits, strict=False))
    check = (11 - total % 11) % 11
    return digits[0] != "0" and check != 10 and check == int(digits[9])


def _is_chi(digits: str) -> bool:
    """A Scottish CHI number begins with a date of birth, DDMMYY, and checks by modulus 11 as well."""
    day, month = int(digits[:2]), int(digits[2:4])
    total = sum(weight * int(digit) for weight, digit in zip(NHS_WEIGHTS, digits, strict=False))
    return 1 <= day <= 31 and 1 <= month <= 12 and (11 - total % 11) % 11 == int(digits[9])
