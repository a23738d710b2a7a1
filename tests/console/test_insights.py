"""The month in pictures: what staff see of the numbers, and what nobody can see."""

import re
from collections.abc import AsyncIterator
from datetime import date
from xml.etree import ElementTree

import pytest

from bot.model import Measure
from bot.store import audit, measures
from bot.store.engine import Store
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock

OCTOBER = date(2026, 10, 12)
MONTH = "?month=2026-10"
SVG = re.compile(r'src="(/staff/insights/[^"]+\.svg[^"]*)"')
HIGHLAND = "scotland/Highland"
MADE = (
    (Measure("question", "sleep", "sure", "scotland"), 40),
    (Measure("question", "sleep", "unsure", "scotland"), 12),
    (Measure("question", "work", "sure", "london", "pl"), 30),
    (Measure("question", "work", "unsure", "london", "pl"), 6),
    (Measure("question", "pain", "sure", "london"), 3),
    (Measure("question", "money", "sure", "london"), 2),
    (Measure("search", "online/being-active", "none", HIGHLAND), 12),
    (Measure("search", "online/group", "none", HIGHLAND), 4),
    (Measure("search", "phone/eating", "none", HIGHLAND), 3),
    (Measure("leaflet", "7", "scan", "scotland"), 60),
    (Measure("leaflet", "7", "chat", "scotland"), 25),
    (Measure("leaflet", "7", "booked", "scotland"), 9),
    (Measure("fill", "sco-get-active", "taken", "scotland"), 30),
    (Measure("fill", "sco-get-active", "free", "scotland"), 18),
    (Measure("step", "self-check/stage", "asked"), 121),
    (Measure("step", "self-check/stage", "answered"), 96),
    (Measure("step", "self-check/moving", "asked"), 96),
    (Measure("step", "self-check/moving", "answered"), 95),
    (Measure("handover", "nurse/answered", "hour", "scotland"), 8),
    (Measure("handover", "navigator/answered", "next-day", "scotland"), 7),
    (Measure("self-check", "mood", "", "scotland"), 14),
    (Measure("self-check", "universal", "", "scotland"), 22),
)


@pytest.fixture
async def browser(store: Store, clock: Clock) -> AsyncIterator[Browser]:
    """A viewer, and a month that is over."""
    async with store.write() as tx:
        await measures.add(tx, [one for one, times in MADE for _ in range(times)], OCTOBER)
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Vi", "viewer")
    yield browser
    await browser.http.aclose()


async def test_the_month_is_read_in_pictures_and_sentences(browser: Browser) -> None:
    said = words((await browser.open(f"/staff/insights{MONTH}")).text)
    assert "Insights: October 2026" in said
    assert "12 searches for online: Being active in Highland, 0 found that fit." in said
    assert "about 120 asked, about 95 answered, about 25 left here" in said
    assert "Opened a chat 25" in said
    assert "Also ask about mood 14" in said


async def test_a_small_number_stands_nowhere(browser: Browser) -> None:
    html = (await browser.open(f"/staff/insights{MONTH}")).text
    assert "Pain" not in html
    assert "online: groups" not in html
    assert not re.search(r">\s*[0-4]\s*</td>", html)
    files = [f"/staff/insights/{name}.csv{MONTH}" for name in ("measures", "monthly")]
    for text in [(await browser.open(path)).text for path in files]:
        assert not re.search(r",[0-4]\r\n", text)
        assert "pain" not in text


async def test_every_picture_is_drawn_without_scripts_and_may_do_nothing(browser: Browser) -> None:
    pictures = SVG.findall((await browser.open(f"/staff/insights{MONTH}")).text)
    assert len(pictures) == 10
    for path in pictures:
        answer = await browser.open(path.replace("&amp;", "&"))
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'"
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(answer.text).iter()}
        assert "script" not in tags


async def test_a_phone_gets_pictures_that_fit_on_it(browser: Browser) -> None:
    html = (await browser.open(f"/staff/insights{MONTH}")).text
    narrow = re.findall(r'<source media="[^"]+" srcset="([^"]+)"', html)
    assert narrow
    for path in narrow:
        assert 'width="320"' in (await browser.open(path.replace("&amp;", "&"))).text


async def test_one_area_has_its_own_picture(browser: Browser) -> None:
    said = words((await browser.open(f"/staff/insights{MONTH}&area=london")).text)
    assert "Highland" not in said


async def test_a_download_is_what_may_be_shown_and_stands_in_the_audit_log(
    browser: Browser, store: Store
) -> None:
    text = (await browser.open(f"/staff/insights/measures.csv{MONTH}")).text
    assert "2026-10,question,sleep,sure,(all),(all),(all),40\r\n" in text
    assert "2026-10,search,online/being-active,none,scotland/Highland,(all),(all),12\r\n" in text
    assert "2026-10,step,self-check/stage,asked,(all),(all),(all),120\r\n" in text
    assert "Data dictionary" in (await browser.open("/staff/insights/dictionary.md")).text
    assert "2026-10,93," in (await browser.open(f"/staff/insights/monthly.csv{MONTH}")).text
    async with store.read() as tx:
        rows = await audit.latest(tx, 10)
    assert [row.about for row in rows] == [
        "insights:monthly@2026-10",
        "insights:dictionary",
        "insights:measures@2026-10",
    ]


async def test_an_empty_month_says_so(browser: Browser) -> None:
    said = words((await browser.open("/staff/insights?month=2026-11")).text)
    assert "Nothing to show here" in said


@pytest.mark.parametrize(
    "path", ["?month=2026-13", "?month=%00&area=%27--", "?flow=../../etc", "/nothing.svg", "/flow/no.svg"]
)
async def test_what_is_forged_is_this_month_or_not_there(browser: Browser, path: str) -> None:
    assert (await browser.open(f"/staff/insights{path}")).status_code in (200, 404)
