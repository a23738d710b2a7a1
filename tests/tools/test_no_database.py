"""A command that finds no database it can use says so in a sentence, and never as a traceback."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

COMMANDS = (
    ("staff", "list"),
    ("broadcast", "list"),
    ("session", "list"),
    ("ledger", "unsure"),
    ("ledger", "counts"),
    ("ledger", "resolve", "--leave", "--by", "Ann"),
)


def told(monkeypatch: pytest.MonkeyPatch, database: str, *command: str) -> tuple[int, str]:
    monkeypatch.setenv("NAVIGATOR_DATABASE", database)
    result = CliRunner().invoke(app, command)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.parametrize("command", [("staff", "list"), ("ledger", "unsure")])
def test_a_file_that_is_no_database_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, this is a letter and no database at all. " * 20)
    code, said = told(monkeypatch, f"sqlite:///{tmp_path / 'letter.txt'}", *command)
    assert (code, said) == (1, "The database cannot be used: file is not a database")


def test_a_folder_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = told(monkeypatch, f"sqlite:///{tmp_path / 'file' / 'navigator.sqlite3'}", "staff", "list")
    assert code == 1 and said.startswith("The database cannot be used: ")


def test_a_server_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = told(monkeypatch, "postgresql://ann:secret@127.0.0.1:1/none", "staff", "list")
    assert code == 1 and said.startswith("The database cannot be used: ") and "secret" not in said


@pytest.mark.parametrize("command", [one for one in COMMANDS if one[0] in ("staff", "ledger")])
def test_a_database_that_is_not_there_yet_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    code, _ = told(monkeypatch, f"sqlite:///{tmp_path / 'new' / 'navigator.sqlite3'}", *command)
    assert code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_an_address_of_no_kind_we_know_is_told(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    code, said = told(monkeypatch, "mysql://somewhere", *command)
    assert code == 2 and said.startswith("NAVIGATOR_DATABASE: write sqlite:///")
