"""Leaflets in the console: chosen, looked at, made, downloaded again."""

import re

import pytest

from bot.leaflet_links import Leaflet
from bot.store.engine import Store
from bot.store.tables import audit, leaflets
from tests.console.desk import URL, Browser, office_of, words
from tests.databases import Clock, column, rows
from tests.leaflets.papers import LINKS, SESSION, navigator
from tests.leaflets.photographs import pages, read

CHOSEN = {"purpose": "session", "session": SESSION, "kind": "a5", "area": "", "language": "en"}


@pytest.fixture
def browser(store: Store, clock: Clock) -> Browser:
    return Browser(office_of(store, clock, navigator()))


async def test_a_session_leads_to_its_leaflet_which_is_looked_at_made_and_downloaded(
    browser: Browser, store: Store
) -> None:
    await browser.sign_in()
    page = await browser.open(f"/staff/leaflets?purpose=session&target={SESSION}")
    assert f'<option value="{SESSION}" selected>' in page.text
    preview = re.findall(r'src="(/staff/leaflets/preview.png[^"]+)"', page.text)[0].replace("&amp;", "&")
    assert (await browser.http.get(preview)).content.startswith(b"\x89PNG")
    assert await rows(store, leaflets) == []
    one = await browser.post("/staff/leaflets", CHOSEN)
    assert "Leaflet 01Y" in words(one.text) and f"{URL}/l/01Y" in words(one.text)
    picture = await browser.http.get("/staff/leaflets/1/picture.png")
    assert picture.headers["content-type"] == "image/png"
    file = await browser.http.get("/staff/leaflets/1/leaflet.pdf")
    assert file.headers["content-disposition"] == 'attachment; filename="leaflet-01Y.pdf"'
    [link] = read(pages(file.content, 120)[0])
    assert LINKS.read(link.removeprefix(f"{URL}/l/")) == Leaflet(1, "session", SESSION, "scotland")
    assert await column(store, audit, "about") == ["leaflet:1"]


async def test_the_same_wish_again_is_the_same_leaflet_in_the_list(browser: Browser, store: Store) -> None:
    await browser.sign_in()
    await browser.open("/staff/leaflets")
    for _ in range(2):
        await browser.post("/staff/leaflets", CHOSEN)
    assert words((await browser.open("/staff/leaflets")).text).count("01Y") == 1
    assert await column(store, leaflets, "by") == ["Ann"]


async def test_what_cannot_be_made_is_told_and_what_was_chosen_stays(browser: Browser, store: Store) -> None:
    await browser.sign_in()
    page = await browser.open("/staff/leaflets?purpose=area&kind=poster&large=yes")
    assert "There is no area" in words(page.text)
    assert '<option value="poster" selected>' in page.text and 'value="yes" checked' in page.text
    answer = await browser.post(
        "/staff/leaflets", {"purpose": "session", "session": "not-there", "kind": "a5"}
    )
    assert answer.status_code == 422 and "There is no session" in words(answer.text)
    assert (await browser.post("/staff/leaflets", {"purpose": "<x>", "kind": "zip"})).status_code == 422
    assert await rows(store, leaflets) == []


async def test_a_session_that_is_not_chosen_yet_is_asked_for(browser: Browser) -> None:
    await browser.sign_in()
    for purpose in ("session", "article"):
        page = words((await browser.open(f"/staff/leaflets?purpose={purpose}&kind=a5")).text)
        assert "Something is not chosen yet" in page and "Make this leaflet" not in page


async def test_who_may_only_look_can_download_and_not_make(browser: Browser, store: Store) -> None:
    await browser.sign_in("Edith", "editor")
    await browser.open("/staff/leaflets")
    await browser.post("/staff/leaflets", CHOSEN)
    await browser.sign_in("Vera", "viewer")
    page = await browser.open(f"/staff/leaflets?purpose=session&target={SESSION}")
    assert "It cannot make new ones." in words(page.text)
    assert (await browser.http.get("/staff/leaflets/1/leaflet.pdf")).status_code == 200
    answer = await browser.post("/staff/leaflets", CHOSEN | {"kind": "a4"})
    assert answer.status_code == 403 and len(await rows(store, leaflets)) == 1


async def test_forged_paths_are_not_there(browser: Browser) -> None:
    await browser.sign_in()
    for path in ("99", "0", "-1", "x", "9" * 30, "²", "preview.png?purpose=area"):
        assert (await browser.open(f"/staff/leaflets/{path}")).status_code == 404


async def test_nobody_sees_leaflets_without_signing_in(browser: Browser) -> None:
    for path in ("/staff/leaflets", "/staff/leaflets/1/leaflet.pdf", "/staff/leaflets/preview.png"):
        assert (await browser.http.get(path)).status_code == 303
