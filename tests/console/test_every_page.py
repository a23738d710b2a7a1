"""Every page of the console, whoever asks for it and whatever stands in its address or its form."""

import re
from typing import get_args

import pytest

from bot.console.app import PAGES
from bot.console.office import Page
from bot.staff.rights import may
from bot.store import audit
from bot.store.engine import Store
from bot.store.staff import Role
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock

PLACE = re.compile(r"\{(\w+)\}")
FORGED = (
    "-1",
    "9" * 30,
    "%D9%A1",  # a digit, in Arabic
    "1%00",
    "'%20OR%201=1--",
    "..%2F..%2Fetc%2Fpasswd",
    "<script>",
)
NO_RIGHT = "Your role"
ASKED = (
    *("page", "month", "area", "flow", "said", "about", "before", "staff", "team", "state", "seen", "code"),
    *("day", "after", "copy", "from", "q", "purpose", "session", "article", "language", "kind", "target"),
)
NUMBERS = ("page", "before", "staff", "seen", "month")
LONG = "9" * 4400
"""More digits than Python reads as a number."""


def path_of(page: Page, value: str = "1") -> str:
    return "/staff" + PLACE.sub(value, page.path)


@pytest.mark.parametrize("role", get_args(Role))
async def test_a_page_that_a_role_has_no_right_to_is_refused_and_the_log_says_so(
    store: Store, clock: Clock, role: Role
) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Vi", role)
    closed = [page for page in PAGES if not may(role, page.right)]
    for page in closed:
        await browser.open("/staff/account")
        if page.method == "GET":
            answer = await browser.http.get(path_of(page))
        else:
            answer = await browser.post(path_of(page), {})
        assert answer.status_code == 403 and NO_RIGHT in words(answer.text), page
    async with store.read() as tx:
        rows = await audit.latest(tx, len(PAGES))
    assert [(row.what, row.detail) for row in rows] == [("refused", "no-right")] * len(closed)


async def test_no_form_is_taken_without_the_token_of_this_very_sign_in(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, other = Browser(office), Browser(office)
    await browser.sign_in()
    await other.sign_in("Ben")
    await other.open("/staff/account")
    for page in PAGES:
        browser.html = other.html
        if page.method == "POST":
            assert (await browser.post(path_of(page), {})).status_code == 403, page


async def test_forged_ids_in_an_address_are_refused_with_a_sentence(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    html = (await browser.open("/staff/account")).text
    for page in (page for page in PAGES if PLACE.search(page.path)):
        for value in FORGED:
            browser.html = html
            path = path_of(page, value)
            answer = await (browser.http.get(path) if page.method == "GET" else browser.post(path, {}))
            assert 400 <= answer.status_code < 500, (page.path, value)
            assert "<script>" not in answer.text


async def test_whatever_is_asked_of_a_page_it_answers(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    for page in (page for page in PAGES if page.method == "GET"):
        for value in ("<script>%00", "%D9%A1"):
            asked = "&".join(f"{name}={value}" for name in ASKED)
            answer = await browser.http.get(f"{path_of(page)}?{asked}")
            assert answer.status_code < 500 and "<script>" not in answer.text, (page.path, value)
        asked = "&".join(f"{name}={LONG}" for name in NUMBERS)
        assert (await browser.http.get(f"{path_of(page)}?{asked}")).status_code < 500, page.path
