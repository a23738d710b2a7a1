"""An index can be built from any articles, in any form."""

from dataclasses import dataclass

from bot.search import Article, build_index


@dataclass(frozen=True)
class Ours:
    """An article with our content's own names."""

    id: str
    question: str
    asked: tuple[str, ...]
    keywords: tuple[str, ...]
    short: str


PLAIN = {
    "id": "tired",
    "question": "Why am I tired?",
    "alternatives": ["exhausted"],
    "keywords": [],
    "answer": "Cancer can make people tired.",
    "language": "en",
}


def test_plain_mappings_are_articles() -> None:
    assert build_index([PLAIN]).search("why am i so tired")[0].id == "tired"


def test_our_own_articles_are_articles() -> None:
    ours = Ours("sleep", "How do I sleep?", ("awake at night",), ("insomnia",), "Go to bed at one time.")
    assert build_index([ours, PLAIN]).search("insomnia")[0].id == "sleep"


def test_missing_and_empty_fields_do_no_harm() -> None:
    sparse = [
        {"id": "a", "question": "parking"},
        {"id": "b", "question": "", "alternatives": [], "answer": None},
    ]
    assert [hit.id for hit in build_index(sparse).search("parking")] == ["a"]


def test_no_articles_find_nothing() -> None:
    found = build_index([]).find("anything")
    assert (found.confidence, found.hits) == ("unknown", ())


def test_one_article_with_one_phrasing_is_found() -> None:
    assert build_index([Article("a", "parking")]).search("parkin")[0].id == "a"


def test_articles_with_the_same_id_are_one_article() -> None:
    index = build_index(
        [Article("a", "parking"), Article("a", "where is the car park"), Article("b", "food")]
    )
    assert [hit.id for hit in index.search("where do i park the car")].count("a") == 1


def test_the_same_question_in_two_articles_offers_both() -> None:
    index = build_index([Article("a", "parking"), Article("b", "parking"), Article("c", "food")])
    assert {hit.id for hit in index.search("parking", 2)} == {"a", "b"}
    assert index.find("parking").confidence != "sure"


def test_a_large_collection_is_found_as_well() -> None:
    subjects = [f"{left}{right}" for left in "bdfgklmnprst" for right in ("atoro", "enila", "ipuso", "omade")]
    many = [
        Article(
            f"{what}-{subject}", f"{what} {subject}", (f"please {what} the {subject}", f"{subject} {what}")
        )
        for subject in subjects
        for what in (
            "open",
            "close",
            "paint",
            "weigh",
            "carry",
            "clean",
            "count",
            "mend",
            "sell",
            "find",
            "lend",
        )
    ]
    assert build_index(many).search("pleese paint teh datoro")[0].id == "paint-datoro"


def test_the_same_articles_give_the_same_answers() -> None:
    one, other = (build_index([PLAIN, Article("b", "food", ("eating",))]) for _ in range(2))
    assert one.search("tired of eating") == other.search("tired of eating")
