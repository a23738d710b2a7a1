"""A built index is kept, and an odd file is never believed."""

from pathlib import Path

import pytest

from bot.search import Article, load_or_build
from bot.search import cache as kept
from tests.search.shelf import ARTICLES, WORDS

TYPED = ("cna i exersise befor kemo", "am awfy wabbit", "who won the football")


def only(folder: Path) -> Path:
    [file] = folder.glob("search-*.index")
    return file


def test_an_index_from_the_cache_answers_like_the_built_one(tmp_path: Path) -> None:
    built = load_or_build(ARTICLES, WORDS, "k", tmp_path)
    loaded = load_or_build(ARTICLES, WORDS, "k", tmp_path)
    assert [loaded.find(text) for text in TYPED] == [built.find(text) for text in TYPED]


def test_an_index_is_read_and_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_or_build(ARTICLES, WORDS, "k", tmp_path)
    monkeypatch.delattr(kept, "build_index")
    assert load_or_build(ARTICLES, WORDS, "k", tmp_path).search("tired")[0].id == "tired"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\n", b"PK\x03\x04"])
def test_a_damaged_file_is_built_again(tmp_path: Path, damage: bytes) -> None:
    load_or_build(ARTICLES, WORDS, "k", tmp_path)
    only(tmp_path).write_bytes(damage)
    assert load_or_build(ARTICLES, WORDS, "k", tmp_path).search("tired")[0].id == "tired"
    assert len(only(tmp_path).read_bytes()) > 1_000


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    load_or_build(ARTICLES, WORDS, "k", tmp_path)
    written = bytearray(only(tmp_path).read_bytes())
    written[len(written) // 2] ^= 1
    only(tmp_path).write_bytes(written)
    assert load_or_build(ARTICLES, WORDS, "k", tmp_path).search("tired")[0].id == "tired"


def test_other_articles_words_or_keys_have_their_own_index(tmp_path: Path) -> None:
    load_or_build(ARTICLES, WORDS, "k", tmp_path)
    load_or_build(ARTICLES, WORDS, "other", tmp_path)
    load_or_build(ARTICLES, None, "k", tmp_path)
    found = load_or_build([*ARTICLES, Article("new", "lymphoedema")], WORDS, "k", tmp_path)
    assert found.search("lymphoedema")[0].id == "new"
    assert len(list(tmp_path.iterdir())) == 4


def test_only_the_newest_indexes_are_kept(tmp_path: Path) -> None:
    for key in "abcdef":
        load_or_build(ARTICLES[:2], WORDS, key, tmp_path)
    assert len(list(tmp_path.iterdir())) == kept.KEPT


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert load_or_build(ARTICLES, WORDS, "k", tmp_path / "file").search("tired")[0].id == "tired"


def test_an_index_without_articles_can_be_kept(tmp_path: Path) -> None:
    load_or_build([], None, "k", tmp_path)
    assert load_or_build([], None, "k", tmp_path).search("tired") == []
