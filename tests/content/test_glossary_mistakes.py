"""What an author hears about a mistake in the glossary."""

from datetime import date

import pytest

from tests.content.author import Author

FILE = "knowledge/glossary/treatment.yaml"
GOOD = """\
words:
  - id: adjuvant
    word: adjuvant
    says: [adjuvant therapy]
    meaning: Adjuvant treatment comes after the main treatment.
    article: cannot-sleep
    sources: [{name: Macmillan, year: 2026}]
    confidence: V2
    checked: 2026-11-01
    review: 2027-11-01
  - id: stoma
    word: stoma
    meaning: A stoma is an opening in the tummy.
    sources: [{name: NHS, year: 2026}]
    confidence: V2
    checked: 2026-11-01
    review: 2027-11-01
"""


@pytest.fixture
def writer(author: Author) -> Author:
    """An author whose glossary has two good words."""
    author.writes(FILE, GOOD)
    return author


def test_a_good_glossary_goes_live(writer: Author) -> None:
    assert list(writer.content().glossary) == ["adjuvant", "stoma"]
    assert writer.checks() == writer.checks("warning") == []


def test_a_word_in_two_entries_is_told(writer: Author) -> None:
    writer.changes(FILE, "word: stoma", "word: Adjuvant")
    assert writer.hears() == [
        f"{FILE}:12:11: 'Adjuvant' is explained by 'adjuvant' already; put them together"
    ]


def test_a_spelling_that_is_anothers_word_is_told(writer: Author) -> None:
    writer.changes(FILE, "[adjuvant therapy]", "[adjuvant therapy, Stoma]")
    assert writer.hears() == [f"{FILE}:4:30: 'Stoma' is the word of 'stoma'; take it out here"]


def test_a_spelling_that_two_entries_claim_is_told(writer: Author) -> None:
    writer.changes(FILE, "word: stoma\n", "word: stoma\n    says: [bag, Adjuvant-therapy]\n")
    assert writer.hears() == [
        f"{FILE}:13:17: 'Adjuvant-therapy' is said by 'adjuvant' too; keep it where it is explained best"
    ]


def test_two_words_with_one_id_are_told(writer: Author) -> None:
    writer.changes(FILE, "id: stoma", "id: adjuvant")
    assert writer.hears() == [
        f"{FILE}:11:9: another word is called 'adjuvant' (in {FILE}); give this one another id"
    ]


def test_an_article_to_read_on_that_is_not_there_is_told(writer: Author) -> None:
    writer.changes(FILE, "article: cannot-sleep", "article: cannot-slep")
    assert writer.hears() == [
        f"{FILE}:6:14: no article is called 'cannot-slep'; did you mean 'cannot-sleep'?"
    ]


def test_a_missing_source_is_told(writer: Author) -> None:
    writer.changes(FILE, "    sources: [{name: NHS, year: 2026}]\n", "")
    assert writer.hears() == [f"{FILE}:11:5: 'sources' is missing; add a line 'sources: ...'"]


def test_a_source_that_cannot_be_looked_up_is_told(writer: Author) -> None:
    writer.changes(FILE, "{name: NHS, year: 2026}", "{name: NHS}")
    assert writer.checks() == [
        f"{FILE}:14:5: no source here has a year or an address; add 'year: ...' to one"
    ]


def test_a_missing_review_is_told(writer: Author) -> None:
    writer.writes(FILE, GOOD.removesuffix("    review: 2027-11-01\n"))
    assert writer.hears() == [f"{FILE}:11:5: 'review' is missing; add a line 'review: ...'"]


def test_a_review_that_is_past_is_told(writer: Author) -> None:
    told = writer.checks(today=date(2027, 11, 2))
    assert (
        f"{FILE}:17:13: the review was due on 2027-11-01; check every fact, then move both dates on" in told
    )


def test_a_meaning_with_a_sentence_of_more_than_20_words_is_told(writer: Author) -> None:
    writer.changes(FILE, "is an opening in the tummy.", "is " + "an opening and " * 6 + "more.")
    assert writer.checks() == [
        f"{FILE}:13:14: a sentence of 22 words ('A stoma is an opening ...'); 20 at most: make it two"
    ]


def test_a_meaning_of_three_sentences_is_told(writer: Author) -> None:
    writer.changes(FILE, "the tummy.", "the tummy. It is small. It is red.")
    assert writer.checks() == [
        (
            f"{FILE}:13:14: a meaning has 2 sentences at most, this has 3; leave the rest to an article and "
            "name it in 'article'"
        )
    ]


def test_a_fight_in_a_meaning_is_told(writer: Author) -> None:
    writer.changes(FILE, "comes after the main treatment.", "helps you fight cancer.")
    assert writer.checks() == [f"{FILE}:5:14: avoid 'fight'; say what is done, such as 'have treatment'"]


def test_general_knowledge_that_is_live_is_told(writer: Author) -> None:
    writer.writes(FILE, GOOD.replace("confidence: V2", "confidence: G", 1))
    assert writer.checks() == [
        f"{FILE}:8:17: general knowledge (G) is not live; write 'status: draft', or prove it at a source"
    ]


def test_a_draft_is_not_shown(writer: Author) -> None:
    writer.writes(FILE, GOOD.replace("confidence: V2", "confidence: G\n    status: draft", 1))
    assert list(writer.content().glossary) == ["stoma"]


def test_a_word_too_long_for_a_button_is_told(writer: Author) -> None:
    writer.changes(FILE, "word: stoma", f"word: {'opening ' * 6}")
    assert writer.checks() == [
        f"{FILE}:12:11: this word has 47 characters; a button shows 40: make it shorter"
    ]


def test_a_gap_that_nobody_fills_is_told(writer: Author) -> None:
    writer.changes(FILE, "in the tummy.", "in the {tummy}.")
    assert writer.hears() == [
        f"{FILE}:13:14: nobody knows what to put into {{tummy}}; write the id of a contact"
    ]


def test_a_spelling_that_adds_nothing_is_a_warning(writer: Author) -> None:
    writer.changes(FILE, "[adjuvant therapy]", "[Adjuvant, adjuvant therapy]")
    assert writer.checks("warning") == [
        f"{FILE}:4:12: 'Adjuvant' is read like another spelling here; take it out"
    ]


def test_a_meaning_in_hard_words_is_a_warning(writer: Author) -> None:
    writer.changes(FILE, "an opening in the tummy.", "anatomically constructed intestinal exteriorisation.")
    assert writer.checks("warning") == [
        f"{FILE}:13:14: reading grade 24.2, 9 at most: use shorter words and sentences"
    ]


def test_the_word_itself_may_be_one_to_avoid(writer: Author) -> None:
    writer.changes(FILE, "word: stoma", "word: fatigue")
    writer.changes(FILE, "A stoma is an opening in the tummy.", "Fatigue means being very tired.")
    assert writer.checks("warning") == []
