"""Pages to print: shown to whoever made them, or by a signed link, and to nobody else."""

import httpx
import pytest

from bot.channels.web.layout import safe
from bot.model import Button
from tests.web.browsing import Browser, shown
from tests.web.fakes import PAGE, FakeService


async def test_a_page_in_the_chat_has_a_heading_a_copy_button_and_a_link_to_print(browser: Browser) -> None:
    page = (await browser.say("make a list")).text
    assert '<span class="unseen">Your page: </span>My list</h2>' in page
    assert "data-copy hidden" in page
    assert 'href="/print"' in page


async def test_the_page_to_print_has_the_words_and_nothing_of_the_chat(
    browser: Browser, service: FakeService
) -> None:
    service.id = "planner"
    answer = await browser.http.get("/print")
    assert "<h1>My list</h1>" in answer.text and "Sleep &lt;b&gt;" in answer.text
    assert "<textarea" not in answer.text
    assert "It is not a medical record." in shown(answer)


async def test_the_plan_has_its_own_page(browser: Browser, service: FakeService) -> None:
    service.id = "planner"
    assert "<h1>My prehab plan</h1>" in (await browser.http.get("/plan")).text


@pytest.mark.parametrize("path", ["/print", "/plan", "/p/gone", "/p/forged", "/p/a.b~c"])
async def test_what_is_not_there_is_a_kind_page(browser: Browser, path: str) -> None:
    answer = await browser.http.get(path)
    assert answer.status_code == 404
    assert "We could not find that page." in answer.text


@pytest.mark.parametrize("path", ["/print", "/plan"])
async def test_a_stranger_is_led_to_the_chat(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(("token", "words"), [("a-plan", "My prehab plan"), ("a-page", "My list")])
async def test_a_signed_link_shows_the_page_without_a_cookie(
    http: httpx.AsyncClient, token: str, words: str
) -> None:
    answer = await http.get(f"/p/{token}")
    assert words in answer.text
    assert "set-cookie" not in answer.headers
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "url", ["//evil.example", "/p/x", "/delete", "javascript:x", "/print/../x", "/calendar/a/b"]
)
def test_a_button_leads_to_no_other_page_of_ours(url: str) -> None:
    assert not safe(Button("x", url=url))


def test_a_button_leads_to_the_pages_to_print() -> None:
    assert all(safe(button) for row in PAGE.rows for button in row)
