"""What an author hears when a file is not YAML as we use it."""

from tests.content.author import Author


def test_a_tab_is_told(author: Author) -> None:
    author.writes("knowledge/words.yaml", "expand:\n\tu: you\n")
    assert author.hears() == ["knowledge/words.yaml:2:1: a tab stands here; indent with spaces"]


def test_a_colon_in_a_text_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "Note: hello")
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:1:12: a text with ': ' in it needs quotes, or its own lines after |")
    ]


def test_a_quote_that_ends_too_early_is_told(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "hello: Hello.", "hello: 'It's me'")
    assert author.hears() == [
        (
            "knowledge/texts/en/core.yaml:1:12: the quotes end too early: put the whole text in "
            "quotes, and write a quote inside it twice ('')"
        )
    ]


def test_a_quote_that_is_not_closed_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", 'hello: "Hello\n')
    assert author.hears() == [
        (
            "knowledge/texts/en/core.yaml:1:8: a quote is not closed, or a quote stands inside a "
            "quoted text (write it twice: '')"
        )
    ]


def test_a_bracket_that_is_not_closed_is_told(author: Author) -> None:
    author.writes("knowledge/words.yaml", "alike:\n  - [wee, small\n")
    assert author.hears() == [
        ("knowledge/words.yaml:2:5: a bracket is not closed, or a text that starts with { or [ needs quotes")
    ]


def test_a_text_that_starts_with_a_gap_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "{emergency} is free")
    assert author.hears() == [
        "knowledge/texts/en/core.yaml:1:20: a text that starts with { or [ needs quotes"
    ]


def test_a_text_that_is_only_a_gap_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "{emergency}")
    assert author.hears() == ["knowledge/texts/en/core.yaml:1:1: a text that starts with { needs quotes"]


def test_a_text_that_starts_with_a_star_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "*Hello*")
    assert author.hears() == [
        "knowledge/texts/en/core.yaml:1:14: a text that starts with * or & needs quotes"
    ]


def test_a_text_that_starts_with_an_ampersand_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "&you and me")
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:1:8: nothing uses &you; a text that starts with & needs quotes")
    ]


def test_a_text_that_starts_with_an_at_sign_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "@you")
    assert author.hears() == ["knowledge/texts/en/core.yaml:1:8: a text that starts with '@' needs quotes"]


def test_a_text_that_starts_with_an_exclamation_mark_asks_for_quotes(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "!important")
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:1:8: tags are not used here; a text that starts with ! needs quotes")
    ]


def test_a_line_that_is_not_indented_like_the_others_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "    say: Good.", "   say: Good.\n    next: bye")
    assert author.hears() == [
        "flows/welcome.yaml:10:9: a text with ': ' in it needs quotes, or its own lines after |"
    ]


def test_a_line_without_a_colon_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", "hello: Hello.\nagain\nbye: Bye.\n")
    assert author.hears() == [
        (
            "knowledge/texts/en/core.yaml:3:1: a name and a colon are missing in this line or the "
            "one above ('name: text')"
        )
    ]


def test_a_list_on_the_line_of_its_name_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", "hello: - Hello.\n")
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:1:8: a list begins on a line of its own, each item after '- '")
    ]


def test_a_name_that_stands_twice_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", "hello: Hello.\nbye: Bye.\nhello: Hi.\n")
    assert author.hears() == [
        "knowledge/texts/en/core.yaml:3:1: 'hello' stands here twice (first in line 1); keep one"
    ]


def test_a_second_document_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", "hello: Hello.\n---\nbye: Bye.\n")
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:2:1: a second document begins here (---); one file is one document")
    ]


def test_an_empty_file_is_told(author: Author) -> None:
    author.writes("knowledge/words.yaml", "# to be written\n")
    assert author.hears() == ["knowledge/words.yaml:1:1: the file is empty; write something or delete it"]


def test_a_file_that_is_not_utf_8_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", b"hello: Hello.\nagain: Caf\xe9\n")
    assert author.hears() == [
        "knowledge/texts/en/core.yaml:2:11: this is not a letter in UTF-8; save the file as UTF-8"
    ]


def test_an_invisible_character_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", "hello: Hel\x08lo.\n")
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:1:11: an invisible character (U+0008) stands here; delete it")
    ]


def test_a_backslash_in_double_quotes_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/core.yaml", 'hello: "C:\\Users"\n')
    assert author.hears() == [
        ("knowledge/texts/en/core.yaml:1:13: inside \"double quotes\" a \\ is special; use 'single quotes'")
    ]
