"""The search over articles: pure, built once, asked often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.model import Confidence, Found, Hit
from bot.search import calibration, postings, ridge
from bot.search.articles import read_articles
from bot.search.calibration import Calibration
from bot.search.explain import Explained, explain
from bot.search.normalise import Normaliser, normaliser, sentences
from bot.search.postings import Postings
from bot.search.ranking import Ranked, Ranking
from bot.search.spelling import Speller, speller
from bot.search.vectors import english, pieces

if TYPE_CHECKING:
    from bot.content.shapes import WordFile

Floats = npt.NDArray[np.float32]


class Shares(NamedTuple):
    """How much each similarity counts: character grams, word stems, static vectors."""

    grams: float
    stems: float
    vectors: float


WITH_VECTORS = Shares(0.35, 0.20, 0.45)
WITHOUT_VECTORS = Shares(0.55, 0.45, 0.0)

SURE = 0.55
"""From here on the first article is shown as the answer; of 163 strange messages 3 % came so far, and of
messages written blind half as many again as at 0.65, nearly all of them right."""
WARY = 0.65
"""The same in a collection of fewer than FEW phrasings, which knows too little to judge strangers."""
FEW = 500
CLOSE = 0.85
"""A second article this near to the first one is offered beside it."""
UNKNOWN = 0.15
"""Below this nothing is offered: we say that we do not know."""
EXACT = 0.9
"""A message that is word for word one of an article's phrasings is at least so likely to mean it."""
LONG = 12
"""A message of more words is also read sentence by sentence."""
MOST_SENTENCES = 3
NEAR = 300
"""Phrasings that the sentences of a long message are compared with."""
SENTENCE = np.float32(0.4)
"""How much the sentence that is most alike counts beside the whole message. (Letting the surest sentence
decide alone was measured: it costs 2 points of recall and 5 of right at 5 %.)"""


class Phrasing(NamedTuple):
    """A way of asking, by the place of its article, as it was written and as the search reads it."""

    article: int
    text: str
    words: tuple[str, ...]
    asked: bool = True
    """Whether people ask so; a keyword or an answer is no question."""


@dataclass(frozen=True)
class Index:
    """Everything that is known about the articles."""

    ids: tuple[str, ...]
    phrasings: tuple[Phrasing, ...]
    exact: dict[tuple[str, ...], int]
    normaliser: Normaliser
    speller: Speller
    postings: Postings
    vectors: Floats
    ranking: Ranking
    calibration: Calibration
    shares: Shares

    def search(self, text: str, limit: int = 3) -> list[Hit]:
        """The articles that fit best; a score is the probability that the first one is right."""
        return list(self.find(text, limit).hits)

    def find(self, text: str, limit: int = 3) -> Found:
        """The articles that fit best, and whether to answer, to offer them, or to say that we do not know."""
        words, parts = self.read(text)
        if not words or not self.ids or limit < 1:
            return Found("unknown", ())
        ranked = self.ranking.rank(self.alike(words, parts))
        hits = self._hits(ranked, self.exact.get(tuple(words)))
        return Found(_confidence(hits, SURE if len(self.phrasings) >= FEW else WARY), tuple(hits[:limit]))

    def explain(self, text: str, limit: int = 3) -> Explained:
        """What `find` says, and why."""
        return explain(self, text, limit)

    def read(self, text: str) -> tuple[list[str], list[list[str]]]:
        """The words of a message as the search understands them; a long one also sentence by sentence."""
        split = [self.normaliser.words(part) for part in sentences(text)]
        words = self.speller.correct([word for part in split for word in part])
        ends = np.cumsum([len(part) for part in split]).tolist()
        parts = [words[end - len(part) : end] for end, part in zip(ends, split, strict=True)]
        long = len(words) > LONG and len(parts) > 1
        return words, [part for part in parts if len(part) > 2][:MOST_SENTENCES] if long else []

    def alike(self, words: Sequence[str], parts: Sequence[Sequence[str]] = ()) -> Floats:
        """How alike a message and each phrasing are; the sentence that is most alike has its say in it."""
        whole = alike(self.postings, self.vectors, self.shares, words)
        if not parts:
            return whole
        shared = np.stack([self.postings.compare(self.postings.ask(part)) for part in parts])
        near = _highest(whole + shared.max(axis=0), NEAR)
        best = whole[near]
        for part, lexical in zip(parts, shared[:, near], strict=True):
            best = np.maximum(best, lexical + meaning(self.vectors[near], self.shares, part))
        whole[near] += SENTENCE * (best - whole[near])
        return whole

    def _hits(self, ranked: Ranked, exact: int | None) -> list[Hit]:
        """Scores as probabilities: the first one's own, the others in proportion."""
        chance = self.calibration.probability(ranked.confidence)
        best = max(float(ranked.scores[0]), 1e-6)
        hits = [
            Hit(self.ids[article], chance * min(1.0, max(0.0, float(score)) / best))
            for article, score in zip(ranked.articles, ranked.scores, strict=True)
        ]
        if exact is not None:
            first = Hit(self.ids[exact], EXACT + (1 - EXACT) * chance)
            hits = [first, *(hit for hit in hits if hit.id != first.id)]
        return [hit for hit in hits if hit.score > 0]


def _confidence(hits: Sequence[Hit], sure: float) -> Confidence:
    """Sure only when it is likely right, and clearly more likely than the next."""
    if not hits or hits[0].score < UNKNOWN:
        return "unknown"
    second = hits[1].score if len(hits) > 1 else 0.0
    clear = hits[0].score >= EXACT or second < CLOSE * hits[0].score
    return "sure" if hits[0].score >= sure and clear else "unsure"


def alike(found: Postings, vectors: Floats, shares: Shares, words: Sequence[str]) -> Floats:
    """The weighed sum of the cosines."""
    lexical = found.compare(found.ask(words))
    return lexical + meaning(vectors, shares, words) if shares.vectors else lexical


def meaning(vectors: Floats, shares: Shares, words: Sequence[str]) -> Floats:
    """The weighed cosine of the static vectors."""
    if not shares.vectors:
        return np.zeros(len(vectors), np.float32)
    asked = pieces().vector(words) * np.float32(shares.vectors)
    # einsum keeps to this thread: on busy cores BLAS's own threads wait milliseconds for each other.
    return np.asarray(np.einsum("ij,j->i", vectors, asked), np.float32)


def _highest(scores: Floats, most: int) -> npt.NDArray[np.int64]:
    if len(scores) <= most:
        return np.arange(len(scores), dtype=np.int64)
    return np.sort(np.argpartition(-scores, most)[:most]).astype(np.int64)


def build_index(
    articles: Iterable[object], words: "WordFile | None" = None, shares: Shares = WITH_VECTORS
) -> Index:
    """Learn the articles: their words, what tells them apart, and how far a score is to be trusted."""
    read = normaliser(words.expand, words.alike) if words else normaliser({})
    ids, phrasings = _phrasings(articles, read)
    if not phrasings:
        return _empty(read, shares)
    phrasings = _spelt(phrasings)
    asked = [one.words for one in phrasings]
    found = postings.build(asked, (shares.grams, shares.stems))
    vectors = _directions(asked, shares)
    starts = np.searchsorted([one.article for one in phrasings], np.arange(len(ids) + 1)).astype(np.int64)
    ranking, curve = _learn(found, vectors, shares, phrasings, starts)
    spells = speller(asked, english())
    return Index(ids, phrasings, exact(phrasings), read, spells, found, vectors, ranking, curve, shares)


def _directions(asked: Sequence[Sequence[str]], shares: Shares) -> Floats:
    if not shares.vectors or not asked:
        return np.zeros((len(asked), 0), np.float32)
    return np.stack([pieces().vector(one) for one in asked])


def _phrasings(articles: Iterable[object], read: Normaliser) -> tuple[tuple[str, ...], tuple[Phrasing, ...]]:
    """Articles that say something, and their phrasings without repeats."""
    ids: list[str] = []
    phrasings: list[Phrasing] = []
    for article in read_articles(articles):
        ways = {tuple(read.words(text)): text for text in reversed(article.asked)}
        hints = {tuple(read.words(text)): text for text in reversed(article.hints)}
        mine = [Phrasing(len(ids), text, words) for words, text in reversed(ways.items()) if words]
        mine += [
            Phrasing(len(ids), text, words, asked=False)
            for words, text in reversed(hints.items())
            if words and words not in ways
        ]
        if mine:
            ids.append(article.id)
            phrasings.extend(mine)
    return tuple(ids), tuple(phrasings)


def _spelt(phrasings: Sequence[Phrasing]) -> tuple[Phrasing, ...]:
    """Authors write slips on purpose, as people do; both are read as the same word."""
    slips = speller((one.words for one in phrasings), english()).own_slips()
    return tuple(one._replace(words=tuple(slips.get(word, word) for word in one.words)) for one in phrasings)


def exact(phrasings: Iterable[Phrasing]) -> dict[tuple[str, ...], int]:
    """The phrasings that only one article has, by their words."""
    owners: dict[tuple[str, ...], set[int]] = {}
    for one in phrasings:
        if not one.asked:
            continue
        owners.setdefault(one.words, set()).add(one.article)
    return {words: next(iter(articles)) for words, articles in owners.items() if len(articles) == 1}


def _learn(
    found: Postings, vectors: Floats, shares: Shares, phrasings: Sequence[Phrasing], starts: ridge.Ints
) -> tuple[Ranking, Calibration]:
    marks = ridge.landmarks(len(phrasings))
    likeness = np.empty((len(marks), len(phrasings)), np.float32)
    for row, mark in zip(likeness, marks, strict=True):
        row[:] = alike(found, vectors, shares, phrasings[mark].words)
    learnt = ridge.Ridge(marks, likeness, starts)
    articles = calibration.spread(starts)
    columns = np.concatenate([np.arange(starts[one], starts[one + 1]) for one in articles])
    pull, solved = learnt.solve(columns)
    questions = np.array([one.asked for one in phrasings])
    tried = list(calibration.trials(learnt, pull, articles, solved, questions))
    return Ranking(starts, marks, pull), calibration.calibrate(tried)


def _empty(read: Normaliser, shares: Shares) -> Index:
    """An index that knows nothing, and says so."""
    none = np.zeros(1, np.int64)
    ranking = Ranking(none, none[:0], _directions([], shares))
    found = postings.build([], (shares.grams, shares.stems))
    return Index(
        (),
        (),
        {},
        read,
        speller([], english()),
        found,
        _directions([], shares),
        ranking,
        Calibration(),
        shares,
    )
