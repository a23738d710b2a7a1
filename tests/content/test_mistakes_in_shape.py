"""What an author hears when a line has the wrong name or the wrong sort of value."""

from tests.content.author import Author


def test_a_mistyped_name_is_told_with_the_right_one(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "    asked:", "    keyword: [rest]\n    asked:")
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:6:5: nothing here is called 'keyword'; did you mean 'keywords'?")
    ]


def test_a_name_that_is_nothing_like_any_is_told_with_all_there_are(author: Author) -> None:
    author.changes("knowledge/words.yaml", "expand: {u: you}", "xyz: 1")
    assert author.hears() == [
        "knowledge/words.yaml:1:1: nothing here is called 'xyz'; there is: expand, alike"
    ]


def test_a_missing_line_is_told_with_what_to_add(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "    question: What can help me sleep?\n", "")
    assert author.hears() == [
        "knowledge/articles/sleep.yaml:4:5: 'question' is missing; add a line 'question: ...'"
    ]


def test_a_mistyped_name_is_not_told_as_missing_too(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "    question:", "    qestion:")
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:5:5: nothing here is called 'qestion'; did you mean 'question'?")
    ]


def test_an_id_with_capitals_is_told_with_a_better_one(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "cannot-sleep", "Cannot Sleep")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:4:9: 'Cannot Sleep' cannot stand here: small letters, "
            "digits and hyphens only; write 'cannot-sleep'"
        )
    ]


def test_an_id_that_is_too_long_for_a_button_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "cannot-sleep", "what-to-do-when-i-cannot-sleep")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:4:9: this has 30 characters; at most 28 can stand here: "
            "make it shorter"
        )
    ]


def test_a_bare_no_in_a_list_of_texts_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello again.", "no")
    assert author.hears() == [
        ('knowledge/texts/en/core.yaml:2:9: no without quotes is a yes or no (true or false); write "no"')
    ]


def test_a_bare_on_as_a_text_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "on")
    assert author.hears() == [
        ('knowledge/texts/en/core.yaml:1:8: on without quotes is a yes or no (true or false); write "on"')
    ]


def test_a_bare_number_as_a_text_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/contacts.yaml", '"999"', "999")
    assert author.hears() == ['knowledge/contacts.yaml:5:12: 999 without quotes is a number; write "999"']


def test_a_bare_date_as_a_text_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "2026-11-22")
    assert author.hears() == [
        ('knowledge/texts/en/core.yaml:1:8: 2026-11-22 without quotes is a date; write "2026-11-22"')
    ]


def test_a_language_called_no_asks_for_quotes(author: Author) -> None:
    author.changes(
        "knowledge/languages.yaml",
        "  - {id: en",
        "  - {id: no, name: Norsk, english: Norwegian}\n  - {id: en",
    )
    assert author.hears() == [
        ('knowledge/languages.yaml:2:10: no without quotes is a yes or no (true or false); write "no"')
    ]


def test_a_date_that_is_none_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "checked: 2026-11-01", "checked: 2026-11-31")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:13:14: '2026-11-31' cannot be read; a date like "
            "2026-11-30 is expected here"
        )
    ]


def test_a_date_in_another_order_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "checked: 2026-11-01", "checked: 1/11/2026")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:13:14: '1/11/2026' cannot be read; a date like 2026-11-30 "
            "is expected here"
        )
    ]


def test_a_text_in_place_of_a_list_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "    short:", "    keywords: rest\n    short:")
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:7:15: a list (each item after '- ') is expected here, not a text")
    ]


def test_a_list_in_place_of_a_text_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "[Rest, when you can]")
    assert author.hears() == ["knowledge/articles/sleep.yaml:7:5: a text is expected here, not a list"]


def test_a_group_in_place_of_a_text_is_told(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "hello: Hello.", "hello:\n  Note: hello")
    assert author.hears() == [
        (
            "knowledge/texts/en/core.yaml:1:1: a text or a list (each item after '- ') is expected "
            "here, not a group of lines; a text with ': ' in it needs quotes"
        )
    ]


def test_nothing_in_place_of_a_text_is_told(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "")
    assert author.hears() == [
        (
            "knowledge/texts/en/core.yaml:1:7: nothing is written here; a text or a list (each item "
            "after '- ') is expected here"
        )
    ]


def test_an_empty_text_is_told(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", '""')
    assert author.hears() == ["knowledge/texts/en/core.yaml:1:8: nothing is written here; a text is expected"]


def test_a_choice_that_is_none_is_told_with_the_nearest(author: Author) -> None:
    author.changes("knowledge/areas.yaml", "nation: scotland", "nation: scotlnd")
    assert author.hears() == [
        (
            "knowledge/areas.yaml:2:44: 'scotlnd' is not a choice here; did you mean 'scotland'? "
            "Choose: uk, scotland, england, wales, northern-ireland"
        )
    ]


def test_too_few_ways_of_asking_are_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", ", m n, o p]", "]")
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:6:5: 8 or more are needed here, and there are 6: write 2 more")
    ]


def test_a_short_answer_over_700_characters_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Rest. " * 120)
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:7:12: this has 719 characters; at most 700 can stand "
            "here: make it shorter"
        )
    ]


def test_more_than_three_buttons_are_told(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml", "      - {flow: welcome}", "      - {flow: welcome}\n" * 4
    )
    assert author.hears() == ["knowledge/articles/sleep.yaml:8:5: 4 are written here; 3 at most"]


def test_an_article_without_a_source_is_told(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml",
        "    sources:\n      - {name: Macmillan, year: 2025}\n",
        "    sources: []\n",
    )
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:10:5: 1 or more are needed here, and there are 0: write 1 more")
    ]


def test_a_step_without_a_verb_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "sya: Good.")
    assert author.hears() == [
        (
            "flows/welcome.yaml:8:3: a step needs one of: ask, say, branch, set, flow, sessions, "
            "article, handover, share, remember, page, count, compare, keep, join, interests, end; "
            "did you mean 'say'?"
        )
    ]


def test_a_step_that_is_only_a_text_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "  again:\n    say: Good.", "  again: Good.")
    assert author.hears() == [
        (
            "flows/welcome.yaml:8:10: a step is a group of lines, one of them: ask, say, branch, "
            "set, flow, sessions, article, handover, share, remember, page, count, compare, keep, join, "
            "interests, end"
        )
    ]


def test_a_kind_of_question_that_is_none_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "yes-no", "yes/no")
    assert author.hears() == [
        (
            "flows/welcome.yaml:5:10: 'yes/no' is not a choice here; did you mean 'yes-no'? Choose: "
            "yes-no, one-of, several-of, number, scale, date, place, short-text, phone"
        )
    ]


def test_a_length_of_time_that_is_none_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "title: Welcome", "title: Welcome\nexpires: 24 hours")
    assert author.hears() == [
        "flows/welcome.yaml:3:10: '24 hours' is not a length of time; write 45m, 24h or 7d"
    ]


def test_a_yes_or_no_that_is_neither_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "title: Welcome", "title: Welcome\nhealth: maybe")
    assert author.hears() == ["flows/welcome.yaml:3:9: 'maybe' cannot be read; yes or no is expected here"]


def test_a_number_that_is_too_big_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "text: Shall we start?", "text: Shall we start?\n    longest: 4000")
    assert author.hears() == ["flows/welcome.yaml:7:14: 4000 cannot stand here; it must be at most 1000"]


def test_a_text_without_english_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "say: {pl: Dobrze.}")
    assert author.hears() == ["flows/welcome.yaml:9:5: the English text is missing; add a line 'en: ...'"]


def test_a_language_that_is_no_language_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "say: {en: Good., polish: Dobrze.}")
    assert author.hears() == [
        "flows/welcome.yaml:9:5: 'polish' is not a language's short name, such as en or pl"
    ]


def test_a_cards_button_without_a_target_is_told(author: Author) -> None:
    author.changes(
        "knowledge/red_flags/cards.yaml", '{label: Phone 999, url: "tel:999"}', "{label: Phone 999}"
    )
    assert author.hears() == [
        "knowledge/red_flags/cards.yaml:6:9: a card's button needs a url or a code, and not both"
    ]


def test_a_button_that_opens_something_unsafe_is_told(author: Author) -> None:
    author.changes("knowledge/red_flags/cards.yaml", "tel:999", "javascript:alert(1)")
    assert author.hears() == [
        (
            "knowledge/red_flags/cards.yaml:6:33: 'javascript:alert(1)' cannot stand here: it begins "
            "with tel:, sms: or https://"
        )
    ]


def test_a_list_in_place_of_a_file_is_told(author: Author) -> None:
    author.writes("knowledge/articles/sleep.yaml", "- cannot-sleep\n")
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:1:1: a group of lines ('name: value') is expected here, not a list")
    ]


def test_mistakes_in_several_files_are_told_together(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "5")
    author.changes("knowledge/areas.yaml", "nation: scotland", "nation: eire")
    author.changes("flows/welcome.yaml", "yes-no", "yesno")
    assert author.hears() == [
        (
            "flows/welcome.yaml:5:10: 'yesno' is not a choice here; did you mean 'yes-no'? Choose: "
            "yes-no, one-of, several-of, number, scale, date, place, short-text, phone"
        ),
        (
            "knowledge/areas.yaml:2:44: 'eire' is not a choice here; choose: uk, scotland, england, "
            "wales, northern-ireland"
        ),
        'knowledge/texts/en/core.yaml:1:8: 5 without quotes is a number; write "5"',
    ]
