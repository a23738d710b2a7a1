"""The screen of a waiting room: five slides, without signing in, that anybody may see and stop."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.channels import web
from bot.leaflet_links import Leaflet
from bot.leaflets.addresses import address_of, as_typed
from bot.service import Service
from bot.store.engine import Store
from bot.store.tables import leaflets, measures
from tests.console.desk import settings_of, words
from tests.databases import Clock, rows
from tests.leaflets.papers import LINKS, WEBSITE, navigator
from tests.leaflets.photographs import from_svg, read
from tests.web.browsing import client

SHOWN = re.compile(r'<section class="slide" id="(\w+)"(?: hidden)?')


@pytest.fixture
async def http(store: Store, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    service = Service(store, navigator, clock)
    async with client(web.app(service, navigator, settings_of(), clock)) as http:
        yield http


def visible(page: str) -> list[str]:
    return re.findall(r'<section class="slide" id="(\w+)" aria-label', page)


async def test_there_are_five_slides_and_one_is_shown(http: httpx.AsyncClient) -> None:
    page = (await http.get("/screen/scotland")).text
    assert SHOWN.findall(page) == ["meaning", "sessions", "question", "check", "person"]
    assert visible(page) == ["meaning"]
    said = words(page)
    assert "Prehab means getting ready for treatment" in said
    assert "SAMPLE" in said and "what is marked SAMPLE is made up" in said
    assert said.count("0808 808 00 00") == page.count("<figure>") == 3
    assert "0808 808 00 00" in said and "Call 999" in said


async def test_without_scripts_the_page_turns_itself_until_it_is_stopped(http: httpx.AsyncClient) -> None:
    page = (await http.get("/screen/scotland?slide=5")).text
    assert visible(page) == ["person"]
    assert 'content="12;url=/screen/scotland?language=en&amp;slide=1"' in page
    assert "Stop the slides" in page
    stopped = (await http.get("/screen/scotland?slide=5&stop=1")).text
    assert "http-equiv" not in stopped and "Go on" in words(stopped)


async def test_a_slide_that_is_not_there_is_the_first(http: httpx.AsyncClient) -> None:
    for slide in ("0", "6", "99999999999999999999", "-1", "x", "²", ""):
        assert visible((await http.get("/screen/london", params={"slide": slide})).text) == ["meaning"]


async def test_an_area_or_code_that_is_not_there_is_said_so(http: httpx.AsyncClient) -> None:
    for path in ("/screen/atlantis", "/screen/atlantis/check.svg", "/screen/london/other.svg"):
        assert (await http.get(path)).status_code == 404


async def test_the_codes_lead_where_their_printed_address_says(store: Store, http: httpx.AsyncClient) -> None:
    page = (await http.get("/screen/london")).text
    typed = re.findall(r"<figcaption[^>]*>([^<]+)<", page)
    answer = await http.get("/screen/london/check.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert f"{WEBSITE.removeprefix('https://')}/l/" in typed[0]
    [link] = read(from_svg(answer.text))
    said = LINKS.read(link.removeprefix(f"{WEBSITE}/l/"))
    assert isinstance(said, Leaflet) and said.purpose == "check"
    assert typed[1] == as_typed(address_of(WEBSITE, said.id))
    await http.get("/screen/london")
    kinds = [(row["purpose"], row["area"], row["kind"]) for row in await rows(store, leaflets)]
    assert sorted(kinds) == [(purpose, "london", "screen") for purpose in ("area", "check", "start")]
    assert await rows(store, measures) == []


async def test_nobody_is_remembered(http: httpx.AsyncClient) -> None:
    answer = await http.get("/screen/wessex")
    assert "set-cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "style=" not in answer.text and "onclick" not in answer.text
