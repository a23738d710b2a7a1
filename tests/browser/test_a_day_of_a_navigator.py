"""A whole day, tried as a navigator would: from an empty machine to the month's picture.

With PREHAB_PICTURES set to a folder, it leaves the pictures of docs/staff.md there.
"""

import os
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect
from pyotp import TOTP

from bot.clock import now
from tests.browser.test_chat_in_chromium import ask
from tests.leaflets.photographs import pages, read
from tests.system.program import Running, free_port, surroundings
from tests.worlds import ROOT

PASSWORD = "seven grey horses run"
TITLE = "SAMPLE Slow walk by the river"
NEWS = "SAMPLE. Please bring a warm coat on the walk."
ASKED = "Is there a bench on the way?"
ANSWER = "Yes, there are three benches. We stop at each."
PICTURES = os.environ.get("PREHAB_PICTURES", "")
LINK = re.compile(r"http://localhost:\d+/staff/invited/\S+")


@dataclass(frozen=True)
class Day:
    """The program, the navigator's browser and the patient's."""

    url: str
    first_link: str
    staff: Page
    patient: Page

    async def picture(self, name: str, page: Page | None = None) -> None:
        """What it looks like now, where somebody wants the pictures."""
        if PICTURES:
            shown = page or self.staff
            await shown.wait_for_load_state("networkidle")
            await shown.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest_asyncio.fixture(loop_scope="session")
async def day(chrome: Browser, tmp_path: Path) -> AsyncIterator[Day]:
    """An empty machine: no database, no secret, nobody; only the authors' files."""
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    port = free_port()
    url = f"http://localhost:{port}"
    given = {"NAVIGATOR_PUBLIC_URL": url, "PORT": str(port), "NAVIGATOR_BROADCAST_HOLD_SECONDS": "0"}
    given |= {"NAVIGATOR_QUIET_FROM": "00:00", "NAVIGATOR_QUIET_UNTIL": "00:00"}
    given |= {"NAVIGATOR_KNOWLEDGE": str(tmp_path / "knowledge"), "NAVIGATOR_BROADCAST_APPROVAL": "0"}
    program = await Running.start(surroundings(tmp_path, **given))
    found = LINK.search("".join(program.printed))
    assert found, program.printed
    staff, patient = await _browser(chrome, 1100), await _browser(chrome, 390)
    yield Day(url, found[0], await staff.new_page(), await patient.new_page())
    await staff.close()
    await patient.close()
    await program.stop()


async def _browser(chrome: Browser, width: int) -> BrowserContext:
    context = await chrome.new_context(viewport={"width": width, "height": 760}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    return context


async def test_a_day_of_a_navigator_from_an_empty_machine(day: Day) -> None:
    await signs_in(day)
    await publishes_a_session(day)
    address = await prints_its_leaflet(day)
    await a_patient_scans_and_books(day, address)
    await writes_to_those_who_come(day)
    await the_patient_asks_for_a_person(day)
    await answers(day)
    await looks_at_the_month(day)


async def signs_in(day: Day) -> None:
    """By the link that the program printed: a password and an authenticator app."""
    page = day.staff
    await page.goto(day.first_link)
    await page.fill("#called", "Ann")
    await page.fill("#password", PASSWORD)
    await page.fill("#again", PASSWORD)
    secret = await page.locator("figcaption code").inner_text()
    await page.fill("#code", TOTP(secret.replace(" ", "")).at(now()))
    await page.locator("form[action$='/password'] button").click()
    await expect(page.locator(".whoami")).to_contain_text("Ann")


async def publishes_a_session(day: Day) -> None:
    """Every week from tomorrow on."""
    page, tomorrow = day.staff, now().date() + timedelta(days=1)
    await page.goto(f"{day.url}/staff/sessions/new")
    await page.select_option("#service", "sco-get-ready")
    await page.fill("#title", TITLE)
    await page.check("[name=kinds] >> nth=0")
    await page.fill("#date", tomorrow.isoformat())
    await page.fill("#time", "11:00")
    await page.select_option("#repeat", label="every week")
    await page.fill("#capacity", "12")
    await page.fill("#venue", "SAMPLE River Hall")
    await page.fill("#postcode", "EH6 6AA")
    await page.fill("#review", date(tomorrow.year + 1, 1, 1).isoformat())
    await day.picture("new-session")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    await _reloaded(page, "main", f"{tomorrow:%b %Y}, 11:00")
    await day.picture("session")


async def prints_its_leaflet(day: Day) -> str:
    """The address that its code holds, read back from the finished PDF."""
    page = day.staff
    await page.locator("a[href^='/staff/leaflets?']").click()
    await page.get_by_role("button", name="Show a preview").click()
    await page.locator("form[method=post][action='/staff/leaflets'] button").click()
    await day.picture("leaflet")
    async with page.expect_download() as waiting:
        await page.locator("a[download]").click()
    return _code_in(await (await waiting.value).path())


def _code_in(paper: Path) -> str:
    [address] = {text for page in pages(paper.read_bytes(), 150) for text in read(page)}
    return address


async def a_patient_scans_and_books(day: Day, address: str) -> None:
    page = day.patient
    assert urlsplit(address).netloc == urlsplit(day.url).netloc
    await page.goto(address)
    await day.picture("landing", page)
    await page.locator(".ways a[href^='/']").click()
    await expect(page.locator("#log")).to_contain_text(TITLE)
    await page.get_by_role("button", name="I’m coming").first.click()
    await expect(page.locator("#log")).to_contain_text("say this code")
    await day.picture("booked", page)


async def writes_to_those_who_come(day: Day) -> None:
    """A broadcast to everybody who is booked on this session."""
    page = day.staff
    await page.goto(f"{day.url}/staff/sessions?q=River")
    await page.get_by_role("link", name=TITLE).first.click()
    await expect(page.locator("main")).to_contain_text("1")
    await page.locator("a[href^='/staff/broadcasts/new']").click()
    await page.fill("[name=words-en]", NEWS)
    await page.get_by_role("button", name="Save").click()
    await day.picture("broadcast")
    await page.locator("form[action$='/propose'] button").click()
    await _until(day.patient, NEWS)


async def the_patient_asks_for_a_person(day: Day) -> None:
    page = day.patient
    for words in ("talk to a person", "Write to the team here", "yes", "exercises", ASKED):
        await ask(page, words)
    await day.picture("asks", page)


async def answers(day: Day) -> None:
    page = day.staff
    await page.goto(f"{day.url}/staff")
    await day.picture("today")
    await page.goto(f"{day.url}/staff/queue")
    await day.picture("queue")
    await page.locator("tbody a").first.click()
    await expect(page.locator("main")).to_contain_text(ASKED)
    await page.get_by_role("button", name="I take this one").click()
    await page.fill("#text", ANSWER)
    await page.get_by_role("button", name="Look at it").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".messages .ours")).to_contain_text(ANSWER)
    await day.picture("request")
    await sees_the_answer_come_in(day.patient)
    await day.picture("answered", day.patient)


async def sees_the_answer_come_in(page: Page) -> None:
    """Without a reload, said politely, and what they were just writing is left alone."""
    await page.fill("#text", "and one mo")
    await page.focus("#text")
    log = page.locator("#log")
    await expect(log).to_contain_text(ANSWER, timeout=60_000)
    assert await log.get_attribute("aria-live") == "polite"
    assert await page.input_value("#text") == "and one mo"
    assert await page.evaluate("document.activeElement.id") == "text"
    await page.fill("#text", "")


async def looks_at_the_month(day: Day) -> None:
    """Nobody's single question shows: numbers under 5 are hidden."""
    await day.staff.goto(f"{day.url}/staff/insights")
    await expect(day.staff.get_by_role("heading", level=1)).to_contain_text(f"{now():%B %Y}")
    await day.picture("insights")
    await day.staff.goto(f"{day.url}/staff/audit")
    await expect(day.staff.locator("tbody")).to_contain_text("session.add")


async def _until(page: Page, words: str) -> None:
    """Open the chat again until it shows these words."""
    await page.goto(urlsplit(page.url)._replace(path="/", query="", fragment="").geturl())
    await _reloaded(page, "#log", words)


async def _reloaded(page: Page, where: str, words: str) -> None:
    """The program follows its authors' files, and sends what is due, within seconds."""
    for _ in range(100):
        if words in await page.locator(where).inner_text():
            return
        await page.wait_for_timeout(300)
        await page.reload()
    pytest.fail(f"nobody ever saw: {words}")
