"""How far an aside reaches: the clause of the long past, the sentence of what is unreal, and negation."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.safety.matching import Line

WIDE = 14
"""Words that count between a long past, or what is not real, and a flag, at most."""
SOON = 3
"""How soon after a negated flag "like this" must come to leave it on."""


SUBJECTS = frozenset({"i", "he", "she", "they", "we", "have"})
"""After "no" they begin a sentence."""


@dataclass(frozen=True, slots=True)
class Stops:
    """Words that decide how far an aside reaches (each field: see the shapes of the flags)."""

    now: frozenset[str]
    breaks: frozenset[str]
    whose: frozenset[str]
    told: frozenset[str]
    joins: frozenset[str]
    real: frozenset[str]
    negators: frozenset[str]
    cannots: frozenset[str]
    fillers: frozenset[str]
    undone: frozenset[str]


def is_past(aside: tuple[int, ...], hit: tuple[int, ...], line: Line, stops: Stops, strict: bool) -> bool:
    """ "I had chest pain in 1998": one clause, and nothing of now in it. `strict`: nor in the whole line."""
    if not _one_sentence(aside, hit, line) or (strict and _said(range(len(line.words)), line, stops.real)):
        return False
    first, last = (aside, hit) if aside[0] < hit[0] else (hit, aside)
    between = range(first[-1] + 1, last[0])
    if _said(between, line, stops.real) or _new_clause(between, line, stops):
        return False
    return aside[0] > hit[0] or _said(range(first[-1] + 1, last[-1] + 1), line, stops.told)


def is_unreal(aside: tuple[int, ...], hit: tuple[int, ...], line: Line, stops: Stops) -> bool:
    """ "If my line ever came out": one sentence, and nothing of now from the one to the other."""
    stretch = range(min(aside[0], hit[0]), max(aside[-1], hit[-1]) + 1)
    return _one_sentence(aside, hit, line) and not _said(stretch, line, stops.real)


def negated(hit: tuple[int, ...], line: Line, stops: Stops) -> str:
    """The negator right before a flag, or before its last word ("my leg is not swollen"); "" if none."""
    if _said(hit, line, stops.negators | stops.cannots) or _said(_after(hit, line), line, stops.undone):
        return ""
    for end in (hit[0], hit[-1]):
        at = end - 1
        while at >= 0 and at not in hit and _said((at,), line, stops.fillers):
            at -= 1
        if at >= 0 and at not in hit and _negates(at, end, line, stops):
            return line.words[at].text
    return ""


def is_no_denial(at: tuple[int, ...], line: Line, stops: Stops) -> bool:
    """ "no I have chest pain", "never had chest pain like this": it only begins like "no chest pain"."""
    never = line.words[at[0]].text == "never"
    return _answers_no(at[0], line, stops) or (never and _said(_after(at, line), line, stops.undone))


def _answers_no(at: int, line: Line, stops: Stops) -> bool:
    """ "no" and then someone begins to tell."""
    if line.words[at].text not in ("no", "nae") or at + 1 >= len(line.words):
        return False
    return line.words[at + 1].text in stops.breaks | stops.whose | SUBJECTS


def _negates(at: int, end: int, line: Line, stops: Stops) -> bool:
    one = line.words[at].sentence == line.words[end].sentence
    return one and line.words[at].text in stops.negators and not _answers_no(at, line, stops)


def _after(hit: tuple[int, ...], line: Line) -> range:
    return range(hit[-1] + 1, min(hit[-1] + 1 + SOON, len(line.words)))


def _one_sentence(aside: tuple[int, ...], hit: tuple[int, ...], line: Line) -> bool:
    places = (aside[0], aside[-1], hit[0], hit[-1])
    near = line.between(min(places), max(places)) <= WIDE
    return near and len({line.words[at].sentence for at in places}) == 1


def _new_clause(between: range, line: Line, stops: Stops) -> bool:
    """ "and my", "but I": someone new, or the same one anew, begins to do something."""
    pairs = ((line.words[at].text, line.words[at + 1].text) for at in between if at + 1 < len(line.words))
    return any(word in stops.joins and after in stops.now for word, after in pairs)


def _said(places: Iterable[int], line: Line, words: frozenset[str]) -> bool:
    return any(line.words[at].text in words for at in places)
