"""Any bytes: an ordinary kind answer, never a crash, never words that turn into a program."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.forms import clean, read
from bot.model import Said, Tapped
from tests.web.browsing import SAME, Browser, shown
from tests.web.fakes import FakeService

FORM = {**SAME, "content-type": "application/x-www-form-urlencoded"}


async def test_html_in_a_message_is_words(browser: Browser) -> None:
    page = (await browser.say("<script>alert(1)</script>\"'><b>")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


async def test_html_in_an_answer_or_a_button_is_words_and_strange_links_are_left_out(
    browser: Browser,
) -> None:
    page = (await browser.say("html")).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "Bad link" not in page


async def test_a_megabyte_is_answered_and_the_person_is_told(browser: Browser, service: FakeService) -> None:
    answer = await browser.say("walk " + "a" * 1_000_000)
    assert answer.status_code == 200
    assert "we read only a part of it" in shown(answer)
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    "text", ["chest pain " + "a " * 500_000, "a " * 500_000 + "chest pain", "a " * 1_500 + "chest pain"]
)
async def test_a_red_flag_is_found_at_either_end_of_a_very_long_text(browser: Browser, text: str) -> None:
    assert "EMERGENCY: Call 999" in shown(await browser.say(text))


async def test_more_than_anyone_can_write_is_refused_kindly(browser: Browser) -> None:
    answer = await browser.say("a" * 5_000_000)
    assert answer.status_code == 413
    assert "Please write a shorter message." in shown(answer)


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x02\x1b[31m",
        "😀" * 5_000,
        "👩🏽‍🦽‍➡️" * 200,
        "'; DROP TABLE people; --",
        "*_[`~>#+=|{}.!",
        "\u202eabc\u2066",
        "Z̸̢͎a̷l̶g̷o̵" * 100,
        "\r\nSet-Cookie: a=b",
        "{{ 7 * 7 }} {% include 'base.html' %}",
    ],
)
async def test_strange_text_gets_an_ordinary_answer(browser: Browser, text: str) -> None:
    answer = await browser.say(text)
    assert answer.status_code in (200, 422)
    assert "\x00" not in answer.text
    assert "49" not in shown(answer)


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"&&&===", b"text=%ff%fe&token", b"a=1&" * 20_000, b"text=%", b'{"text": "hi"}'],
)
async def test_any_bytes_are_refused_without_a_crash(browser: Browser, body: bytes) -> None:
    answer = await browser.http.post("/chat", content=body, headers=FORM)
    assert answer.status_code == 403


async def test_text_that_is_not_utf8_is_still_answered(browser: Browser, service: FakeService) -> None:
    body = httpx.QueryParams(browser.fields).__str__().encode() + b"&text=caf\xe9+%e9+walk"
    answer = await browser.http.post("/chat", content=body, headers=FORM)
    assert answer.status_code == 200
    assert service.arrivals[-1].event == Said("caf� � walk")


async def test_a_forged_button_is_passed_on_in_64_bytes(browser: Browser, service: FakeService) -> None:
    await browser.tap("é" * 500 + "\x00")
    assert service.arrivals[-1].event == Tapped("é" * 32)


async def test_files_and_json_are_not_read(browser: Browser) -> None:
    answer = await browser.http.post("/chat", files={"text": b"walk"}, headers=SAME)
    assert answer.status_code == 403


@given(st.binary(max_size=400))
def test_any_form_can_be_read(body: bytes) -> None:
    posted = read(body)
    assert posted.text == clean(posted.text)
    assert len(posted.tap.encode()) <= 64


@given(st.text())
def test_cleaned_text_has_no_control_characters(text: str) -> None:
    assert not set(clean(text)) & {chr(code) for code in range(32) if code not in (9, 10)}
