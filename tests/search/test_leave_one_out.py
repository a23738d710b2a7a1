"""Authors are told which of their phrasings another article would win."""

from bot.search import Article, build_index
from bot.search.leave_one_out import lost_phrasings
from tests.search.shelf import ARTICLES, index


def test_a_phrasing_that_belongs_elsewhere_is_named_with_both_articles() -> None:
    astray = Article("parking", "Where can I park?", ("car park cost", "why am i so tired all day"))
    [lost] = [
        one
        for one in lost_phrasings(build_index([*ARTICLES[:5], astray]))
        if one.phrasing == "why am i so tired all day"
    ]
    assert (lost.article, lost.winner) == ("parking", "tired")
    assert 0 < lost.margin <= 1
    assert 0 < lost.score <= 1


def test_a_phrasing_that_two_articles_have_is_lost_by_both() -> None:
    twice = [
        Article("a", "where is the car park", ("parking cost", "a space for my car")),
        Article("b", "how do i sleep", ("bed time", "where is the car park")),
    ]
    told = [(one.article, one.winner) for one in lost_phrasings(build_index([*twice, *ARTICLES[:4]]))]
    assert ("b", "a") in told


def test_the_surest_mistake_comes_first() -> None:
    scores = [lost.score for lost in lost_phrasings(index())]
    assert scores == sorted(scores, reverse=True)


def test_an_article_with_one_phrasing_cannot_lose_it() -> None:
    assert lost_phrasings(build_index([Article("a", "parking"), Article("b", "food")])) == []


def test_no_articles_lose_nothing() -> None:
    assert lost_phrasings(build_index([])) == []
