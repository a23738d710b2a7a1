"""The ways of asking, as the search reads them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.search.articles import read_articles
from bot.search.normalise import Normaliser
from bot.search.reading import plain
from bot.search.spelling import speller
from bot.search.vectors import english


class Phrasing(NamedTuple):
    """A way of asking, by the place of its article, as it was written and as the search reads it."""

    article: int
    text: str
    words: tuple[str, ...]
    asked: bool = True
    """Whether people ask so; a keyword or an answer is no question."""


def gather(articles: Iterable[object], read: Normaliser) -> tuple[tuple[str, ...], tuple[Phrasing, ...]]:
    """Articles that say something, and their phrasings without repeats."""
    ids: list[str] = []
    phrasings: list[Phrasing] = []
    for article in read_articles(articles):
        ways = {plain(read.words(text)): text for text in reversed(article.asked)}
        hints = {plain(read.words(text)): text for text in reversed(article.hints)}
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


def spelt(phrasings: Sequence[Phrasing]) -> tuple[Phrasing, ...]:
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
