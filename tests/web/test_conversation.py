"""A conversation without scripts: forms in, whole pages out."""

import httpx

from bot.model import Located, Opened, Said, Tapped
from tests.web.browsing import SCRIPT, Browser, client, shown
from tests.web.fakes import ANSWERS, FakeService, site


async def test_the_first_page_welcomes_and_offers_choices(browser: Browser) -> None:
    assert "Hello. I can help you" in browser.page
    assert 'name="tap" value="w:find-session"' in browser.page


async def test_what_was_written_is_shown_with_the_answer_and_our_earlier_messages(browser: Browser) -> None:
    page = shown(await browser.say("is a walk good for me"))
    assert "You: is a walk good for me Navigator: Being active before treatment" in page
    assert page.index("Hello. I can help you") < page.index("You: is a walk")
    assert "What you wrote is not shown again." in page


async def test_a_button_is_answered_and_its_words_stand_for_the_person(
    browser: Browser, service: FakeService
) -> None:
    page = shown(await browser.tap("w:find-session"))
    assert service.arrivals[-1].event == Tapped("w:find-session")
    assert "You: Find a session near me Navigator: What kind of session" in page


async def test_a_reloaded_page_shows_our_messages_and_not_theirs(browser: Browser) -> None:
    await browser.say("is a walk good for my secret illness")
    page = await browser.open()
    assert "Being active before treatment" in page.text
    assert "secret illness" not in page.text


async def test_a_page_sent_twice_is_answered_once_and_looks_the_same(
    browser: Browser, service: FakeService
) -> None:
    first, second = await browser.say("walk"), await browser.say("walk")
    assert [arrival.event for arrival in service.arrivals] == [Opened(""), Said("walk")]
    assert shown(first) == shown(second)


async def test_another_button_of_the_same_page_is_a_new_answer(
    browser: Browser, service: FakeService
) -> None:
    await browser.tap("r:1:1:yoga")
    await browser.tap("r:1:1:walk")
    assert [arrival.event for arrival in service.arrivals[1:]] == [Tapped("r:1:1:yoga"), Tapped("r:1:1:walk")]


async def test_a_form_without_a_mark_is_always_a_new_answer(browser: Browser, service: FakeService) -> None:
    await browser.say("walk", nonce="")
    await browser.say("walk", nonce="")
    assert len(service.arrivals) == 3


async def test_the_same_words_of_two_people_never_share_an_update(service: FakeService) -> None:
    site_ = site(service)
    async with client(site_) as one, client(site_) as two:
        first, second = Browser(one), Browser(two)
        await first.open()
        await second.open()
        await first.say("walk", nonce="same")
        await second.say("walk", nonce="same")
    assert len({arrival.update for arrival in service.arrivals}) == 4


async def test_the_update_says_nothing_about_the_words(browser: Browser, service: FakeService) -> None:
    await browser.say("walk", nonce="n")
    assert len(service.arrivals[-1].update) == 32
    assert "walk" not in service.arrivals[-1].update


async def test_the_script_gets_only_what_is_new(browser: Browser) -> None:
    answer = await browser.post({"text": "walk"}, SCRIPT)
    assert "Being active" in answer.text
    assert "<html" not in answer.text
    assert "Hello. I can help you" not in answer.text


async def test_an_empty_box_is_a_sentence_beside_the_box(browser: Browser, service: FakeService) -> None:
    answer = await browser.say("   ")
    assert answer.status_code == 422
    assert '<p class="mistake" id="mistake">The box was empty.' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert len(service.arrivals) == 1


async def test_a_leaflets_link_opens_its_article_and_leaves_no_trace_in_the_address(
    http: httpx.AsyncClient, service: FakeService
) -> None:
    answer = await Browser(http).open("/?start=article-walking")
    assert service.arrivals[-1].event == Opened("article-walking")
    assert answer.url.path == "/"
    assert not answer.url.query
    assert "Walking is a good way to start." in answer.text


async def test_a_forged_link_is_an_ordinary_start(http: httpx.AsyncClient) -> None:
    answer = await Browser(http).open("/?start=%00%ff<script>" + "x" * 5000)
    assert answer.status_code == 200
    assert "Hello. I can help you" in answer.text


async def test_a_place_is_kept_to_about_a_kilometre(browser: Browser, service: FakeService) -> None:
    await browser.post({"latitude": "55.95322", "longitude": "-3.18827"})
    assert service.arrivals[-1].event == Located(55.95, -3.19)


async def test_a_place_that_is_nowhere_is_not_passed_on(browser: Browser, service: FakeService) -> None:
    for latitude in ("nan", "inf", "91", "1e400", "north"):
        await browser.post({"latitude": latitude, "longitude": "0"})
    assert len(service.arrivals) == 1


async def test_a_search_engine_that_only_asks_for_the_head_meets_nobody(
    http: httpx.AsyncClient, service: FakeService
) -> None:
    assert (await http.head("/")).status_code == 200
    assert service.arrivals == []


async def test_the_page_speaks_the_persons_language_and_direction(browser: Browser) -> None:
    page = (await browser.say("arabic")).text
    assert '<html lang="ar" dir="rtl">' in page


async def test_a_card_has_a_heading_and_words_that_carry_the_level(browser: Browser) -> None:
    page = await browser.say("I have chest pain")
    assert '<h2><span class="unseen">Emergency advice: </span>EMERGENCY: Call ' in page.text
    assert '<a class="button" href="tel:999"' in page.text


async def test_every_look_can_be_drawn(browser: Browser) -> None:
    for word, say in ANSWERS.items():
        assert say.text.split()[0].split("<")[0] in shown(await browser.say(word))


async def test_clearing_makes_the_next_page_somebody_elses(browser: Browser, service: FakeService) -> None:
    await browser.say("walk")
    await browser.post({}, path="/clear")
    page = await browser.open()
    assert "Being active" not in page.text
    assert len({arrival.address for arrival in service.arrivals}) == 2


async def test_leaving_forgets_the_chat_and_goes_to_a_neutral_page(browser: Browser) -> None:
    answer = await browser.http.get("/leave")
    assert answer.headers["location"] == "https://www.bbc.co.uk/weather"
    assert "Hello again" not in (await browser.open()).text
    assert "max-age=0" in answer.headers["set-cookie"].lower()


async def test_the_about_page_says_that_no_one_reads_this(http: httpx.AsyncClient) -> None:
    page = shown(await http.get("/about"))
    assert "No one reads this chat live." in page
    assert "We do not keep what you write when you ask a question." in page


async def test_the_health_check_asks_nobody(http: httpx.AsyncClient, service: FakeService) -> None:
    assert (await http.get("/healthz")).text == "ok"
    assert service.arrivals == []
