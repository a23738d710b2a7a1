"""One site and one browser for each test."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.web.browsing import Browser, client
from tests.web.fakes import FakeClock, FakeService, site


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def http(service: FakeService, clock: FakeClock) -> AsyncIterator[httpx.AsyncClient]:
    async with client(site(service, clock)) as http:
        yield http


@pytest.fixture
async def browser(http: httpx.AsyncClient) -> Browser:
    browser = Browser(http)
    await browser.open()
    return browser
