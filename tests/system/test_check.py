"""`prehab check` on the real content with mistakes in it; without them it is a step of `make test`."""

import shutil
from pathlib import Path

import pytest

from tests.system.program import prehab, surroundings
from tests.worlds import ROOT


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The real content, to spoil."""
    for folder in ("knowledge", "flows"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


async def checked(folder: Path) -> tuple[int, str]:
    where = ("--knowledge", str(folder / "knowledge"), "--flows", str(folder / "flows"))
    return await prehab("check", *where, environment=surroundings(folder))


async def test_what_a_transcript_gets_wrong_and_what_none_plays_is_told_at_its_line(copied: Path) -> None:
    transcript = copied / "flows" / "welcome.test.yaml"
    transcript.write_text(transcript.read_text().replace("Who are you here for?", "Who is it for?", 1))
    (copied / "flows" / "share-question.test.yaml").unlink()
    code, told = await checked(copied)
    assert code == 1
    assert "welcome.test.yaml:5:9: the answer must hold “Who is it for?”" in told
    assert "share-question.yaml:8:3: no transcript leaves 'ask' by 'skip'" in told
    assert "share-question: 0 of 4 steps, 0 of 5 branches" in told
    assert "talk-to-person: 19 of 19 steps, 29 of 29 branches" in told


async def test_a_red_flag_phrase_that_cannot_be_read_is_told(copied: Path) -> None:
    flags = copied / "knowledge" / "red_flags" / "M03.yaml"
    flags.write_text(flags.read_text().replace("      - euthanasi*\n", "      - euthanasi* & & &\n"))
    code, told = await checked(copied)
    assert code == 1 and "M03.yaml:" in told and "& stands once" in told
