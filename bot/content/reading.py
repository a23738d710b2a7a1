"""How hard a text is to read: its sentences, their length, and the school grade by Flesch and Kincaid."""

import re
from collections.abc import Iterator
from functools import cache

import pyphen

MASKS = (
    (re.compile(r"https?://\S+|\b(?:www\.)?[\w-]+\.(?:org|co|com|gov|scot|nhs|net)\b\S*"), "website"),
    (re.compile(r"\{[^}]*\}"), "number"),
    (re.compile(r"\+?\d[\d ,:.-]*\d"), "10"),
    (re.compile(r"\b(e\.g|i\.e|etc|Dr|Mr|Mrs|a\.m|p\.m)\.", re.IGNORECASE), r"\1"),
)
"""A phone number or an address is read as one word, and a full stop inside one ends no sentence."""

BULLET = re.compile(r"\s*(?:[-•*–]|\d+[.)])\s+")
STOP = re.compile(r"(?<=[.!?:])[\"'”’)]*\s+")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzgh])es$|(?<=[^aeiouyl])e$|(?<=[aeiou]l)e$")
"""An ending that is written and not heard: walked, takes, made, while; but needed, boxes, little."""

MET_DAILY = frozenset(
    (
        "chemotherapy radiotherapy immunotherapy physiotherapist physiotherapy dietitian occupational "
        "therapist macmillan maggie's samaritans emergency university hospital information"
    ).split()
)
"""Long words that people with cancer meet daily and that no shorter word replaces: 2 syllables each."""


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


@cache
def syllables(word: str) -> int:
    """How many beats a word has: where it may be hyphenated, or its vowels, whichever says more."""
    plain = word.lower()
    if plain in MET_DAILY:
        return 2
    heard = len(VOWELS.findall(SILENT.sub("", plain)))
    return max(1, heard, len(_hyphens().positions(plain)) + 1)


def lines(text: str) -> Iterator[str]:
    """Paragraphs and list items; lines that were only broken to fit the page are put together again."""
    held: list[str] = []
    for line in text.splitlines():
        if held and (not line.strip() or BULLET.match(line) or held[-1].endswith((".", ":", "!", "?"))):
            yield " ".join(held)
            held = []
        if line.strip():
            held.append(BULLET.sub("", line, count=1).strip())
    if held:
        yield " ".join(held)


def sentences(text: str) -> list[tuple[str, ...]]:
    """Each sentence as its words."""
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    found = (tuple(WORD.findall(one)) for line in lines(text) for one in STOP.split(line))
    return [words for words in found if words]


def grade(text: str) -> float:
    """The school grade (US) of a text by Flesch and Kincaid: 5 is a reading age of about 10."""
    read = sentences(text)
    words = [word for sentence in read for word in sentence]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(read) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
