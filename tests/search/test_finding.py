"""People find the right article, however they type."""

import pytest

from tests.search.shelf import ARTICLES, index


@pytest.mark.parametrize(
    ("typed", "article"),
    [
        ("Can I exercise before chemotherapy?", "exercise"),
        ("cna i exersise befor kemo", "exercise"),
        ("CAN I EXERCISE BEFORE CHEMO!!!", "exercise"),
        ("is it ok 2 go 2 da gym b4 chemo", "exercise"),
        ("why am i soooooo tired", "tired"),
        ("am awfy wabbit", "tired"),
        ("exausted", "tired"),
        ("wot shud i eat b4 my op", "eating"),
        ("wat food is gud befor surgery", "eating"),
        ("how do I quit smokin", "smoking"),
        ("I can’t sleep", "sleep"),
        ("slepp", "sleep"),
        ("free parkin?", "parking"),
    ],
)
def test_the_right_article_comes_first(typed: str, article: str) -> None:
    assert index().search(typed)[0].id == article


def test_a_question_inside_a_long_story_is_found() -> None:
    story = (
        "Hello there. My name does not matter and I live with my sister in a small flat. We have two dogs. "
        "Yesterday it rained all day. I want to give up cigarettes. Anyway, thank you for reading this."
    )
    assert index().search(story)[0].id == "smoking"


def test_every_phrasing_of_an_article_is_answered_surely() -> None:
    asked = [(text, article.id) for article in ARTICLES for text in article.asked]
    found = [(text, index().find(text)) for text, _ in asked]
    assert [(text, one.hits[0].id) for text, one in found] == asked
    assert {one.confidence for _, one in found} == {"sure"}


@pytest.mark.parametrize(
    "typed", ["who won the football last night", "translate good morning into spanish", "set an alarm for 7"]
)
def test_a_question_about_something_else_never_gets_a_sure_answer(typed: str) -> None:
    assert index().find(typed).confidence != "sure"


@pytest.mark.parametrize("typed", ["", "   ", "?!", "😀😀😀", "\x00\x01"])
def test_a_message_without_words_is_unknown(typed: str) -> None:
    assert index().find(typed).confidence == "unknown"
    assert index().search(typed) == []


def test_scores_fall_and_are_probabilities() -> None:
    scores = [hit.score for hit in index().search("can i exercise when i am tired", 6)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_no_more_hits_come_than_were_asked_for() -> None:
    assert len(index().search("how can i exercise", 2)) == 2
    assert index().search("how can i exercise", 0) == []


def test_a_real_english_word_is_not_corrected() -> None:
    assert index().read("i walk in the park")[0] == ["i", "walk", "in", "the", "park"]


def test_a_hit_is_an_id_and_a_score() -> None:
    id, score = index().search("tired")[0]
    assert (id, score > 0.9) == ("tired", True)


def test_an_explanation_names_the_phrasing_and_the_words() -> None:
    explained = index().explain("cna i exersise befor kemo")
    assert explained.changed
    assert explained.reasons[0].phrasing == "Can I exercise before chemotherapy?"
    assert "exercise" in explained.reasons[0].words
