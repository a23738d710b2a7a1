"""The index as it would be with one article added or changed, without learning everything anew."""

from dataclasses import replace
from itertools import groupby

import numpy as np

from bot.search import postings
from bot.search.articles import read_articles
from bot.search.index import Index, _directions, _questions
from bot.search.phrasings import Phrasing, exact, gather, spelt
from bot.search.ranking import Ranking
from bot.search.ridge import Ridge, rows
from bot.search.spelling import speller
from bot.search.vectors import english


def with_article(index: Index, article: object) -> Index:
    """The same first answers as an index built anew (a slip that the new words make common may be read
    differently); about a third of the work: what was read before is not read again. How far a score is to be
    trusted stays as it was."""
    given = read_articles([article])[0]
    _, new = gather([given], index.normaliser)
    ids, phrasings = _placed(index, given.id, new)
    phrasings = spelt(phrasings)
    asked = [one.words for one in phrasings]
    found = postings.build(asked, (index.shares.grams, index.shares.stems))
    known = {one.words: at for at, one in enumerate(index.phrasings)}
    vectors = np.stack(
        [
            index.vectors[known[words]] if words in known else _directions([words], index.shares)[0]
            for words in asked
        ]
    )
    starts = np.searchsorted([one.article for one in phrasings], np.arange(len(ids) + 1)).astype(np.int64)
    ranking = Ranking(starts, Ridge(rows(found), vectors, index.shares.vectors, _questions(phrasings)))
    return replace(
        index,
        ids=ids,
        phrasings=phrasings,
        exact=exact(phrasings),
        speller=speller(asked, english()),
        postings=found,
        vectors=vectors,
        ranking=ranking,
    )


def _placed(index: Index, id: str, new: tuple[Phrasing, ...]) -> tuple[tuple[str, ...], tuple[Phrasing, ...]]:
    """All ids and phrasings with these in the place of the article's old ones, or after all others."""
    ids = index.ids if id in index.ids else (*index.ids, id)
    place = ids.index(id)
    mine = tuple(one._replace(article=place) for one in new)
    kept = groupby(index.phrasings, key=lambda one: one.article)
    by_article = {article: tuple(ones) for article, ones in kept} | {place: mine}
    return ids, tuple(one for article in range(len(ids)) for one in by_article.get(article, ()))


def first(index: Index, text: str) -> str:
    """The article that a person is shown first; "" when the search says that it does not know."""
    found = index.find(text, 1)
    return found.hits[0].id if found.hits and found.confidence != "unknown" else ""
