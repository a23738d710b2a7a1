"""What an author is asked to look at: it fails `prehab check --strict` only."""

from tests.content.author import SERVICE, Author, article


def test_a_review_within_60_days_is_a_warning(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "review: 2027-11-01", "review: 2027-01-20")
    assert author.checks("warning") == ["knowledge/articles/sleep.yaml:14:13: a review is due on 2027-01-20"]


def test_a_sentence_of_more_than_20_words_is_a_warning(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml",
        "Rest when you can.",
        "Rest when you can and then " * 3 + "please stop now.",
    )
    assert author.checks("warning") == [
        (
            "knowledge/articles/sleep.yaml:7:12: a sentence of 21 words ('Rest when you can and "
            "...'); 20 at most: make it two"
        )
    ]


def test_your_gp_is_a_warning(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Ask your GP.")
    assert author.checks("warning") == ["knowledge/articles/sleep.yaml:7:12: avoid 'your GP'; write 'a GP'"]


def test_experiencing_side_effects_is_a_warning(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml",
        "Rest when you can.",
        "If you experience any bad side effects, phone us.",
    )
    assert author.checks("warning") == [
        ("knowledge/articles/sleep.yaml:7:12: avoid 'experience any bad side effects'; write 'get' or 'have'")
    ]


def test_a_number_in_letters_is_a_warning(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Rest for two hours.")
    assert author.checks("warning") == [
        "knowledge/articles/sleep.yaml:7:12: avoid 'two'; write the numeral (2, 3 ...)"
    ]


def test_a_hard_word_in_brackets_after_a_plain_one_is_fine(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml", "Rest when you can.", "If you are being sick (vomiting), rest."
    )
    assert author.checks("warning") == []


def test_a_question_like_another_is_a_warning(author: Author) -> None:
    author.writes("knowledge/articles/rest.yaml", article("rest", "What can help me to sleep?"))
    assert author.checks("warning") == [
        (
            "knowledge/articles/sleep.yaml:5:15: this asks nearly the same as 'rest'; make them one, "
            "or ask more clearly"
        )
    ]


def test_a_phrasing_written_twice_in_one_article_is_a_warning(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "[a b, c d", "[a b, A B")
    assert author.checks("warning") == [
        "knowledge/articles/sleep.yaml:6:18: 'A B' is written twice; write another way of asking"
    ]


def test_sources_without_a_year_are_a_warning(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "{name: Macmillan, year: 2025}", "{name: Macmillan}")
    assert author.checks("warning") == [
        (
            "knowledge/articles/sleep.yaml:10:5: no source here has a year or an address; add 'year: "
            "...' to one"
        )
    ]


def test_a_made_up_listing_past_its_review_is_a_warning(author: Author) -> None:
    author.writes("knowledge/services/scotland.yaml", SERVICE.replace("2027-11-01", "2026-11-21"))
    assert author.checks("warning") == [
        "knowledge/services/scotland.yaml:11:13: the review was due on 2026-11-21; "
        "check every fact, then move both dates on"
    ]


def test_a_real_listing_past_its_review_is_an_error(author: Author) -> None:
    real = SERVICE.replace("2027-11-01", "2026-11-21").replace("sample: true", "sample: false")
    author.writes("knowledge/services/scotland.yaml", real)
    assert author.checks() == [
        "knowledge/services/scotland.yaml:11:13: the review was due on 2026-11-21; "
        "check every fact, then move both dates on"
    ]
