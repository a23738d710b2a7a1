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
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What may stand at one place: a single word, one of the longer wordings, or a number.

    It is itself only (`eq=False`), so that what was found of it in a message can be kept by its name.
    """

    singles: tuple[Part, ...]
    longer: tuple[tuple[Part, ...], ...] = ()
    numbers: tuple[tuple[float, float], ...] = ()
    begins: Mapping[str, tuple[tuple[Part, ...], ...]] = field(init=False)
    """Under each word with which it may begin: the wordings that do."""

    def __post_init__(self) -> None:
        first, *others = self.wordings or ((),)
        begins = dict.fromkeys(first[0].words, (first,)) if first else {}
        for wording in others:
            for word in wording[0].words:
                begins[word] = (*begins.get(word, ()), wording)
        object.__setattr__(self, "begins", begins)

    @property
    def wordings(self) -> tuple[tuple[Part, ...], ...]:
        """All of them, single words too."""
        return (*((part,) for part in self.singles), *self.longer)


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase, and how far from the one before it may stand."""

    choice: Choice
    gap: int = 1
    optional: bool = False


Run: TypeAlias = tuple[Element, ...]
Option: TypeAlias = tuple[str, ...]
"""The words of one way to say it, as written."""


def words_of(choice: Choice) -> Iterator[frozenset[str]]:
    """Every word that a choice knows, by the parts of its wordings."""
    return (part.words for wording in choice.wordings for part in wording)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a phrase may lean on: the named lists, and the little words that are left out."""

    lists: Mapping[str, tuple[str, ...]]
    little: frozenset[str]
    read: dict[str, Element] = field(default_factory=dict, compare=False)
    """Pieces read before: most lists stand in many phrases."""
    options: dict[tuple[str, int], tuple[Option, ...]] = field(default_factory=dict, compare=False)
    """The options that a written one comes to (a list: all of its own), by how deep it stood."""
    parts: dict[tuple[Option, bool], tuple[Part, ...]] = field(default_factory=dict, compare=False)


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
    if not any(is_word(element) for element in run):
        raise BrokenPhrase("a phrase needs a word, and not only numbers")
    return run


def is_word(element: Element) -> bool:
    """Must a word stand there, and not a number?"""
    return not element.optional and not element.choice.numbers and bool(element.choice.begins)


def _strict(run: Run) -> Run:
    """A single short word is too easily met by chance to forgive it a slip."""
    singles = tuple(
        Part(frozenset(word for word in part.words if (len(word) < 6) is short), part.exact or short)
        for part in run[0].choice.singles
        for short in (True, False)
    )
    choice = run[0].choice
    strict = Choice(tuple(part for part in singles if part.words), choice.longer, choice.numbers)
    return (replace(run[0], choice=strict),)


def _element(piece: str, gap: int, vocabulary: Vocabulary) -> Element:
    if piece not in vocabulary.read:
        vocabulary.read[piece] = _fresh_element(piece, vocabulary)
    known = vocabulary.read[piece]
    return known if known.gap == gap else replace(known, gap=gap)


def _fresh_element(piece: str, vocabulary: Vocabulary) -> Element:
    written = piece.strip("[]()").split("|")
    options = [option for each in written for option in _options(each, vocabulary, depth=0)]
    numbers = tuple(limits for option in options if (limits := _limits(option[0])))
    words = [option for option in options if not _limits(option[0])] if numbers else options
    choice = _choice(words, numbers, vocabulary, keep=len(options) > 1)
    return Element(choice, optional=piece.startswith("[") or not (numbers or choice.begins))


def _choice(
    options: Sequence[Option], numbers: tuple[tuple[float, float], ...], vocabulary: Vocabulary, keep: bool
) -> Choice:
    forgiving, exact = set[str](), set[str]()
    longer: list[tuple[Part, ...]] = []
    for option in options:
        parts = _known_parts(option, vocabulary, keep)
        if len(parts) > 1:
            longer.append(parts)
        elif parts:
            (exact if parts[0].exact else forgiving).update(parts[0].words)
    singles = ((forgiving, False), (exact, True))
    return Choice(
        tuple(Part(frozenset(words), strict) for words, strict in singles if words), tuple(longer), numbers
    )


def _known_parts(option: Option, vocabulary: Vocabulary, keep: bool) -> tuple[Part, ...]:
    known = vocabulary.parts.get((option, keep))
    if known is None:
        known = vocabulary.parts[option, keep] = tuple(_parts(option, vocabulary, keep))
    return known


def _parts(option: Option, vocabulary: Vocabulary, keep: bool) -> Iterator[Part]:
    """The words of one option. Its little words count where nothing much would be left without them."""
    keep = keep and sum(word not in vocabulary.little for word in option) < 2
    for word in option:
        if word.startswith("="):
            yield Part(frozenset({word[1:]}), exact=True)
        elif word not in vocabulary.little:
            yield Part(_forms(word))
        elif keep:
            yield Part(frozenset({word}), exact=len(word) < 4)


def _options(written: str, vocabulary: Vocabulary, depth: int) -> tuple[Option, ...]:
    known = vocabulary.options.get((written, depth))
    if known is None:
        known = vocabulary.options[written, depth] = tuple(_fresh_options(written, vocabulary, depth))
    return known


def _fresh_options(written: str, vocabulary: Vocabulary, depth: int) -> Iterator[Option]:
    words = tuple(written.replace("_", " ").split())
    if len(words) == 1 and words[0].startswith("<") and words[0].endswith(">"):
        yield from _listed(words[0][1:-1], vocabulary, depth)
    elif (words and all(map(_is_plain, words))) or (len(words) == 1 and _limits(words[0])):
        yield words
    else:
        raise BrokenPhrase(f"cannot read '{written}'")


def _listed(name: str, vocabulary: Vocabulary, depth: int) -> Iterator[Option]:
    if name not in vocabulary.lists or depth > DEEPEST:
        raise BrokenPhrase(f"there is no list '{name}'")
    for line in vocabulary.lists[name]:
        for option in line.lower().split("|"):
            yield from _options(option, vocabulary, depth + 1)


@cache
def _is_plain(word: str) -> bool:
    return PLAIN.fullmatch(word) is not None


@cache
def _forms(word: str) -> frozenset[str]:
    if not word.endswith("*"):
        return frozenset({word})
    stem = word[:-1]
    return frozenset(stem + ending for ending in ENDINGS) | {stem.removesuffix("e") + "ing"}


@cache
def _limits(written: str) -> tuple[float, float] | None:
    """From which number to which, if that is what is written."""
    found = NUMBER.fullmatch(written)
    return (float(found[1]), float(found[2] or "inf")) if found else None
