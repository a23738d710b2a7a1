"""What a new article would change for the others is said before it is saved."""

from bot.authoring.ranking import effect
from bot.search import Article, build_index, first, with_article
from tests.search import shelf

NAPS = Article(
    "naps",
    "May I sleep in the day?",
    ("awake all night and asleep all day", "is a nap bad", "how do i sleep better with naps", "naps"),
)


def test_the_index_with_one_more_article_answers_like_one_built_anew() -> None:
    quick = with_article(shelf.index(), NAPS)
    anew = build_index([*shelf.ARTICLES, NAPS], shelf.WORDS)
    asked = [one.text for one in anew.phrasings] + ["can i nap", "no sleep", "bus to hospital", "zzz qqq"]
    assert quick.ids == anew.ids
    assert quick.phrasings == anew.phrasings
    assert [first(quick, text) for text in asked] == [first(anew, text) for text in asked]


def test_an_article_that_is_there_keeps_its_place_with_new_words() -> None:
    wider = Article("sleep", "I cannot sleep. What helps?", ("awake all night", "forty winks"))
    quick = with_article(shelf.index(), wider)
    anew = build_index([wider if one.id == "sleep" else one for one in shelf.ARTICLES], shelf.WORDS)
    assert quick.phrasings == anew.phrasings
    assert first(quick, "forty winks") == "sleep"


def test_a_question_that_changes_hands_is_told_with_both_articles() -> None:
    taking = Article(
        "rest", "How do I rest?", ("no energy at all today", "tired out", "exhausted all the time now")
    )
    found = effect(
        shelf.index(), with_article(shelf.index(), taking), "rest", ["so exhausted all the time now"]
    )
    assert ("exhausted all the time", "tired", "rest") in [
        (one.question, one.was, one.becomes) for one in found.lost
    ]
    assert ("so exhausted all the time now", "rest") in [
        (one.question, one.becomes) for one in found.changes if not one.own
    ]


def test_an_article_about_something_else_changes_nothing() -> None:
    wigs = Article("wigs", "How do I get a wig?", ("wigs on the nhs", "wig voucher"))
    found = effect(shelf.index(), with_article(shelf.index(), wigs), "wigs", ["parking"])
    assert found.changes == ()
    assert found.tried > 10
    assert found.shared == 1
