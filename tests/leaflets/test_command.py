"""`prehab leaflet`: a file, or every wrong word told in a sentence."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.leaflet_links import Leaflet
from bot.leaflets.addresses import link_of
from bot.store.engine import Store
from bot.store.tables import audit, leaflets
from bot.tools.leaflet_command import Asked, make, wish_of
from bot.tools.staff_command import Mistake
from tests.databases import Clock, rows
from tests.leaflets.papers import LINKS, NOW, SESSION, WEBSITE, navigator, right_to_left
from tests.leaflets.photographs import pages, read


def asked(**typed: Any) -> Asked:
    usual = Asked("scotland", "check", "en", "a5", "", False, Path("leaflet.pdf"))
    return usual._replace(**typed)


async def test_it_writes_a_file_whose_code_leads_to_what_it_says(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    out = tmp_path / "poster.pdf"
    world = navigator().world
    typed = asked(kind="card", purpose="session", target=SESSION, area="", out=out)
    said = await make(store, world, WEBSITE, typed, clock())
    again = await make(store, world, WEBSITE, typed, clock())
    assert said == again == f"{out}: leaflet 1, {WEBSITE}/l/01Y"
    link = link_of(WEBSITE, LINKS, Leaflet(1, "session", SESSION, "scotland"))
    assert set(read(pages(out.read_bytes(), 150)[0])) == {link}
    kept = await rows(store, leaflets)
    assert [(row["area"], row["target"], row["by"]) for row in kept] == [
        ("scotland", SESSION, "command line")
    ]
    assert [row["what"] for row in await rows(store, audit)] == ["leaflet.make", "leaflet.make"]


async def test_what_cannot_be_written_keeps_nothing(store: Store, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(Mistake, match="cannot be written"):
        await make(store, navigator().world, WEBSITE, asked(out=tmp_path / "taken.pdf"), clock())
    assert await rows(store, leaflets) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"purpose": "yoga"}, "there is no purpose 'yoga'; there are: check, video, area, session"),
        ({"kind": "screen"}, "there is no kind 'screen'; there are: a5, a4, poster, card"),
        ({"out": Path("x.txt")}, "'x.txt' is not the name of a PDF"),
        ({"out": Path("/not/there/x.pdf")}, "there is no folder '/not/there'"),
        ({"area": "atlantis"}, "There is no area 'atlantis'. There are: scotland, london, wessex."),
        ({"purpose": "area", "area": ""}, "There is no area ''"),
        ({"language": "xx"}, "The language 'xx' is not switched on. There are: en."),
        ({"language": "ur"}, "The language 'ur' is not switched on"),
        ({"purpose": "session"}, "There is no session ''"),
        ({"purpose": "session", "target": "yoga"}, "There is no session 'yoga'"),
        ({"purpose": "article", "target": "yoga"}, "There is no answer 'yoga'"),
    ],
)
def test_every_wrong_word_is_told(typed: dict[str, Any], told: str) -> None:
    with pytest.raises(Mistake) as mistake:
        wish_of(navigator().world, asked(**typed), NOW)
    assert told in str(mistake.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Mistake) as mistake:
        wish_of(navigator().world, asked(area="atlantis", language="xx", purpose="session"), NOW)
    assert len(str(mistake.value).splitlines()) == 3


def test_a_language_without_a_font_is_refused_and_one_with_a_font_is_not() -> None:
    world = right_to_left()
    assert wish_of(world, asked(language="ar"), NOW).language == "ar"
    chinese = world.content.languages["zh"].model_copy(update={"enabled": True})
    languages = {**world.content.languages, "zh": chinese}
    world = replace(world, content=replace(world.content, languages=languages))
    with pytest.raises(Mistake, match="no font for Chinese"):
        wish_of(world, asked(language="zh"), NOW)


def test_the_command_line_says_it_and_ends() -> None:
    typed = ["leaflet", "--purpose", "yoga", "--out", "x.pdf"]
    answer = CliRunner().invoke(app, typed, env={"NAVIGATOR_DATABASE": "sqlite:///:memory:"})
    assert answer.exit_code == 2
    assert "there is no purpose 'yoga'" in answer.output
