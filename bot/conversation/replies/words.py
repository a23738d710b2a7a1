"""Plain words out of what someone typed, and whether they mean yes or no."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

KEPT_SYMBOLS = re.compile(r"[^\w\s👍👎✅❌./:+-]")
SKIN_AND_STYLE = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d]")
APOSTROPHES = re.compile(r"[’‘'`´]")
TIDY = {"please", "thanks", "thank", "you", "ta", "cheers", "pls", "plz"}


def plain(text: str) -> str:
    """Lower case, digits of any script as 0-9, no apostrophes, accents or stray signs, single spaces."""
    text = "".join(_digit(letter) for letter in unicodedata.normalize("NFKC", text[:2000]))
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = KEPT_SYMBOLS.sub(" ", APOSTROPHES.sub("", SKIN_AND_STYLE.sub("", text)))
    return " ".join(word.strip(".:") or "" for word in text.split()).strip()


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter


def yes_or_no(text: str, yes: Iterable[str], no: Iterable[str]) -> bool | None:
    """True for yes, False for no, None when it is neither or both."""
    said = plain(text)
    yes, no = list(yes), list(no)
    says_yes, says_no = _means(said, yes), _means(said, no)
    if says_yes and set(said.split()) & {plain(word) for word in no}:
        return None
    return says_yes if says_yes != says_no else None


def _means(said: str, words: Iterable[str]) -> bool:
    """The whole reply, its first words, or a run of the same word ("yes yes") is one of the words."""
    known = {plain(word) for word in words}
    bare = " ".join(word for word in said.split() if word not in TIDY)
    return said in known or bare in known or _starts(bare, known)


def _starts(said: str, known: set[str]) -> bool:
    first = " ".join(said.split()[:1])
    two = " ".join(said.split()[:2])
    return two in known or (first in known and len(said.split()) <= 6)


def nearly(said: str, word: str) -> bool:
    """A slip of the finger: a letter lost, doubled or swapped, never one exchanged for another."""
    if said == word:
        return True
    if len(word) < 4 or said[:1] != word[:1] or OSA.distance(said, word, score_cutoff=1) > 1:
        return False
    return len(said) != len(word) or sorted(said) == sorted(word)
