"""A file of the authors is rewritten whole or not at all, and only when nothing new is wrong with it."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.authoring import files
from bot.authoring.files import CannotWrite, Changed, Edit, Folders, Wrong
from bot.store import audit, tables
from bot.store.audit import Who
from bot.store.engine import Store
from tests.content.author import SESSION, TODAY, Author
from tests.databases import START, column

PLACE = "knowledge/sessions/scotland.yaml"
ANN = Who(1, "Ann")


def edit(folders: Folders, new: str, place: str = PLACE) -> Edit:
    return Edit(place, new, files.read(folders, place).mark)


def now_there(author: Author) -> str:
    return (author.home / PLACE).read_text()


def left_behind(author: Author) -> list[str]:
    return [path.name for path in (author.home / "knowledge/sessions").iterdir() if path.name[0] == "."]


def test_a_good_file_is_replaced_and_nothing_is_left_beside_it(author: Author, folders: Folders) -> None:
    new = SESSION.replace("title: Class", "title: Other class")
    os.chmod(author.home / PLACE, 0o640)
    files.place(folders, [edit(folders, new)])
    assert now_there(author) == new and left_behind(author) == []
    assert (author.home / PLACE).stat().st_mode & 0o777 == 0o640


async def test_what_would_be_wrong_is_told_with_its_line_and_nothing_is_written(
    author: Author, folders: Folders
) -> None:
    with pytest.raises(Wrong) as wrong:
        await files.examine(folders, [edit(folders, SESSION.replace("service: gym", "service: swim"))], TODAY)
    (problem,) = wrong.value.problems
    assert str(problem).startswith("knowledge/sessions/scotland.yaml:3:14: ")
    assert now_there(author) == SESSION


def test_the_whole_content_is_looked_at_not_only_the_file(author: Author, folders: Folders) -> None:
    author.writes("knowledge/sessions/other.yaml", SESSION.replace("id: class", "id: other"))
    found = files.new_errors(folders, [edit(folders, SESSION.replace("id: class", "id: other"))], TODAY)
    assert "another session is called 'other'" in found[0].message


def test_what_was_wrong_before_keeps_nobody_from_writing(author: Author, folders: Folders) -> None:
    author.changes("knowledge/contacts.yaml", "review: 2027-11-01", "review: 2026-11-20")
    assert author.checks()
    assert files.new_errors(folders, [edit(folders, SESSION.replace("Class", "Walk"))], TODAY) == ()


def test_a_new_file_is_made_where_there_was_none(author: Author, folders: Folders) -> None:
    place = "knowledge/sessions/new.yaml"
    files.place(folders, [edit(folders, SESSION, place)])
    assert (author.home / place).read_text() == SESSION


def test_who_comes_second_is_refused_and_the_first_words_stay(author: Author, folders: Folders) -> None:
    first, second = edit(folders, SESSION.replace("Class", "A")), edit(folders, SESSION.replace("Class", "B"))
    files.place(folders, [first])
    with pytest.raises(Changed):
        files.place(folders, [second])
    assert now_there(author) == first.text


@pytest.mark.parametrize(
    "place", ["knowledge/../secret.yaml", "/etc/passwd", "knowledge/sessions/x.txt", "var/x.yaml", ""]
)
def test_nothing_outside_the_folders_can_be_written(folders: Folders, place: str) -> None:
    with pytest.raises(ValueError):
        files.place(folders, [Edit(place, "x", "")])


def test_a_folder_that_takes_no_file_is_told_and_the_file_stays(
    author: Author, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = edit(folders, SESSION.replace("Class", "A"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        files.place(folders, [wanted])
    assert now_there(author) == SESSION and left_behind(author) == []


def test_of_two_files_none_is_written_when_the_second_cannot_be(author: Author, folders: Folders) -> None:
    flow = edit(folders, "flow: welcome\n", "flows/welcome.yaml")
    (author.home / "knowledge/articles/none.yaml").mkdir()
    second = Edit("knowledge/articles/none.yaml", "x", "")
    with pytest.raises(CannotWrite):
        files.place(folders, [flow, second])
    assert "Shall we start?" in (author.home / "flows/welcome.yaml").read_text()


def test_a_file_that_is_a_link_stays_a_link(author: Author, folders: Folders, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.yaml"
    (author.home / PLACE).rename(real)
    (author.home / PLACE).symlink_to(real)
    wanted = edit(folders, SESSION.replace("Class", "A"))
    assert files.new_errors(folders, [wanted], TODAY) == ()
    files.place(folders, [wanted])
    assert (author.home / PLACE).is_symlink() and real.read_text() == wanted.text


async def test_the_file_and_its_row_in_the_log_are_kept_together(
    author: Author, folders: Folders, store: Store
) -> None:
    wanted = edit(folders, SESSION.replace("Class", "A"))
    async with files.writing(store, folders, [wanted]) as tx:
        await audit.add(tx, ANN, "session.change", "session:class", START)
        assert now_there(author) == SESSION
    assert now_there(author) == wanted.text
    assert await column(store, tables.audit, "what") == ["session.change"]


async def test_a_commit_that_fails_puts_the_file_back(author: Author, folders: Folders, store: Store) -> None:
    if not store.single_writer:
        pytest.skip("made to fail in SQLite's own way")
    wanted = edit(folders, SESSION.replace("Class", "A"))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        async with files.writing(store, folders, [wanted]) as tx:
            await tx.execute(text("PRAGMA defer_foreign_keys=ON"))
            await tx.execute(text("INSERT INTO signins VALUES (1, 99, 'x', 'sso', 0, 0, 0)"))
    assert now_there(author) == SESSION
