"""Whether a message asks what a word means, and which word of the glossary it is; slips are forgiven."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.content.glossary import Term, folded
from bot.conversation.replies import plain
from bot.conversation.texts import Texts

LONGEST = 14
"""Words of a message that can be a question for a meaning; a longer one tells a story and is searched."""
MOST = 5
"""Words that one entry of the glossary has at most, about."""
ALIKE = ("what", "whats", "does", "mean")
"""The words of a question for which the texts list other spellings."""
ONE_SLIP, TWO_SLIPS = 5, 11
"""From so many letters on, a word may have one or two slips. Shorter ones are too like each other:
"colectomy" is not "colostomy". The first letter must be right: "vasectomy" is not "mastectomy"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that may be what is asked for, the likeliest first."""

    words: tuple[str, ...]
    framed: bool
    """Someone asks for a meaning; else it is the bare word, which may mean anything."""
    own: bool = False
    """It is about someone's own ("what is my stage"), so an article may know better."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The entry that is meant, and whether it was spelt as we know it."""

    term: Term
    sure: bool


def asked(texts: Texts, said: str) -> Asked | None:
    """What is asked for, if the message is a question for a meaning, or nothing but a word or two."""
    slips = _slips(texts)
    words = [slips.get(word, word) for word in plain(said.replace("?", " ")).split()]
    if not words or len(words) > LONGEST:
        return None
    courtesy = frozenset(texts.variants("says.word-courtesy"))
    own = frozenset(texts.variants("says.word-own"))
    aside = courtesy.union(own, texts.variants("says.word-aside"))
    rest, back = _cut(_stripped(words, courtesy), texts.variants("says.word-that"))
    rest, after = (rest, False) if back else _cut(rest, texts.variants("says.word-after"))
    rest, before = _opened(_stripped(rest, courtesy), texts.variants("says.word-before"))
    framed = before or after or back or "?" in said
    found = _stripped(rest, aside)
    if not found or (len(found) > MOST and not back):
        return None
    last = [found[at:] for at in range(len(found))][-MOST:] if back else [found]
    return Asked(tuple(" ".join(part) for part in last), framed, bool(own & set(rest)))


def _slips(texts: Texts) -> dict[str, str]:
    """How "what", "does" and "mean" are written too."""
    groups = (texts.variants(f"says.word-like-{name}") for name in ALIKE)
    return {word: group[0] for group in groups for word in group}


def _stripped(words: Sequence[str], aside: frozenset[str]) -> list[str]:
    """Without the words at either end that change nothing; one word always stays."""
    start, end = 0, len(words)
    while end - start > 1 and words[start] in aside:
        start += 1
    while end - start > 1 and words[end - 1] in aside:
        end -= 1
    return list(words[start:end])


def _cut(words: list[str], frames: Iterable[str]) -> tuple[list[str], bool]:
    """Take away the longest frame that the words end with; something must be left."""
    for frame in _longest_first(frames):
        if len(frame) < len(words) and _alike(words[-len(frame) :], frame):
            return words[: -len(frame)], True
    return words, False


def _opened(words: list[str], frames: Iterable[str]) -> tuple[list[str], bool]:
    """Take away the last frame that stands before a word: "my letter says SACT what does SACT"."""
    known = _longest_first(frames)
    for at in range(len(words) - 1, -1, -1):
        for frame in known:
            end = at + len(frame)
            if (at == 0 or len(frame) > 1) and end < len(words) and _alike(words[at:end], frame):
                return words[end:], True
    return words, False


def _longest_first(frames: Iterable[str]) -> list[tuple[str, ...]]:
    return sorted((_split(one) for one in frames), key=len, reverse=True)


def _alike(words: Sequence[str], frame: Sequence[str]) -> bool:
    return all(_same(word, known) for word, known in zip(words, frame, strict=True))


def _same(word: str, known: str) -> bool:
    """The same word, or one slip from it: "waht" is "what"."""
    if word == known:
        return True
    alike = len(known) >= 4 and word[:1] == known[:1]
    return alike and OSA.distance(word, known, score_cutoff=1) <= 1


@lru_cache(maxsize=512)
def _split(frame: str) -> tuple[str, ...]:
    return tuple(plain(frame).split())


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return folded(plain(name))


def named_in(term: Term, text: str) -> bool:
    """Whether a text has the word in it, or another way to say it."""
    read = folded(plain(text))
    return any(_fold(name) in read for name in (term.word, *term.says))


def find(terms: Iterable[Term], asked: Asked, english: frozenset[str] = frozenset()) -> Meant | None:
    """The entry whose word, or another way to say it, is asked for. `english`: words that are no slips."""
    known = {_fold(name): term for term in terms for name in (term.word, *term.says)}
    for words in asked.words:
        if term := known.get(folded(words)) or known.get(folded(words).removesuffix("s")):
            return Meant(term, sure=True)
    for words in asked.words:
        if words not in english and (term := _nearest(known, folded(words))):
            return Meant(term, sure=False)
    return None


def _nearest(known: dict[str, Term], word: str) -> Term | None:
    """The one entry that is so few slips away; two that are as near are none."""
    near: dict[str, tuple[int, Term]] = {}
    for name, term in known.items():
        most = (len(name) >= ONE_SLIP) + (len(name) >= TWO_SLIPS)
        slips = OSA.distance(word, name, score_cutoff=most) if name[:1] == word[:1] else most + 1
        if slips <= most and slips < near.get(term.id, (most + 1, term))[0]:
            near[term.id] = (slips, term)
    best = sorted(near.values(), key=lambda one: one[0])[:2]
    clear = len(best) == 1 or (len(best) == 2 and best[0][0] < best[1][0])
    return best[0][1] if clear else None
