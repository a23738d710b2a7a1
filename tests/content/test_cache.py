"""Content that has not changed is not read from YAML again."""

from pathlib import Path

import pytest

from bot.content import Loaded
from bot.content.files import Files
from tests.content.author import SERVICE, SESSION, Author


@pytest.fixture
def cache(author: Author) -> Path:
    """A cache that knows the author's content."""
    author.writes("knowledge/services/scotland.yaml", SERVICE)
    author.writes("knowledge/sessions/scotland.yaml", SESSION)
    author.changes("flows/welcome.yaml", "title: Welcome", "title: Welcome\nexpires: 12h")
    author.loads(cache=author.home / "cache")
    return author.home / "cache"


def kept(cache: Path) -> Path:
    return next(cache.glob("content-*.json"))


def from_cache(loaded: Loaded) -> bool:
    """Only what was read from YAML knows its files."""
    return not loaded.source.sheets


def test_what_comes_from_the_cache_is_what_was_written(author: Author, cache: Path) -> None:
    assert author.loads(cache=cache).content == author.content()


def test_unchanged_files_come_from_the_cache(author: Author, cache: Path) -> None:
    assert from_cache(author.loads(cache=cache))


def test_a_changed_file_is_read_again(author: Author, cache: Path) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "Hello!")
    content = author.loads(cache=cache).content
    assert content and content.texts["en"]["hello"] == ("Hello!",)


def test_drafts_have_a_cache_of_their_own(author: Author, cache: Path) -> None:
    assert not from_cache(author.loads(show_drafts=True, cache=cache))


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"\xff\x00", b"null"])
def test_a_spoilt_cache_is_ignored(author: Author, cache: Path, spoilt: bytes) -> None:
    kept(cache).write_bytes(spoilt)
    assert author.loads(cache=cache).content == author.content()


def test_a_phone_number_that_was_spoilt_in_the_cache_is_never_shown(author: Author, cache: Path) -> None:
    kept(cache).write_bytes(kept(cache).read_bytes().replace(b'"999"', b'"998"'))
    content = author.loads(cache=cache).content
    assert content and content.contacts["emergency"].phone == "999"


def test_content_with_problems_is_not_kept(author: Author) -> None:
    author.changes("flows/welcome.yaml", "no: bye", "no: by")
    author.loads(cache=author.home / "cache")
    assert not list(author.home.glob("cache/*"))


def test_a_cache_that_cannot_be_written_costs_only_time(author: Author) -> None:
    (author.home / "cache").write_text("a file, not a folder")
    assert author.loads(cache=author.home / "cache").content == author.content()


def test_a_file_name_problem_is_told_although_the_rest_is_cached(author: Author, cache: Path) -> None:
    author.writes("knowledge/articles/rest.yml", "topic: rest")
    assert author.loads(cache=cache).content is None


def test_no_files_have_a_fingerprint_too() -> None:
    assert len(Files((), ()).fingerprint) == 64
