"""Picking from a list as people do: by its words, its number, its letter, "the 2nd one", "the last"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.conversation.replies.words import plain

FILLER = frozenset(
    "the one a an option choice number please pls answer i want would like id its it is me for think "
    "maybe my thing yin".split()
)
AROUND_A_LETTER = frozenset("option choice answer letter please pls its".split())
NEGATIONS = frozenset("not no never hate nae without but except canny anything".split())
ORDINALS = {
    word: place
    for place, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th"),
        start=1,
    )
    for word in words.split()
}
NUMBERS = {
    word: place for place, word in enumerate("one two three four five six seven eight nine".split(), start=1)
}
SEPARATORS = re.compile(r"\s+(?:and|an|n|plus)\s+|[,;&+/]")
CLOSE = 84
"""A reply this like a label (0 to 100), and 8 better than the next, is that label; tried on transcripts."""
MARGIN = 8


SHORTENED = {
    "dont": "do not",
    "cant": "can not",
    "cannot": "can not",
    "wont": "will not",
    "couldnt": "could not",
    "wouldnt": "would not",
    "doesnt": "does not",
    "isnt": "is not",
}


def spelled(text: str) -> str:
    """Plain words, the shortened ones written out: "dont mind" is "do not mind"."""
    return " ".join(SHORTENED.get(word, word) for word in plain(text).split())


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices: its id, and every way of naming it."""

    id: str
    names: tuple[str, ...]


def pick(text: str, choices: Sequence[Choice]) -> str | None:
    """The id of the one choice that is meant, or None."""
    said = spelled(text)
    if not said or not choices:
        return None
    ways = (_by_name, _by_position, _by_mention, _by_likeness)
    return next((found for way in ways if (found := way(said, choices))), None)


def named(text: str, choices: Sequence[Choice]) -> str | None:
    """The choice whose very words were typed."""
    return _by_name(spelled(text), choices)


def at_position(text: str, choices: Sequence[Choice]) -> str | None:
    """The choice whose number, letter or place in the list was typed."""
    return _by_position(spelled(text), choices)


def pick_label(text: str, choices: Sequence[Choice], by_position: bool = True) -> str | None:
    """A button that was typed: its words, nearly its words, or its number. Nothing looser: a question may
    hold a button's word."""
    said = spelled(text)
    if not said or not choices:
        return None
    found = _by_name(said, choices) or (_by_position(said, choices) if by_position else None)
    return found or _by_whole_label(said, choices)


def _by_whole_label(said: str, choices: Sequence[Choice]) -> str | None:
    best = process.extractOne(said, [spelled(choice.names[0]) for choice in choices], scorer=fuzz.ratio)
    return choices[best[2]].id if best and best[1] >= CLOSE else None


def pick_several(text: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
    """The ids of all choices that are meant, in the list's order; None when a part makes no sense."""
    said = spelled(text)
    parts = [part for part in SEPARATORS.split(text.casefold()) if plain(part)]
    if len(parts) == 1 and re.fullmatch(r"\d+(?:\s+\d+)+|[a-h](?:\s+[a-h])+", said):
        parts = said.split()
    picked = {pick(part, choices) for part in parts}
    if not picked or None in picked:
        whole = pick(said, choices)
        return (whole,) if whole else None
    return tuple(choice.id for choice in choices if choice.id in picked)


def _by_name(said: str, choices: Sequence[Choice]) -> str | None:
    bare = _bare(said)
    named = [
        choice.id
        for choice in choices
        if any(said == name or bare == _bare(name) for name in map(spelled, choice.names))
    ]
    return named[0] if len(named) == 1 else None


def _bare(said: str) -> str:
    return " ".join(word for word in said.split() if word not in FILLER) or said


def _by_position(said: str, choices: Sequence[Choice]) -> str | None:
    words = [word for word in said.replace(".", " ").split() if word not in AROUND_A_LETTER]
    if words != ["a"]:
        words = [word for word in words if word not in FILLER | {"no"}] or words
    if len(words) != 1:
        return None
    place = _place(words[0], len(choices))
    return choices[place - 1].id if place is not None and 1 <= place <= len(choices) else None


def _place(word: str, length: int) -> int | None:
    if word in {"last", "bottom"}:
        return length
    if word in {"top"}:
        return 1
    if len(word) == 1 and "a" <= word <= "z":
        return ord(word) - ord("a") + 1
    if word.isdecimal() and len(word) <= 3:
        return int(word)
    return ORDINALS.get(word) or NUMBERS.get(word)


def _by_mention(said: str, choices: Sequence[Choice]) -> str | None:
    """A short reply that speaks of one choice only, and does not turn it down: "online, i cant travel"."""
    if len(said.split()) > 8:
        return None
    names = {c.id: [_bare(spelled(name)) for name in c.names if len(name) > 3] for c in choices}
    spoken = [id for id, called in names.items() if any(_speaks_of(said, name) for name in called)]
    return spoken[0] if len(spoken) == 1 else None


def _speaks_of(said: str, name: str) -> bool:
    """The name is in it, with no negation before it or close behind it."""
    before, found, after = f" {said} ".partition(f" {name} ")
    turned_down = NEGATIONS & {*before.split(), *after.split()[:2]}
    return bool(found) and not turned_down


def _by_likeness(said: str, choices: Sequence[Choice]) -> str | None:
    """The label most like the reply, if it is like enough and no other comes near."""
    if len(_bare(said)) < 2:
        return None
    best = sorted(((_most_alike(said, choice), choice.id) for choice in choices), reverse=True)
    near = best[1][0] if len(best) > 1 else 0.0
    return best[0][1] if best[0][0] >= CLOSE and best[0][0] - near >= MARGIN else None


def _most_alike(said: str, choice: Choice) -> float:
    return max(_alike(said, spelled(name)) for name in choice.names)


def _alike(said: str, name: str) -> float:
    """With and without the small words around them, whichever is nearer; what is turned down is not meant."""
    if said in NEGATIONS or (NEGATIONS & set(said.split())) - set(name.split()):
        return 100.0 if said == name else 0.0
    return max(_likeness(_bare(said), _bare(name)), fuzz.ratio(said, name))


def _likeness(said: str, name: str) -> float:
    """0 to 100: whole labels by spelling; a single word also as one word of the label."""
    whole = fuzz.ratio(said, name)
    words = said.split()
    if len(words) > 4:
        return _contained(words, name)
    inside = [max((_word(one, other) for other in name.split()), default=0.0) for one in words]
    return max(whole, 0.97 * min(inside, default=0.0))


def _contained(words: Sequence[str], name: str) -> float:
    """Longer talk names a choice only when every longer word of the label is in it."""
    wanted = [word for word in name.split() if len(word) > 3]
    if not wanted:
        return 0.0
    return 0.95 * min((process.extractOne(word, words, scorer=_word) or ("", 0.0))[1] for word in wanted)


def _word(one: str, other: str, **_: object) -> float:
    """Two words, 0 to 100: one slip in 4 letters or more is forgiven."""
    if one == other:
        return 100.0
    if min(len(one), len(other)) < 4:
        return 0.0
    if other.startswith(one) or one.startswith(other):
        return 92.0
    return 90.0 if OSA.distance(one, other) <= (1 if len(other) < 7 else 2) else 0.0
