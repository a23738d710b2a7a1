"""An editor's article in the authors' files: a draft, word for word, with its test, and no more."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring import articles, asked
from bot.authoring.articles import Written
from bot.authoring.files import Folders, Read, new_errors, read
from bot.authoring.yamls import Unreadable
from bot.content.check_findings import unfound
from bot.content.source import parse
from bot.forms import storable
from tests.content.author import GOOD, Author
from tests.content.conftest import author as author

TODAY = date(2026, 11, 22)
SLEEP = GOOD["knowledge/articles/sleep.yaml"]
WIGS = Written(
    topic="hair",
    title="Hair",
    id="wigs",
    question="How do I get a wig?",
    asked=tuple(f"wig {letter}" for letter in "abcdefgh"),
    tests=("ma hair is aw gone",),
    short="Ask your team.\n\nThey can help.",
    more="",
    next=("article:cannot-sleep", "command:person", "flow:welcome"),
    sources=("Macmillan, page read | 2026 | https://example.org/a?b=1#c",),
    confidence="G",
    nation="uk",
    review="2027-05-22",
)


def folders(author: Author) -> Folders:
    return Folders(author.home / "knowledge", author.home / "flows")


def test_a_new_topic_becomes_two_files_that_the_check_takes(author: Author) -> None:
    made = articles.edits(WIGS, Read("", ""), Read("", ""), TODAY)
    assert new_errors(folders(author), made, TODAY) == ()
    value = parse("", made[0].text.encode()).value
    article = value["articles"][0]
    assert (value["topic"], value["title"], article["status"]) == ("hair", "Hair", "draft")
    assert article["short"] == WIGS.short
    assert article["next"] == [{"article": "cannot-sleep"}, {"command": "person"}, {"flow": "welcome"}]
    source = {"name": "Macmillan, page read", "year": 2026, "url": "https://example.org/a?b=1#c"}
    assert article["sources"] == [source]
    assert parse("", made[1].text.encode()).value == {
        "tests": [{"ask": "ma hair is aw gone", "finds": "wigs"}]
    }


def test_a_file_that_is_there_keeps_every_line_of_it(author: Author) -> None:
    commented = SLEEP.replace("    asked:", "    # as people said it\n    asked:")
    made = articles.edits(replace(WIGS, topic="sleep", title=""), Read(commented, "m"), Read("", ""), TODAY)
    assert made[0].text.startswith(commented)
    assert made[0].expected == "m"


def test_an_id_that_is_there_is_told_at_its_line(author: Author) -> None:
    twice = replace(WIGS, topic="sleep", id="cannot-sleep")
    file = read(folders(author), "knowledge/articles/sleep.yaml")
    problems = new_errors(folders(author), articles.edits(twice, file, Read("", ""), TODAY), TODAY)
    assert ["another article is called 'cannot-sleep'" in one.message for one in problems] == [True]
    assert problems[0].line > len(SLEEP.splitlines())


TRICKS = st.one_of(
    st.sampled_from(
        [
            "- x",
            "a: b",
            "yes",
            "null",
            "1.50",
            "2026-01-01",
            "*a",
            "&a b",
            "!tag",
            "{x: y}",
            "[1]",
            "# no",
            "%a",
            "@b",
            "'",
            '"',
            "\\n",
            "| x",
            "> x",
            "? x",
            "<<: *a",
            "---",
            "...",
            "<script>alert(1)</script>",
            "a #b",
            "~",
        ]
    ),
    st.text(min_size=1, max_size=40),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TRICKS, min_size=1, max_size=4), TRICKS)
def test_whatever_is_typed_is_read_back_as_it_was_typed(lines: list[str], answer: str) -> None:
    """Nothing that is typed becomes YAML: the form has taken out control characters before."""
    words = articles.lines("\n".join(storable(line, 99) for line in lines)) or ("x",)
    short = articles.paragraphs(storable(answer, 99)) or "x"
    made, _ = articles.edits(replace(WIGS, asked=words, short=short), Read("", ""), Read("", ""), TODAY)
    found = parse("", made.text.encode())
    if found.top is None:
        assert "invisible character" in found.problems[0].message
        return
    assert found.value["articles"][0]["asked"] == list(words)
    assert found.value["articles"][0]["short"] == short
    assert len(found.value["articles"]) == 1


def test_what_is_missing_is_said_by_field() -> None:
    empty = Written("", "", "", "", (), (), "", "", (), (), "", "", "")
    names = {name for name, _ in articles.slips(empty, ["sleep"])}
    assert names == {
        "topic",
        "id",
        "title",
        "asked",
        "tests",
        "question",
        "short",
        "next",
        "sources",
        "review",
    }
    assert articles.slips(WIGS, []) == ()


@pytest.mark.parametrize("id", ["../etc", "a/b", "A", "a--b", "x" * 29, "a b", "a\n", "-a", ""])
def test_no_other_file_can_be_named(id: str) -> None:
    assert ("topic", "topic") in articles.slips(replace(WIGS, topic=id), [])
    assert ("id", "id") in articles.slips(replace(WIGS, id=id), [])


# ---- more ways of asking -----------------------------------------------------------------------------------

BLOCK = """\
topic: hair
title: Hair
articles:
  - id: wigs
    question: How do I get a wig?
    asked:
      - wig one      # short
      - "a long one
        over two lines"
    # the words
    short: Ask.
  - id: scarves
    question: Where are scarves?
    asked:
      - scarf
"""


def test_more_ways_of_asking_are_lines_behind_the_last_one() -> None:
    made = asked.with_asked(Read(BLOCK, "m"), "p", "wigs", ["wig: free?", "Wig one!", "ma wig"])
    assert made
    added = '        over two lines"\n      - "wig: free?"\n      - ma wig\n    # the words\n'
    assert made.text == BLOCK.replace('        over two lines"\n    # the words\n', added)


def test_ways_of_asking_that_are_there_change_nothing() -> None:
    assert asked.with_asked(Read(BLOCK, "m"), "p", "scarves", ["SCARF?"]) is None
    assert asked.with_asked(Read(BLOCK, "m"), "p", "nobody", ["x"]) is None


def test_the_last_article_of_a_file_can_get_more_too() -> None:
    made = asked.with_asked(Read(BLOCK, "m"), "p", "scarves", ["silk scarf"])
    assert made
    assert made.text == BLOCK + "      - silk scarf\n"


def test_a_list_in_brackets_is_left_to_its_author() -> None:
    with pytest.raises(Unreadable):
        asked.with_asked(Read(SLEEP, "m"), "p", "cannot-sleep", ["new"])


def test_what_a_colleague_changed_is_named() -> None:
    before = asked.versions(BLOCK)
    now = asked.versions(BLOCK.replace("Ask.", "Ask us.").replace("scarves", "caps"))
    assert asked.differences(before, now) == (("caps", "new"), ("wigs", "changed"), ("scarves", "gone"))


# ---- the authors' own tests of articles --------------------------------------------------------------------


def test_a_test_of_an_article_that_is_not_there_is_an_error(author: Author) -> None:
    author.writes("knowledge/articles/sleep.test.yaml", "tests:\n  - {ask: no sleep, finds: cannot-slep}\n")
    told = "no article is called 'cannot-slep'; did you mean 'cannot-sleep'?"
    assert author.checks() == [f"knowledge/articles/sleep.test.yaml:2:28: {told}"]


def test_a_test_in_the_article_s_own_words_proves_nothing(author: Author) -> None:
    author.writes("knowledge/articles/sleep.test.yaml", "tests:\n  - {ask: A B, finds: cannot-sleep}\n")
    assert any("own ways of asking" in one for one in author.checks("warning"))


def test_a_test_that_finds_another_article_is_an_error_at_its_line(author: Author) -> None:
    two = "tests:\n  - {ask: no sleep, finds: cannot-sleep}\n  - {ask: no rest, finds: cannot-sleep}\n"
    author.writes("knowledge/articles/sleep.test.yaml", two)
    firsts = {"no sleep": "cannot-sleep", "no rest": ""}
    told = [author.short(str(one)) for one in unfound(author.loads().source, firsts.__getitem__)]
    assert told == [
        "knowledge/articles/sleep.test.yaml:3:11: 'no rest' must find 'cannot-sleep', and finds nothing; "
        "add ways of asking there"
    ]
