"""A real Chromium and a real server on a free loopback port; without a Chromium, one line says so."""

import socket
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright

from tests.browser.chromium import FLAGS, found_or_installed
from tests.web.fakes import FakeService, site

PHONE: ViewportSize = {"width": 390, "height": 844}
SKIPPED = "skipped: tests/browser, because there is no Chromium and it could not be installed with apt-get"


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Every test here needs Chromium, and shares one event loop with it."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> str:
    shared = tmp_path_factory.getbasetemp().parent
    path = found_or_installed(shared)
    if path is None:
        note = shared / "chromium-missing"
        if not note.exists():
            note.touch()
            with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
                print(f"\n{SKIPPED}", file=sys.stderr)
        pytest.skip(SKIPPED)
    return path


@dataclass(frozen=True)
class Running:
    """The server's address and the fake service behind it."""

    url: str
    service: FakeService


@pytest.fixture
def running() -> Iterator[Running]:
    service, listening = FakeService(), socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(site(service), log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield Running(f"http://127.0.0.1:{listening.getsockname()[1]}", service)
    server.should_exit = True
    thread.join(timeout=5)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chrome(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(chrome: Browser) -> AsyncIterator[BrowserContext]:
    context = await chrome.new_context(viewport=PHONE, reduced_motion="reduce")
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, running: Running) -> Page:
    page = await context.new_page()
    await page.goto(running.url)
    return page
