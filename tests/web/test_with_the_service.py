"""The same pages over the real service and a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service import Service
from bot.store.engine import Store
from bot.store.migrations import migrate
from tests.web.browsing import Browser, client, shown
from tests.web.fakes import FakeClock, FakeNavigator, site


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    database = f"sqlite:///{tmp_path}/chat.sqlite3"
    await migrate(database)
    store = Store(database)
    async with client(site(Service(store, FakeNavigator, FakeClock()))) as http:
        browser = Browser(http)
        await browser.open()
        yield browser
    await store.close()


async def test_a_page_sent_twice_looks_the_same(browser: Browser) -> None:
    first, second = await browser.say("walk"), await browser.say("walk")
    assert "You: walk Navigator: Being active" in shown(first)
    assert shown(first) == shown(second)


async def test_a_reload_shows_our_answers_and_not_the_persons_words(browser: Browser) -> None:
    await browser.say("walk with my secret illness")
    page = await browser.open()
    assert "Being active" in page.text
    assert "secret illness" not in page.text


async def test_after_deleting_a_refresh_still_says_something_and_nothing_is_held(browser: Browser) -> None:
    assert "All gone." in shown(await browser.tap("c:delete-yes"))
    assert "We have answered that already." in shown(await browser.tap("c:delete-yes"))
    assert "All gone." not in (await browser.open()).text
