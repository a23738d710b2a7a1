"""Brings what people type into one form: lower case, no accents, runs shortened, text-speak written out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 4_000
"""Characters that are read of one message: about Telegram's own limit; the rest adds time, not meaning."""
MOST_WORDS = 400

_DROPPED = re.compile(r"['’‘`´ʼ＇]+")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?…;\n]+(?=\s|$)|\n+")
_COUNTED = frozenset(
    "stage grade part week day cycle number level type phase age dose round option zone grade at "
    "about under over for after before every".split()
)
"""Words before a digit that make it a number: "stage 4" stays, "good 4 me" does not."""


def fold(text: str) -> str:
    """Lower case without accents and apostrophes; a letter written three times or more is written twice."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST])
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _RUN.sub(r"\1\1", _DROPPED.sub("", plain.casefold()))[: LONGEST * 2]


def split(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return _WORD.findall(fold(text))[:MOST_WORDS]


def sentences(text: str) -> list[str]:
    """The sentences of a text, as far as people's full stops go."""
    return [part for part in _SENTENCE.split(text[:LONGEST]) if part.strip()]


@dataclass(frozen=True)
class Normaliser:
    """Writes out what is in its table; longer entries go before shorter ones."""

    table: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int = 1

    def words(self, text: str) -> list[str]:
        """The words of a text, with text-speak, dialect and alike words replaced."""
        return self.rewrite(split(text))

    def rewrite(self, found: list[str]) -> list[str]:
        """The same for words that were split before."""
        written: list[str] = []
        at = 0
        while at < len(found):
            size = self._match(found, at)
            written.extend(self.table[tuple(found[at : at + size])] if size else found[at : at + 1])
            at += size or 1
        return written[: MOST_WORDS * 2]

    def _match(self, words: list[str], at: int) -> int:
        """How many words from here stand in the table together; 0 when none do."""
        for size in range(min(self.longest, len(words) - at), 0, -1):
            if tuple(words[at : at + size]) in self.table:
                return 0 if size == 1 and _is_number(words, at) else size
        return 0


def _is_number(words: list[str], at: int) -> bool:
    """Whether a digit here is meant as a number and not as text-speak (“4 u”)."""
    if not words[at].isdigit():
        return False
    return at == 0 or at + 1 == len(words) or words[at - 1] in _COUNTED or words[at - 1].isdigit()


def normaliser(expand: Mapping[str, str], alike: Iterable[tuple[str, ...]] = ()) -> Normaliser:
    """Our own text-speak, then what the authors wrote; each group of alike words becomes its first one."""
    pairs = dict(text_speak())
    pairs.update(_pairs(expand.items()))
    for group in alike:
        pairs.update(_pairs((word, group[0]) for word in group[1:]))
    table = {said: _written_out(meant, pairs) for said, meant in pairs.items() if said and said != meant}
    return Normaliser(table, max(map(len, table), default=1))


def text_speak() -> dict[tuple[str, ...], tuple[str, ...]]:
    """What English speakers abbreviate everywhere; shipped with the package."""
    return _shipped("textspeak.txt")


@cache
def courtesy() -> Normaliser:
    """Drops politeness ("hello, I was wondering if"); the list ships with the package."""
    table = _shipped("courtesy.txt")
    return Normaliser(table, max(map(len, table)))


def _shipped(name: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    lines = resources.files("bot.search").joinpath(name).read_text("utf-8").splitlines()
    return dict(_pairs(line.split(":", 1) for line in lines if ":" in line and not line.startswith("#")))


def _pairs(written: Iterable[Iterable[str]]) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    for said, meant in written:
        yield tuple(split(said)), tuple(split(meant))


def _written_out(meant: tuple[str, ...], pairs: Mapping[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """One more step, so that an alike word reached through text-speak becomes its group's first word too."""
    return tuple(word for part in meant for word in pairs.get((part,), (part,)))
