"""What an article that is written would change for the others: asked before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.search import Index, first
from bot.search.index import alike
from bot.search.leave_one_out import NEAREST as NEAR
from bot.search.leave_one_out import SAFE
from bot.search.phrasings import Phrasing
from bot.search.vectors import pieces

Words = tuple[str, ...]

NEAREST = 250
"""Ways of asking other articles that are tried again: those most like the new words. One that is like none of
them cannot go to the new article; a few may change places because words have become commoner."""
SHARED = 60
"""Shared questions that are tried again."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose first answer would be another one; "" is none. `own`: it is written in `was`, and was
    asked as if it were not: somebody else would put it a little differently."""

    question: str
    was: str
    becomes: str
    own: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """Every change that was found, and how many questions were tried."""

    changes: tuple[Change, ...]
    tried: int
    shared: int

    @property
    def lost(self) -> tuple[Change, ...]:
        """Ways of asking that their own article would win no more."""
        return tuple(one for one in self.changes if one.own)


def effect(before: Index, after: Index, article: str, shared: Sequence[str] = ()) -> Effect:
    """Ask both indexes what is most like the article's own ways of asking; 2 to 5 seconds of work."""
    place = after.ids.index(article)
    new = [one.words for one in after.phrasings if one.article == place and one.asked]
    spots = _nearest(before, article, new)
    own = [change for at in spots if (change := _left_out(before, after, at))]
    near = _likest(after, new, shared)
    others = [change for text in near if (change := _asked(before, after, text))]
    return Effect((*own, *others), len(spots), len(near))


def _nearest(index: Index, article: str, new: Sequence[Words]) -> list[int]:
    """The places of the questions of other articles that are most like one of the new ones."""
    if not new or not index.phrasings:
        return []
    best = np.max([alike(index.postings, index.vectors, index.shares, words) for words in new], axis=0)
    sizes = np.diff(index.ranking.starts)
    fitting = [
        at
        for at in np.argsort(-best, kind="stable").tolist()
        if (one := index.phrasings[at]).asked and sizes[one.article] > 1 and index.ids[one.article] != article
    ]
    return sorted(fitting[:NEAREST])


def _left_out(before: Index, after: Index, at: int) -> Change | None:
    """Whether this question, asked as if it were written nowhere, goes elsewhere now."""
    one = before.phrasings[at]
    mine = before.ids[one.article]
    if _winner(before, at, mine) != mine:
        return None  # It was lost before; `prehab check --lost` tells of it.
    becomes = _winner(after, _place(after, mine, one), mine)
    return None if becomes == mine else Change(one.text, mine, becomes, own=True)


def _place(index: Index, article: str, asked: Phrasing) -> int:
    """Where the same question stands in the other index."""
    place = index.ids.index(article)
    first, end = int(index.ranking.starts[place]), int(index.ranking.starts[place + 1])
    return next(at for at in range(first, end) if index.phrasings[at].text == asked.text)


def _winner(index: Index, at: int, article: str) -> str:
    """The article that this question finds when it is left out."""
    left = index.alike(index.phrasings[at].words)
    left[at] = -np.inf
    if index.ranking.lead(left, index.ids.index(article)) > SAFE:
        return article
    winner: str = index.ids[index.ranking.rank(left, NEAR).articles[0]]
    return winner


def _likest(after: Index, new: Sequence[Words], shared: Sequence[str]) -> list[str]:
    """The shared questions that are most like the new ones by meaning, in their order."""
    if not new or not shared:
        return []
    own = np.stack([pieces().vector(words) for words in new])
    theirs = np.stack([pieces().vector(after.normaliser.words(text)) for text in shared])
    best = (theirs @ own.T).max(axis=1)
    return [shared[at] for at in sorted(np.argsort(-best, kind="stable")[:SHARED].tolist())]


def _asked(before: Index, after: Index, text: str) -> Change | None:
    was, becomes = first(before, text), first(after, text)
    return None if was == becomes else Change(text, was, becomes, own=False)
