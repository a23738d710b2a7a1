"""Colleagues look up approved answers and what is near, without a sign-in; nothing they type is kept."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.channels.web import app
from bot.clock import Clock
from bot.settings import Settings
from tests.web.browsing import client, shown
from tests.web.fakes import FakeClock, FakeService
from tests.worlds import NOW, real


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    clock: Clock = FakeClock(NOW)
    async with client(app(FakeService(), real, Settings(cache=None), clock)) as http:
        yield http


async def post(http: httpx.AsyncClient, path: str, text: str, **fields: str) -> httpx.Response:
    return await http.post(f"/professionals{path}", data={"text": text, **fields})


async def test_the_page_is_open_to_everybody_and_gives_no_cookie(http: httpx.AsyncClient) -> None:
    answer = await http.get("/professionals")
    assert answer.status_code == 200
    assert "You need no account." in shown(answer)
    assert "set-cookie" not in answer.headers


async def test_an_approved_answer_comes_with_its_source_its_dates_and_its_own_address(
    http: httpx.AsyncClient,
) -> None:
    answer = await post(http, "/answers", "Is it safe to drink alcohol before my operation?")
    words = shown(answer)
    article = real().content.articles["alcohol-and-treatment"]
    assert article.question in words and article.sources[0].name in words
    assert "Checked " in words and "To be checked again by " in words
    assert 'href="/professionals/answers/alcohol-and-treatment"' in answer.text
    assert article.question in shown(await http.get("/professionals/answers/alcohol-and-treatment"))


async def test_what_is_not_known_is_said_and_all_answers_are_a_link_away(http: httpx.AsyncClient) -> None:
    answer = await post(http, "/answers", "zzqq wxyv")
    assert "We have no approved answer to that." in shown(answer)
    assert 'href="/professionals/answers"' in answer.text
    assert "What does a navigator do?" in shown(await http.get("/professionals/answers"))


@pytest.mark.parametrize("path", ["/answers", "/near"])
async def test_a_red_flag_typed_here_shows_its_card_first(http: httpx.AsyncClient, path: str) -> None:
    answer = await post(http, path, "she has crushing chest pain")
    words = shown(answer)
    assert 'class="message ours emergency"' in answer.text
    assert "The chat shows this card to anybody who writes these words" in words


async def test_what_is_near_a_postcode_says_how_to_be_referred_and_what_is_made_up(
    http: httpx.AsyncClient,
) -> None:
    words = shown(await post(http, "/near", "EH6 5AA"))
    assert "What is near EH6 5" in words
    assert "You can refer yourself." in words and "Last checked:" in words
    assert "SAMPLE: not a real session." in words and "SAMPLE: not a real service." in words


async def test_a_whole_postcode_is_shown_and_passed_on_by_its_sector_only(http: httpx.AsyncClient) -> None:
    answer = await post(http, "/near", "EH6 5AA", tap="list")
    assert "5AA" not in answer.text and "EH6 5" in answer.text


async def test_where_nothing_is_held_in_person_that_is_said_and_nothing_far_is_near(
    http: httpx.AsyncClient,
) -> None:
    words = shown(await post(http, "/near", "ZE1"))
    assert "We know of no session in person within 25 miles." in words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Newport", "Which of these do you mean?"),
        ("BT1 1AA", "Our map does not have that place yet."),
        ("qqqqq", "We did not find that place."),
    ],
)
async def test_a_place_that_is_not_clear_is_asked_about(
    http: httpx.AsyncClient, typed: str, said: str
) -> None:
    assert said in shown(await post(http, "/near", typed))


async def test_each_of_several_places_can_be_chosen(http: httpx.AsyncClient) -> None:
    assert "What is near Newport, Isle of Wight" in shown(await post(http, "/near", "Newport, Isle of Wight"))


async def test_a_list_for_a_patient_is_2_taps_away_also_in_large_print(http: httpx.AsyncClient) -> None:
    first = await http.get("/professionals")
    assert 'name="tap" value="list"' in first.text
    plain = await post(http, "/near", "Leith", tap="list")
    large = await post(http, "/near", "Leith", tap="large")
    assert 'id="print"' in plain.text and "Help near Leith" in shown(plain)
    assert 'class="sheet large"' in large.text and 'class="sheet large"' not in plain.text
    assert "Made on 23 November 2026" in shown(plain) and "Call 999" in shown(plain)


async def test_a_whole_area_has_its_page_and_its_list(http: httpx.AsyncClient) -> None:
    assert "What there is in London" in shown(await http.get("/professionals/areas/london"))
    assert "Help in London" in shown(await http.get("/professionals/areas/london/list?large=1"))


@pytest.mark.parametrize("path", ["/areas/nowhere", "/areas/nowhere/list", "/answers/nothing", "/x"])
async def test_what_is_not_there_is_a_kind_page(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(f"/professionals{path}")
    assert answer.status_code == 404 and "We could not find that page." in shown(answer)


@pytest.mark.parametrize("path", ["/answers", "/near"])
@pytest.mark.parametrize("body", [b"", b"text=", b"text=%00%ff", b"\xff" * 5000, b"text=" + b"a+" * 60_000])
async def test_no_form_breaks_a_page(http: httpx.AsyncClient, path: str, body: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = await http.post(f"/professionals{path}", content=body, headers=kind)
    assert answer.status_code in (200, 422)


async def test_html_that_is_typed_stays_words(http: httpx.AsyncClient) -> None:
    answer = await post(http, "/answers", '"><script>alert(1)</script>')
    assert "<script>alert" not in answer.text


async def test_who_asks_too_fast_is_asked_to_wait(http: httpx.AsyncClient) -> None:
    codes = [(await http.get("/professionals/answers/nothing")).status_code for _ in range(301)]
    assert codes[-1] == 429
