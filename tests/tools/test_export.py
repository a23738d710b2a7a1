"""Numbers for an evaluation, written to files from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app


def told(monkeypatch: pytest.MonkeyPatch, folder: Path, *command: str) -> tuple[int, str]:
    monkeypatch.setenv("NAVIGATOR_DATABASE", f"sqlite:///{folder / 'navigator.sqlite3'}")
    answer = CliRunner().invoke(app, ["export", *command])
    return answer.exit_code, answer.output


def test_the_data_dictionary_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "dictionary.md"
    assert told(monkeypatch, tmp_path, "dictionary", "--out", str(out))[0] == 0
    assert "## self-check" in out.read_text()


def test_a_month_is_written_and_stands_in_the_audit_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "measures.csv"
    assert told(monkeypatch, tmp_path, "measures", "--out", str(out))[0] == 0
    assert out.read_text(encoding="utf-8-sig").startswith("month,measure,what,outcome")
    answer = CliRunner().invoke(app, ["audit", "list"])
    assert "figures.export" in answer.output


def test_what_is_no_month_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, said = told(monkeypatch, tmp_path, "measures", "--month", "November", "--out", str(tmp_path / "x"))
    assert code == 2
    assert "write it as 2026-11" in said
