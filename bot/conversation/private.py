"""Details that must not reach us: NHS and CHI numbers, dates of birth, names. Found, masked, and told."""

import re
from dataclasses import dataclass

MASK = "…"
TEN = re.compile(r"(?<![\d.])\d(?:[ .\-–—]{0,3}\d){9}(?![\d])")
DIALLED = re.compile(r"(?:\+|00)\s*44[\s\-]*(?:\(0\)[\s\-]*)?$|\(0\)[\s\-]*$")
"""What stands before the digits of a phone number."""
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:19\d\d|200\d)"
DATES = (
    rf"\d{{1,2}}[/. -]\d{{1,2}}[/. -]{YEAR}",
    rf"{YEAR}[/. -]\d{{1,2}}[/. -]\d{{1,2}}",
    rf"{DAY}(?: of)?[ -]{MONTH},?[ -]{YEAR}",
    rf"{MONTH} {DAY},? {YEAR}",
)
BIRTH_DATE = re.compile(rf"\b(?:{'|'.join(DATES)})\b", re.IGNORECASE)
"""A whole date of 1900 to 2009: nobody's treatment, but somebody's birthday."""
BORN = re.compile(
    rf"\b((?:d\.?o\.?b\.?|date of birth|birthday|born)\b[\s:]*(?:is|on|the|\s)*)"
    rf"(\d{{1,2}}[/. -]\d{{1,2}}[/. -]\d{{2,4}}|{DAY}(?: of)? {MONTH},? \d{{2,4}}|{MONTH} {DAY},? \d{{2,4}})",
    re.IGNORECASE,
)
NO_NAMES = (
    r"(?!(?:not|kept|keep|and|or|to|a|an|the|on|in|no|stored|saved|needed|important|private|safe|ever|going|"
    r"shared|used|being|really|used|never|always|for|by|with|there|known|secret|asked)\b)"
)
NAME = re.compile(
    rf"\b(my (?:full |first |last )?name(?: is|['’]s|s|\s*:)\s+|i(?:['’]?m| am) called\s+)"
    rf"{NO_NAMES}([^\W\d_][\w'’-]*(?: (?!(?:and|what|can|how|i|my|is|do|born)\b)(?-i:[A-Z])[\w'’-]*)*)",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"\b([Tt]his is |[Ii] am |[Ii]['’]m )((?:Mrs?|Ms|Miss|Dr)\.? [A-Z]\w+|[A-Z][a-z]+ [A-Z][a-z]+)\b"
)
NHS_WEIGHTS = range(10, 1, -1)


@dataclass(frozen=True, slots=True)
class Masked:
    """The text without the details, and which kinds were in it."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str, numbers: bool = True) -> Masked:
    """Take private details out of a text. `numbers`: not where we have just asked for a phone number."""
    kinds: list[str] = []
    if numbers:
        text, found = _without_numbers(text)
        kinds += ["number"] * found
    text, spelled = BORN.subn(rf"\g<1>{MASK}", text)
    text, dated = BIRTH_DATE.subn(MASK, text)
    text, named = NAME.subn(rf"\g<1>{MASK}", text)
    text, signed = SIGNED.subn(rf"\g<1>{MASK}", text)
    kinds += ["birth"] * bool(spelled or dated) + ["name"] * bool(named or signed)
    return Masked(text, tuple(dict.fromkeys(kinds)))


def _without_numbers(text: str) -> tuple[str, bool]:
    """Ten digits that check as an NHS or CHI number, however they are spaced; phone numbers stay."""
    found = False

    def number(ten: re.Match[str]) -> str:
        nonlocal found
        digits = re.sub(r"\D", "", ten[0])
        if DIALLED.search(text[: ten.start()]) or not (_is_nhs(digits) or _is_chi(digits)):
            return ten[0]
        found = True
        return MASK

    return TEN.sub(number, text), found


def _is_nhs(digits: str) -> bool:
    """Ten digits whose last one checks the others by modulus 11 (NHS Data Dictionary)."""
    return digits[0] != "0" and _checks(digits)


def _is_chi(digits: str) -> bool:
    """A Scottish CHI number begins with a date of birth, DDMMYY, and checks by modulus 11 as well."""
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12 and _checks(digits)


def _checks(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(NHS_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[9])
