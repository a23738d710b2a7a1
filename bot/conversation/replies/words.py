"""Plain words out of what someone typed, and whether they mean yes or no."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

KEPT_SYMBOLS = re.compile(r"[^\w\s👍👎✅❌./:+-]")
SKIN_AND_STYLE = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d]")
APOSTROPHES = re.compile(r"[’‘'`´]")
ENDEARMENTS = frozenset("pal love hen mate pet duck petal hun chuck dear darling flower doll bud".split())
"""What people say to whoever is kind to them."""
TIDY = ENDEARMENTS | frozenset("please thanks thank you ta cheers pls plz then so well oh that thats".split())
"""Words that change nothing of a reply."""
HEDGES = frozenset(
    "but if not why what how when yet rather until unless maybe dont wont cant who where or".split()
)
"""Words after which a yes is not yet a yes."""


def plain(text: str) -> str:
    """Lower case, digits of any script as 0-9, no apostrophes, accents or stray signs, single spaces."""
    text = "".join(_digit(letter) for letter in unicodedata.normalize("NFKC", text[:2000]))
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = KEPT_SYMBOLS.sub(" ", APOSTROPHES.sub("", SKIN_AND_STYLE.sub("", text)))
    return " ".join(word.strip(".:") or "" for word in text.split()).strip()


@lru_cache(maxsize=8192)
def label(words: str) -> str:
    """`plain` of what an author wrote: asked for at every message, so worked out once. What a person wrote
    never comes in here, for it would be kept."""
    return plain(words)


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter


def without_courtesy(said: str) -> str:
    """A plain reply without please and thank you."""
    return " ".join(word for word in said.split() if word not in TIDY) or said


def yes_or_no(text: str, yes: Iterable[str], no: Iterable[str], clearly: bool = False) -> bool | None:
    """True for yes, False for no, None when it is neither, both, or hedged.

    `clearly`: where a yes gives consent, the whole reply must say so ("yes please", "aye go on").
    """
    said = without_courtesy(plain(text))
    yes, no = {label(phrase) for phrase in yes}, {label(phrase) for phrase in no}
    both = bool(yes & set(said.split())) and bool(no & set(said.split()))
    means = _wholly if clearly else _mostly
    says_yes, says_no = means(said, yes), means(said, no)
    if "?" in text or both or says_yes == says_no:
        return None
    return says_yes


def _mostly(said: str, known: set[str]) -> bool:
    """The whole reply, or its first words where nothing after them takes it back."""
    words = said.split()
    if _made_of(words, known):
        return True
    return " ".join(words[:1]) in known and len(words) <= 5 and not HEDGES & set(words[1:])


def _wholly(said: str, known: set[str]) -> bool:
    return _made_of(said.split(), known)


def _made_of(words: list[str], known: set[str]) -> bool:
    """The words are nothing but these phrases, one after the other."""
    if not words:
        return False
    ends = [at for at in range(1, len(words) + 1) if " ".join(words[:at]) in known]
    return any(at == len(words) or _made_of(words[at:], known) for at in ends)


def nearly(said: str, word: str) -> bool:
    """A slip of the finger: two letters swapped or one doubled; in longer words also one lost or added.

    Never one letter for another: "shop" is not "stop", and "black" is not "back".
    """
    if said == word:
        return True
    if len(word) < 4 or said[:1] != word[:1] or OSA.distance(said, word, score_cutoff=1) > 1:
        return False
    if len(said) == len(word):
        return sorted(said) == sorted(word)
    return len(word) >= 6 or _once(said) == _once(word)


def _once(word: str) -> str:
    """Each run of a letter written once."""
    return "".join(letter for letter, _ in groupby(word))
