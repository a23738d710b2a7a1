"""The console and the pages for colleagues in a real Chromium: axe finds nothing, narrow or wide."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from bot.leaflet_links import short_code
from bot.store.staff import Role
from tests.browser.clinic import COOKIES, Clinic, running
from tests.browser.walking import every, walked
from tests.databases import migrated_sqlite

__all__ = ["migrated_sqlite"]

NARROW: ViewportSize = {"width": 320, "height": 700}
WIDE: ViewportSize = {"width": 1280, "height": 900}
ALL = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# What the other colours and the other width can change; the rest of the page is the same.
LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]},
    "resultTypes": ["violations"],
}
OPEN = (
    "/staff/sign-in",
    "/",
    "/professionals",
    "/professionals/answers",
    "/professionals/answers/who-does-what",
    "/professionals/areas/scotland",
    "/professionals/areas/london/list",
    "/screen/scotland",
    f"/l/{short_code(1)}",
)
"""Pages that anybody may open."""


@pytest.fixture(scope="module")
def clinic(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    with running(migrated_sqlite, tmp_path_factory.mktemp("clinic")) as clinic:
        yield clinic


@pytest_asyncio.fixture(loop_scope="session")
async def desk(chrome: Browser, clinic: Clinic) -> AsyncIterator[Page]:
    """The admin's browser."""
    context = await signed_in(chrome, clinic, "admin")
    yield await context.new_page()
    await context.close()


async def signed_in(chrome: Browser, clinic: Clinic, role: Role, scripts: bool = True) -> BrowserContext:
    context = await chrome.new_context(viewport=NARROW, reduced_motion="reduce", java_script_enabled=scripts)
    await context.add_cookies([{"name": "staff", "value": COOKIES[role], "url": clinic.url}])
    return context


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pages(clinic: Clinic) -> Mapping[str, str]:
    """One address of each page of the console, as links lead to them."""
    cookies = {"staff": COOKIES["admin"]}
    async with httpx.AsyncClient(base_url=clinic.url, cookies=cookies, timeout=30) as http:
        return await walked(http)


async def wrong_with(page: Page) -> list[object]:
    """What axe finds, in light and in dark, wide and narrow; and whether a narrow page scrolls sideways."""
    found: list[object] = []
    for size, scheme, rules in ((NARROW, "light", ALL), (WIDE, "dark", LOOKS)):
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        result = await Axe().run(page, options=rules)
        for violation in result.response["violations"]:
            found += [(scheme, violation["id"], node["html"][:200]) for node in violation["nodes"]]
        over = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{over} px too wide at {size['width']}"] if over > 0 else []
    return found


async def test_every_page_of_the_console_is_accessible_and_fits_a_phone(
    desk: Page, clinic: Clinic, pages: Mapping[str, str]
) -> None:
    found = {}
    for pattern, address in [one for one in pages.items() if one[1].startswith("/")]:
        await desk.goto(clinic.url + address)
        found[pattern] = await wrong_with(desk)
    assert {pattern: wrong for pattern, wrong in found.items() if wrong} == {}


def test_every_page_of_the_console_can_be_reached_from_today(pages: Mapping[str, str]) -> None:
    assert {pattern: address for pattern, address in pages.items() if address[0] != "/"} == {}
    assert every() - pages.keys() == set()


async def test_every_page_that_is_open_to_all_is_accessible_and_fits_a_phone(
    chrome: Browser, clinic: Clinic
) -> None:
    context = await chrome.new_context(viewport=NARROW, reduced_motion="reduce")
    page = await context.new_page()
    for address in OPEN:
        answer = await page.goto(clinic.url + address)
        assert answer is not None and answer.status == 200, address
        assert await wrong_with(page) == [], address
    await context.close()


async def test_what_a_colleague_looks_up_is_accessible(chrome: Browser, clinic: Clinic) -> None:
    context = await chrome.new_context(viewport=NARROW, reduced_motion="reduce")
    page = await context.new_page()
    for field, text in (
        ("#question", "alcohol before surgery"),
        ("#question", "chest pain"),
        ("#question", ""),
        ("#place", "EH6"),
        ("#place", "Newport"),
        ("#place", ""),
    ):
        await page.goto(f"{clinic.url}/professionals")
        await page.fill(field, text)
        await page.press(field, "Enter")
        await page.wait_for_load_state()
        assert await wrong_with(page) == [], text
    await context.close()
