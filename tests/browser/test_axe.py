"""axe, in every state of the page: 0 violations of WCAG 2.2 AA or of its good practice."""

from typing import Literal, TypeAlias

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, Running
from tests.browser.test_chat_in_chromium import ask

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
Scheme: TypeAlias = Literal["light", "dark"]
# The size of targets is WCAG 2.2, and axe looks at it only when asked to.
ALL = {"rules": {"target-size": {"enabled": True}}}
WORDS = (
    "walk",
    "session",
    "near",
    "I have chest pain",
    "sad",
    "fever",
    "lump",
    "html",
    "make a list",
    "arabic",
)


async def complaints(page: Page) -> list[tuple[str, str]]:
    found = await Axe().run(page, options=ALL)
    return [
        (violation["id"], node["html"])
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_every_answer_is_accessible(
    chrome: Browser, running: Running, scheme: Scheme, size: ViewportSize
) -> None:
    context = await chrome.new_context(viewport=size, color_scheme=scheme)
    page = await context.new_page()
    await page.goto(running.url)
    assert await complaints(page) == []
    for text in WORDS:
        await ask(page, text)
    assert await complaints(page) == []
    await page.reload()
    assert await page.get_attribute("html", "dir") == "rtl"
    assert await complaints(page) == []
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/about", "/missing", "/clear", "/print", "/plan"])
async def test_every_other_page_is_accessible(
    chrome: Browser, running: Running, scheme: Scheme, path: str
) -> None:
    context = await chrome.new_context(color_scheme=scheme)
    page = await context.new_page()
    running.service.id = "planner"
    await page.goto(running.url)
    await page.goto(running.url + path)
    assert await complaints(page) == []
    await context.close()


async def test_a_mistake_is_accessible(page: Page) -> None:
    await page.click("text=Send")
    await expect(page.locator("#mistake")).to_be_visible()
    assert await complaints(page) == []


async def test_our_own_mistake_is_accessible(page: Page, running: Running) -> None:
    running.service.broken = True
    await ask(page, "walk")
    assert await complaints(page) == []


async def test_pages_made_without_scripts_are_accessible(chrome: Browser, running: Running) -> None:
    """axe itself is a script, so scripts are on and only ours is kept away."""
    context = await chrome.new_context(viewport=PHONE)
    page = await context.new_page()
    await page.route("**/chat.js*", lambda route: route.abort())
    await page.goto(running.url)
    for text in ("walk", "I have chest pain", ""):
        await page.fill("#text", text)
        await page.click("text=Send")
        await expect(page.locator("#latest")).to_be_attached()
        assert await complaints(page) == [], text
    await context.close()


async def test_the_log_is_announced_politely(page: Page) -> None:
    log = page.get_by_role("log", name="Chat with the navigator")
    assert await log.get_attribute("aria-live") == "polite"
    await ask(page, "I have chest pain")
    await expect(page.get_by_role("heading", name="Emergency advice: EMERGENCY: Call 999")).to_be_visible()
    await expect(log.get_by_role("group", name="Choose one, or write in the box")).to_have_count(2)
