"""Staff at a real browser: a passkey, the keyboard alone, and pages without scripts."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.clinic import Clinic
from tests.browser.test_console_axe import clinic, migrated_sqlite, signed_in

__all__ = ["clinic", "migrated_sqlite"]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A phone's own lock, as Chromium pretends to have one."""


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(chrome: Browser) -> AsyncIterator[BrowserContext]:
    """A browser in which nobody is signed in."""
    context = await chrome.new_context(reduced_motion="reduce")
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def scriptless(chrome: Browser, clinic: Clinic) -> AsyncIterator[Page]:
    """The navigator's browser, with scripts off."""
    context = await signed_in(chrome, clinic, "navigator", scripts=False)
    yield await context.new_page()
    await context.close()


async def test_a_passkey_is_made_by_invitation_and_signs_in_afterwards(
    visitor: BrowserContext, clinic: Clinic
) -> None:
    page = await visitor.new_page()
    line = await visitor.new_cdp_session(page)
    await line.send("WebAuthn.enable")
    await line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    await page.goto(clinic.invitation)
    await page.fill("#passkey-name", "My phone")
    await page.click("form[data-passkey] button")
    await expect(page.locator(".whoami")).to_contain_text("Nora")
    await page.click("header form button")
    await expect(page).to_have_url(f"{clinic.url}/staff/sign-in?said=signed-out")
    await page.click("form[data-passkey] button")
    await expect(page.locator(".whoami")).to_contain_text("Nora")


async def test_the_invitation_works_once(visitor: BrowserContext, clinic: Clinic) -> None:
    page = await visitor.new_page()
    answer = await page.goto(f"{clinic.url}/staff/invited/not-a-link")
    assert answer is not None and answer.status in (404, 410)
    await expect(page.get_by_role("alert")).to_be_visible()


async def test_the_skip_link_leads_past_the_menu(chrome: Browser, clinic: Clinic) -> None:
    context = await signed_in(chrome, clinic, "navigator")
    page = await context.new_page()
    await page.goto(f"{clinic.url}/staff")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.querySelector('main').contains(document.activeElement)")
    await context.close()


async def test_a_request_is_taken_and_answered_without_scripts(scriptless: Page, clinic: Clinic) -> None:
    await scriptless.goto(f"{clinic.url}/staff/queue?team=money")
    await scriptless.locator("tbody a").first.click()
    await scriptless.get_by_role("button", name="I take this one").click()
    await scriptless.fill("#text", "There is a fund for that. Shall we look together?")
    await scriptless.get_by_role("button", name="Look at it").click()
    await expect(scriptless.locator("main")).to_contain_text("There is a fund for that.")
    await scriptless.get_by_role("button", name="Send", exact=True).click()
    await expect(scriptless.locator(".messages .ours").last).to_contain_text("There is a fund for that.")


async def test_a_date_is_cancelled_without_scripts(scriptless: Page, clinic: Clinic) -> None:
    await scriptless.goto(f"{clinic.url}/staff/sessions")
    await scriptless.get_by_role("link", name="SAMPLE: Get ready group in Bengali").click()
    await scriptless.get_by_role("link", name="Cancel this date").click()
    await scriptless.get_by_role("button", name="Yes, cancel it").click()
    await expect(scriptless.get_by_role("status")).to_contain_text("The date is cancelled.")


async def test_a_request_is_taken_by_the_keyboard_alone(chrome: Browser, clinic: Clinic) -> None:
    context = await signed_in(chrome, clinic, "navigator")
    page = await context.new_page()
    await page.goto(f"{clinic.url}/staff/queue?team=nurse")
    await tab_to(page, "td a, th a")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/staff/queue/*")
    await tab_to(page, "form[action$='/claim'] button")
    await page.keyboard.press("Enter")
    await expect(page.locator("form[action$='/release'] button")).to_be_visible()
    await context.close()


async def tab_to(page: Page, selector: str) -> None:
    """Press the tab key until this has the focus; the ring around it can be seen."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            ring = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring == "solid"
            return
    raise AssertionError(f"the tab key does not reach {selector}")
