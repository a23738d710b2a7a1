"""The pages for operators and developers name everything there is."""

import re
import subprocess

import pytest

from bot.cli import app
from bot.settings import Settings
from tests.worlds import ROOT

OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
ALL_PAGES = "".join(page.read_text("utf-8") for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    field = Settings.model_fields[name]
    variable = str(field.validation_alias) if field.validation_alias else f"NAVIGATOR_{name.upper()}"
    assert f"`{variable}`" in OPERATORS


@pytest.mark.parametrize(
    "command", [one.name or str(one.callback.__name__) for one in app.registered_commands if one.callback]
)
def test_every_command_is_documented(command: str) -> None:
    assert f"prehab {command}" in ALL_PAGES


def test_no_file_is_longer_than_400_lines() -> None:
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in listed.stdout.split()}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_the_lock_files_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert not re.search(r"https?://|--index-url", (ROOT / name).read_text("utf-8"))
