"""Reads the authors' phrases: words in order, with gaps, choices, endings and numbers.

chest pain            these words in order; one other word, and any little words, may stand between
(chest|my ribs) pain  one of these
<cant> breathe        one of the list of that name
vomit*                with its usual endings: vomits, vomited, vomiting
[very] sore           may be left out
=he hits =me          just this word: no slip of the pen, and not left out as a little word
passed_out            nothing but little words between
back .. pain          up to 3 other words between; ... up to 6
confused & shivering  both, in any order, near each other
sick 4+ times         a number of at least 4; 5-15 from 5 to 15; 0+ any
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

ENDINGS = ("", "e", "s", "es", "d", "ed", "ing", "in", "y", "er", "al", "ly", "ness")
GAPS = {"..": 3, "...": 6, "_": 0}
APART = 8
DEEPEST = 3
"""Lists may name lists, so far down."""

PIECE = re.compile(
    r"\.\.\.?|_|\d+(?:\.\d+)?(?:\+|-\d+(?:\.\d+)?)|\[[^\[\]]+\]|\([^()]+\)|<[^<>\s]+>|=?[a-z0-9]+\*?|\S"
)
PLAIN = re.compile(r"=?[a-z0-9]+\*?")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:\+|-(\d+(?:\.\d+)?))")


class BrokenPhrase(ValueError):
    """An author's mistake in a phrase, in words for the author."""


@dataclass(frozen=True, slots=True)
class Part:
    """The forms of one word; where `exact`, no slip is forgiven."""

    words: frozenset[str]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase: a single word, one of the longer wordings, or a number."""

    singles: tuple[Part, ...]
    longer: tuple[tuple[Part, ...], ...] = ()
    numbers: tuple[tuple[float, float], ...] = ()
    gap: int = 1
    optional: bool = False

    @property
    def starts(self) -> frozenset[str]:
        """The words with which it may begin; none when a number may stand there."""
        parts = (*self.singles, *(wording[0] for wording in self.longer))
        return frozenset(word for part in parts for word in part.words) if not self.numbers else frozenset()


Run: TypeAlias = tuple[Element, ...]


def words_of(run: Run) -> Iterator[str]:
    """Every word that a phrase knows."""
    for element in run:
        for parts in (element.singles, *element.longer):
            for part in parts:
                yield from part.words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a phrase may lean on: the named lists, and the little words that are left out."""

    lists: Mapping[str, tuple[str, ...]]
    little: frozenset[str]
    read: dict[str, Element] = field(default_factory=dict, compare=False)
    """Pieces read before: most lists stand in many phrases."""
    parts: dict[tuple[tuple[str, ...], bool], tuple[Part, ...]] = field(default_factory=dict, compare=False)


def read_phrase(phrase: str, vocabulary: Vocabulary) -> tuple[Run, ...]:
    """A phrase as runs of elements: one, or one for each order; raises BrokenPhrase if it cannot be read."""
    sides = [side.strip() for side in phrase.lower().split("&")]
    if len(sides) > 2 or not all(sides):
        raise BrokenPhrase("& stands once, between two parts")
    runs = [_one_side(side, vocabulary) for side in sides]
    if len(runs) == 1:
        return (_strict(runs[0]) if len(runs[0]) == 1 else runs[0],)
    return _both(runs[0], runs[1]), _both(runs[1], runs[0])


def _both(first: Run, second: Run) -> Run:
    return (*first, replace(second[0], gap=APART), *second[1:])


def _one_side(side: str, vocabulary: Vocabulary) -> Run:
    elements: list[Element] = []
    gap = 1
    pieces = PIECE.findall(side)
    lone = sum(piece not in (*GAPS, *vocabulary.little) for piece in pieces) == 1
    for piece in pieces:
        if piece in GAPS:
            gap = GAPS[piece]
        elif piece not in vocabulary.little:
            elements.append(_element(piece, gap, vocabulary))
            gap = 1
        elif lone:  # "had enough" may not come down to "enough"
            elements.append(_element(f"={piece}", gap, vocabulary))
            gap = 0
    return _checked(_without_loose_ends(elements))


def _without_loose_ends(elements: list[Element]) -> Run:
    """What may be left out says nothing at the start and at the end."""
    needed = [at for at, element in enumerate(elements) if not element.optional]
    if not needed:
        raise BrokenPhrase("no word is left: a little word needs = before it")
    return tuple(elements[needed[0] : needed[-1] + 1])


def _checked(run: Run) -> Run:
    if not any(element.starts and not element.optional for element in run):
        raise BrokenPhrase("a phrase needs a word, and not only numbers")
    return run


def _strict(run: Run) -> Run:
    """A single short word is too easily met by chance to forgive it a slip."""
    singles = tuple(
        Part(frozenset(word for word in part.words if (len(word) < 6) is short), part.exact or short)
        for part in run[0].singles
        for short in (True, False)
    )
    return (replace(run[0], singles=tuple(part for part in singles if part.words)),)


def _element(piece: str, gap: int, vocabulary: Vocabulary) -> Element:
    if piece not in vocabulary.read:
        vocabulary.read[piece] = _fresh_element(piece, vocabulary)
    known = vocabulary.read[piece]
    return known if known.gap == gap else replace(known, gap=gap)


def _fresh_element(piece: str, vocabulary: Vocabulary) -> Element:
    options = list(_options(piece.strip("[]()"), vocabulary, depth=0))
    many = len(options) > 1
    wordings = [
        _known_parts(option, vocabulary, keep=many) for option in options if not NUMBER.fullmatch(option[0])
    ]
    numbers = tuple(_limits(option[0]) for option in options if NUMBER.fullmatch(option[0]))
    return Element(
        singles=tuple(_joined(wording[0] for wording in wordings if len(wording) == 1)),
        longer=tuple(wording for wording in wordings if len(wording) > 1),
        numbers=numbers,
        gap=1,
        optional=piece.startswith("[") or not (numbers or any(wordings)),
    )


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    listed = list(parts)
    for exact in (False, True):
        if words := frozenset(word for part in listed if part.exact is exact for word in part.words):
            yield Part(words, exact)


def _known_parts(option: tuple[str, ...], vocabulary: Vocabulary, keep: bool) -> tuple[Part, ...]:
    if (option, keep) not in vocabulary.parts:
        vocabulary.parts[option, keep] = tuple(_parts(option, vocabulary, keep))
    return vocabulary.parts[option, keep]


def _parts(option: tuple[str, ...], vocabulary: Vocabulary, keep: bool) -> Iterator[Part]:
    """The words of one option. Its little words count where nothing much would be left without them."""
    keep = keep and sum(word not in vocabulary.little for word in option) < 2
    for word in option:
        if word.startswith("="):
            yield Part(frozenset({word[1:]}), exact=True)
        elif word not in vocabulary.little:
            yield Part(_forms(word))
        elif keep:
            yield Part(frozenset({word}), exact=len(word) < 4)


def _options(written: str, vocabulary: Vocabulary, depth: int) -> Iterator[tuple[str, ...]]:
    for option in written.split("|"):
        words = tuple(option.replace("_", " ").split())
        if len(words) == 1 and words[0].startswith("<") and words[0].endswith(">"):
            yield from _listed(words[0][1:-1], vocabulary, depth)
        elif (words and all(PLAIN.fullmatch(word) for word in words)) or (
            len(words) == 1 and NUMBER.fullmatch(words[0])
        ):
            yield words
        else:
            raise BrokenPhrase(f"cannot read '{option}'")


def _listed(name: str, vocabulary: Vocabulary, depth: int) -> Iterator[tuple[str, ...]]:
    if name not in vocabulary.lists or depth > DEEPEST:
        raise BrokenPhrase(f"there is no list '{name}'")
    for option in vocabulary.lists[name]:
        yield from _options(option.lower(), vocabulary, depth + 1)


@cache
def _forms(word: str) -> frozenset[str]:
    if not word.endswith("*"):
        return frozenset({word})
    stem = word[:-1]
    return frozenset(stem + ending for ending in ENDINGS) | {stem.removesuffix("e") + "ing"}


def _limits(written: str) -> tuple[float, float]:
    found = NUMBER.fullmatch(written)
    assert found is not None
    return float(found[1]), float(found[2] or "inf")
