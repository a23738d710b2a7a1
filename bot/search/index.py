"""The search over articles: pure, built once, asked often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.search import calibration, postings
from bot.search.calibration import Calibration
from bot.search.explain import Explained, explain
from bot.search.found import Confidence, Found, Hit
from bot.search.normalise import Normaliser, normaliser, sentences
from bot.search.phrasings import Phrasing, exact, gather, spelt
from bot.search.postings import Postings
from bot.search.ranking import Ranked, Ranking
from bot.search.reading import readings
from bot.search.ridge import Ridge, rows
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

SURE = 0.65
"""From here on the first article is shown as the answer. Of our own questions, left out, 39 % come so far and
are right and 4 % are wrong; at 0.55 it is 45 % and 6 %, and more strangers."""
CLOSE = 0.85
"""A second article this near to the first one is offered beside it."""
UNKNOWN = 0.15
"""Below this nothing is offered: we say that we do not know."""
EXACT = 0.9
"""A message that is word for word one of an article's phrasings is at least so likely to mean it."""
NEAR = 300
"""Phrasings that the sentences of a long message are compared with."""
SENTENCE = np.float32(0.7)
"""How much the sentence that is most alike counts beside the whole message: 0.4 is 3 points worse for stories
with a question in them, 1 costs a point of recall."""


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
        hits = self._hits(ranked, self.exact.get(tuple(words)), max(limit, 2))
        return Found(_confidence(hits), tuple(hits[:limit]))

    def explain(self, text: str, limit: int = 3) -> Explained:
        """What `find` says, and why."""
        return explain(self, text, limit)

    def read(self, text: str) -> tuple[list[str], list[list[str]]]:
        """The words of a message as the search understands them; a long one also sentence by sentence."""
        split = [self.normaliser.words(part) for part in sentences(text)]
        words = self.speller.correct([word for part in split for word in part])
        ends = np.cumsum([len(part) for part in split]).tolist()
        parts = [words[end - len(part) : end] for end, part in zip(ends, split, strict=True)]
        return readings(words, parts)

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

    def _hits(self, ranked: Ranked, exact: int | None, most: int) -> list[Hit]:
        """Scores as probabilities: the first one's own, the others in proportion."""
        chance = self.calibration.probability(ranked.confidence)
        best = max(float(ranked.scores[0]), 1e-6)
        hits = [
            Hit(self.ids[article], chance * min(1.0, max(0.0, float(score)) / best))
            for article, score in zip(ranked.articles[:most], ranked.scores[:most], strict=True)
        ]
        if exact is not None:
            first = Hit(self.ids[exact], EXACT + (1 - EXACT) * chance)
            hits = [first, *(hit for hit in hits if hit.id != first.id)]
        return [hit for hit in hits if hit.score > 0]


def _confidence(hits: Sequence[Hit]) -> Confidence:
    """Sure only when it is likely right, and clearly more likely than the next."""
    if not hits or hits[0].score < UNKNOWN:
        return "unknown"
    second = hits[1].score if len(hits) > 1 else 0.0
    clear = hits[0].score >= EXACT or second < CLOSE * hits[0].score
    return "sure" if hits[0].score >= SURE and clear else "unsure"


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
    ids, phrasings = gather(articles, read)
    if not phrasings:
        return _empty(read, shares)
    phrasings = spelt(phrasings)
    asked = [one.words for one in phrasings]
    found = postings.build(asked, (shares.grams, shares.stems))
    vectors = _directions(asked, shares)
    starts = np.searchsorted([one.article for one in phrasings], np.arange(len(ids) + 1)).astype(np.int64)
    ranking = Ranking(starts, Ridge(rows(found), vectors, shares.vectors, _questions(phrasings)))
    curve = _calibrated(found, vectors, shares, phrasings, ranking)
    spells = speller(asked, english())
    return Index(ids, phrasings, exact(phrasings), read, spells, found, vectors, ranking, curve, shares)


def _questions(phrasings: Sequence[Phrasing]) -> npt.NDArray[np.bool_]:
    return np.array([one.asked for one in phrasings], np.bool_)


def _directions(asked: Sequence[Sequence[str]], shares: Shares) -> Floats:
    if not shares.vectors or not asked:
        return np.zeros((len(asked), 0), np.float32)
    return np.stack([pieces().vector(one) for one in asked])


def _calibrated(
    found: Postings, vectors: Floats, shares: Shares, phrasings: Sequence[Phrasing], ranking: Ranking
) -> Calibration:
    """Ask the articles' own questions, left out, and see how far a score is to be trusted."""
    questions = calibration.spread(ranking.ridge.asked)
    tried = [
        trial
        for one in questions
        for trial in calibration.trials(
            ranking, int(one), alike(found, vectors, shares, phrasings[one].words)
        )
    ]
    return calibration.calibrate(tried)


def _empty(read: Normaliser, shares: Shares) -> Index:
    """An index that knows nothing, and says so."""
    found = postings.build([], (shares.grams, shares.stems))
    ridge = Ridge(rows(found), _directions([], shares), shares.vectors, _questions(()))
    ranking = Ranking(np.zeros(1, np.int64), ridge)
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
