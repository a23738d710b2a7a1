"""Forged cookies and forms, floods and headers: nothing gets through, and no red flag is stopped."""

import httpx
import pytest

from bot.model import Said
from tests.web.browsing import SAME, SCRIPT, Browser, client, shown
from tests.web.fakes import FakeClock, FakeService, site


async def test_a_form_from_elsewhere_is_refused(browser: Browser, service: FakeService) -> None:
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.test"},
    ):
        answer = await browser.post({"text": "walk"}, headers)
        assert answer.status_code == 403
    assert len(service.arrivals) == 1


async def test_a_form_of_our_own_page_passes_whatever_the_browser_says_of_it(
    browser: Browser, service: FakeService
) -> None:
    for nonce, headers in enumerate(({}, SAME, {"origin": "http://chat.test"}, {"origin": "null"})):
        answer = await browser.post({"text": "walk", "nonce": str(nonce)}, headers)
        assert answer.status_code == 200


async def test_a_form_without_its_token_is_refused_and_the_words_stay_in_the_box(
    browser: Browser, service: FakeService
) -> None:
    answer = await browser.say("is walking good", token="forged")
    assert answer.status_code == 403
    assert "is walking good</textarea>" in answer.text
    assert "Please send it again." in answer.text
    assert len(service.arrivals) == 1


async def test_a_forged_cookie_is_a_stranger(browser: Browser, service: FakeService) -> None:
    cookie = browser.http.cookies["chat"]
    browser.http.cookies.clear()
    browser.http.cookies.set("chat", f"x{cookie}")
    assert (await browser.say("walk")).status_code == 403
    assert len(service.arrivals) == 1


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "\xff\xfe", "a" * 5000, "\x00"])
async def test_no_cookie_breaks_the_page(http: httpx.AsyncClient, cookie: str) -> None:
    answer = await http.get("/", headers={b"cookie": f"chat={cookie}".encode("latin-1")})
    assert answer.status_code == 200


async def test_after_a_refusal_sending_again_works(browser: Browser, service: FakeService) -> None:
    browser.http.cookies.clear()
    refused = await browser.post({"text": "walk"}, SCRIPT)
    token = refused.text.partition('data-token="')[2].partition('"')[0]
    answer = await browser.say("walk", token=token)
    assert answer.status_code == 200
    assert service.arrivals[-1].event == Said("walk")


async def test_a_red_flag_is_answered_even_in_a_refused_form(browser: Browser) -> None:
    answer = await browser.say("I have chest pain", token="forged")
    assert "EMERGENCY: Call 999" in shown(answer)


async def test_the_cookie_is_for_this_site_and_this_sitting_only(http: httpx.AsyncClient) -> None:
    cookie = (await http.get("/")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "expires" not in cookie
    assert "max-age" not in cookie


async def test_on_https_the_cookie_never_travels_without_it(service: FakeService) -> None:
    async with client(site(service, public_url="https://chat.test"), "https://chat.test") as http:
        answer = await http.get("/")
    assert answer.headers["set-cookie"].startswith("__Host-chat=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path", ["/", "/about", "/missing", "/healthz", "/static/chat.css", "/static/missing", "/leave"]
)
async def test_every_answer_carries_the_strict_headers(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=(self)" in headers["permissions-policy"]


async def test_chat_pages_are_never_kept_by_the_browser(browser: Browser) -> None:
    assert (await browser.http.get("/")).headers["cache-control"] == "no-store"
    assert (await browser.say("walk")).headers["cache-control"] == "no-store"


async def test_a_flood_is_slowed_down_and_the_words_stay_in_the_box(
    browser: Browser, service: FakeService
) -> None:
    answers = [await browser.say(f"walk {n}", nonce=str(n)) for n in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert "walk 20</textarea>" in answers[-1].text
    assert "call 999" in shown(answers[-1])
    assert answers[-1].headers["retry-after"] == "2"


async def test_a_flood_ends_by_itself(browser: Browser, clock: FakeClock) -> None:
    for n in range(21):
        await browser.say("walk", nonce=str(n))
    clock.pass_(2)
    assert (await browser.say("walk", nonce="later")).status_code == 200


async def test_a_red_flag_is_answered_in_the_middle_of_a_flood(browser: Browser) -> None:
    for n in range(21):
        await browser.say("walk", nonce=str(n))
    answer = await browser.say("now I have chest pain", nonce="flag")
    assert answer.status_code == 429
    assert "EMERGENCY: Call 999" in shown(answer)


async def test_new_visitors_without_end_from_one_address_are_slowed_down(service: FakeService) -> None:
    async with client(site(service)) as http:
        for _ in range(300):
            http.cookies.clear()
            await http.get("/?start=x")
        http.cookies.clear()
        answer = await http.get("/")
    assert answer.status_code == 429
    assert "call 999 or go to A&E" in shown(answer)


async def test_a_message_that_breaks_our_program_is_answered_kindly(
    browser: Browser, service: FakeService
) -> None:
    service.broken = True
    answer = await browser.say("walk")
    assert answer.status_code == 500
    assert "Something went wrong on our side." in shown(answer)
    assert "walk</textarea>" in answer.text


async def test_a_red_flag_is_answered_even_when_our_program_is_broken(
    browser: Browser, service: FakeService
) -> None:
    service.broken = True
    assert "EMERGENCY: Call 999" in shown(await browser.say("chest pain"))
    assert "EMERGENCY: Call 999" in shown(await browser.post({"text": "chest pain"}, SCRIPT))


async def test_what_a_person_wrote_is_never_in_the_log(
    browser: Browser, service: FakeService, capsys: pytest.CaptureFixture[str]
) -> None:
    service.broken = True
    await browser.say("my secret illness")
    out, err = capsys.readouterr()
    assert "RuntimeError" in out + err
    assert "secret illness" not in out + err
    assert "the words of a person" not in out + err


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/missing", 404, "We could not find that page."),
        ("/static/../app.py", 404, "We could not find that page."),
        ("/clear", 405, "That did not work."),
    ],
)
async def test_a_wrong_address_gets_a_kind_page_with_the_numbers(
    http: httpx.AsyncClient, path: str, status: int, words: str
) -> None:
    answer = await http.get(path)
    assert answer.status_code == status
    assert words in shown(answer)
    assert "call 999" in shown(answer)


async def test_clearing_needs_our_own_page(browser: Browser) -> None:
    assert (await browser.post({"token": "forged"}, path="/clear")).status_code == 403
    assert (await browser.post({}, {"sec-fetch-site": "cross-site"}, path="/clear")).status_code == 403
