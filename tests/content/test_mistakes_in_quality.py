"""What an author hears from `prehab check` about words, dates and sources."""

from tests.content.author import Author, article


def test_a_phrasing_of_two_articles_is_told(author: Author) -> None:
    author.writes("knowledge/articles/rest.yaml", article("rest", "How do I rest?", "A B!"))
    assert author.checks() == [
        (
            "knowledge/articles/sleep.yaml:6:13: 'a b' is asked of 'rest' too; keep it where it is "
            "answered best"
        )
    ]


def test_general_knowledge_that_is_live_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "confidence: V", "confidence: G")
    assert author.checks() == [
        (
            "knowledge/articles/sleep.yaml:12:17: general knowledge (G) is not live; write 'status: "
            "draft', or prove it at a source"
        )
    ]


def test_a_contact_of_general_knowledge_that_is_live_is_told(author: Author) -> None:
    author.changes("knowledge/contacts.yaml", "confidence: V", "confidence: G")
    assert author.checks() == [
        (
            "knowledge/contacts.yaml:8:17: general knowledge (G) is not live; write 'status: draft', "
            "or prove it at a source"
        )
    ]


def test_a_contact_that_cannot_be_reached_is_told(author: Author) -> None:
    author.changes("knowledge/contacts.yaml", '    phone: "999"\n', "")
    assert author.checks() == [
        "knowledge/contacts.yaml:2:5: 'emergency' cannot be reached; add 'phone', 'text' or 'web'"
    ]


def test_an_article_past_its_review_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "review: 2027-11-01", "review: 2026-11-21")
    assert author.checks() == [
        (
            "knowledge/articles/sleep.yaml:14:13: the review was due on 2026-11-21; check every "
            "fact, then move both dates on"
        )
    ]


def test_a_contact_past_its_review_is_told(author: Author) -> None:
    author.changes("knowledge/contacts.yaml", "review: 2027-11-01", "review: 2026-11-21")
    assert author.checks() == [
        (
            "knowledge/contacts.yaml:10:13: the review was due on 2026-11-21; check every fact, then "
            "move both dates on"
        )
    ]


def test_a_check_that_is_still_to_come_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "checked: 2026-11-01", "checked: 2026-11-23")
    assert author.checks() == [
        ("knowledge/articles/sleep.yaml:13:14: 2026-11-23 is still to come; write the day it was checked")
    ]


def test_a_sentence_of_more_than_25_words_is_told(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml", "Rest when you can.", "Rest when you can and then " * 5 + "stop."
    )
    assert author.checks() == [
        (
            "knowledge/articles/sleep.yaml:7:12: a sentence of 31 words ('Rest when you can and "
            "...'); 20 at most: make it two"
        )
    ]


def test_fighting_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Rest helps you fight it.")
    assert author.checks() == [
        ("knowledge/articles/sleep.yaml:7:12: avoid 'fight'; say what is done, such as 'have treatment'")
    ]


def test_a_journey_is_told(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "Your journey begins.")
    assert author.checks() == [
        "knowledge/texts/en/core.yaml:1:8: avoid 'journey'; write 'treatment', 'care' or 'time'"
    ]


def test_sufferers_and_victims_are_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "Good.", "We help cancer sufferers.")
    assert author.checks() == [
        "flows/welcome.yaml:9:10: avoid 'cancer sufferers'; write 'people with cancer' or 'has'"
    ]


def test_false_comfort_is_told(author: Author) -> None:
    author.changes(
        "knowledge/red_flags/cards.yaml", "Phone {emergency} now.", "Phone {emergency} now. Do not worry."
    )
    assert author.checks() == ["knowledge/red_flags/cards.yaml:4:11: avoid 'Do not worry'; say what can help"]


def test_a_promise_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Rest will cure you.")
    assert author.checks() == [
        ("knowledge/articles/sleep.yaml:7:12: avoid 'will cure'; promise nothing; say what may help")
    ]


def test_a_text_that_is_far_too_hard_is_told(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml",
        "Rest when you can.",
        "Considerable rehabilitation necessitates multidisciplinary evaluation. " * 6,
    )
    assert author.checks() == [
        ("knowledge/articles/sleep.yaml:7:12: reading grade 47.7, 7 at most: use shorter words and sentences")
    ]
