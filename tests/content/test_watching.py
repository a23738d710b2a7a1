"""A running bot takes new content when it is good, and keeps what it has when it is not."""

import os

import pytest

from bot.content import Watched
from tests.content.author import Author


@pytest.fixture
def watched(author: Author) -> Watched:
    """A bot that runs on the author's content."""
    watched = Watched(author.home / "knowledge", author.home / "flows")
    watched.reload()
    return watched


def said(watched: Watched) -> tuple[str, ...]:
    return watched.content.texts["en"]["hello"] if watched.content else ()


def test_the_first_look_reads_everything(watched: Watched) -> None:
    assert said(watched) == ("Hello.",)


def test_nothing_changed_is_nothing_new(watched: Watched) -> None:
    assert watched.reload() is None


def test_a_change_is_taken(author: Author, watched: Watched) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "Good day.")
    watched.reload()
    assert said(watched) == ("Good day.",)


def test_a_file_saved_without_a_change_is_nothing_new(author: Author, watched: Watched) -> None:
    os.utime(author.home / "flows/welcome.yaml", (1, 1))
    assert watched.reload() is None


def test_a_mistake_is_told(author: Author, watched: Watched) -> None:
    author.changes("flows/welcome.yaml", "no: bye", "no: by")
    loaded = watched.reload()
    assert loaded and [problem.line for problem in loaded.problems] == [7]


def test_a_mistake_keeps_the_last_good_content(author: Author, watched: Watched) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "[Good: day")
    watched.reload()
    assert said(watched) == ("Hello.",)


def test_a_mended_mistake_is_taken(author: Author, watched: Watched) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "[Good: day")
    watched.reload()
    author.changes("knowledge/texts/en/core.yaml", "[Good: day", "Good day.")
    watched.reload()
    assert said(watched) == ("Good day.",)


def test_a_file_that_goes_is_noticed(author: Author, watched: Watched) -> None:
    (author.home / "knowledge/red_flags/body.yaml").unlink()
    loaded = watched.reload()
    assert loaded and loaded.content is None


def test_both_folders_gone_keep_the_last_good_content(author: Author, watched: Watched) -> None:
    (author.home / "flows").rename(author.home / "elsewhere")
    watched.reload()
    assert said(watched) == ("Hello.",)
