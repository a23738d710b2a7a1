"""What a code opens: one line that says what it is for, and ways in that count the same."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from bot.channels import web
from bot.channels.web.leaflets import SCANS
from bot.leaflet_links import Leaflet, Wish, short_code
from bot.model import Arrival, Measure, Opened, Person
from bot.service import Service
from bot.store import leaflets
from bot.store.engine import Store
from bot.store.retention import sweep
from bot.store.tables import measures, people
from tests.console.desk import settings_of, words
from tests.databases import Clock, column, rows
from tests.leaflets.papers import LINKS, OTHERS, SESSION, WEBSITE, navigator, wish
from tests.web.browsing import client
from tests.worlds import Talk

LINK = re.compile(r'<li><a class="button" href="([^"]+)"')


@pytest.fixture
async def http(store: Store, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    service = Service(store, navigator, clock)
    async with client(web.app(service, navigator, settings_of(), clock)) as http:
        yield http


async def made(store: Store, clock: Clock, one: Wish) -> Leaflet:
    async with store.write() as tx:
        return (await leaflets.make(tx, one, "Ann", clock())).leaflet


async def scans(store: Store) -> list[tuple[str, str, int]]:
    return [
        (row["what"], row["outcome"], row["count"])
        for row in await rows(store, measures)
        if row["period"] == "2026-11"
    ]


async def test_the_same_wish_is_the_same_leaflet(store: Store, clock: Clock) -> None:
    first, again = await made(store, clock, wish()), await made(store, clock, wish())
    other = await made(store, clock, wish(large=True))
    assert first.id == again.id != other.id


async def test_a_code_offers_telegram_web_and_phone_equally(
    store: Store, clock: Clock, http: httpx.AsyncClient
) -> None:
    leaflet = await made(store, clock, wish())
    answer = await http.get(f"/l/{short_code(leaflet.id).lower()}")
    payload = LINKS.write(leaflet)
    assert LINK.findall(answer.text) == [
        f"https://t.me/prehab_test_bot?start={payload}",
        f"/?start={payload}",
        "tel:08088080000",
    ]
    assert "This code is for: Check what could help you get ready" in words(answer.text)
    assert "Call 999" in words(answer.text) and "Call 111" in words(answer.text)
    assert "<script" not in answer.text and len(answer.content) < 50_000


async def test_a_program_that_asks_again_and_again_adds_little_to_the_figures(
    store: Store, clock: Clock, http: httpx.AsyncClient
) -> None:
    leaflet = await made(store, clock, wish())
    for _ in range(SCANS + 5):
        assert (await http.get(f"/l/{short_code(leaflet.id)}")).status_code == 200
    assert await scans(store) == [(str(leaflet.id), "scan", SCANS)]
    clock.forward(minutes=1)
    await http.get(f"/l/{short_code(leaflet.id)}")
    assert await scans(store) == [(str(leaflet.id), "scan", SCANS + 1)]


async def test_a_forged_slide_is_the_first_one(http: httpx.AsyncClient) -> None:
    for slide in ("00019999", "1" + "0" * 4400, "-1", "0", "99", "%D9%A1"):
        answer = await http.get(f"/screen/scotland?slide={slide}")
        assert answer.status_code == 200 and "Not found" not in answer.text


async def test_a_scan_is_counted_without_a_person(
    store: Store, clock: Clock, http: httpx.AsyncClient
) -> None:
    leaflet = await made(store, clock, wish())
    for _ in range(2):
        answer = await http.get(f"/l/{short_code(leaflet.id)}")
        assert "set-cookie" not in answer.headers
    await http.head(f"/l/{short_code(leaflet.id)}")
    await http.get(f"/l/{short_code(leaflet.id)}", headers={"sec-purpose": "prefetch"})
    assert await scans(store) == [(str(leaflet.id), "scan", 2)]
    assert await column(store, people, "id") == []


async def test_a_code_that_nobody_knows_opens_the_front_door(store: Store, http: httpx.AsyncClient) -> None:
    for code in ("ZZZZ", "preview", "7", "%00", "x" * 300, "<script>", "C7_a_b_en_x0123456789ab"):
        answer = await http.get(f"/l/{code}")
        assert answer.status_code == 200
        assert LINK.findall(answer.text) == ["https://t.me/prehab_test_bot", "/", "tel:08088080000"], code
    assert await scans(store) == []


async def test_a_whole_link_in_the_address_works_without_the_database_knowing_it(
    http: httpx.AsyncClient,
) -> None:
    payload = LINKS.write(Leaflet(99, "area", "", "london"))
    assert f"/?start={payload}" in LINK.findall((await http.get(f"/l/{payload}")).text)


async def test_an_address_that_was_printed_before_links_were_signed_still_leads_there(
    http: httpx.AsyncClient,
) -> None:
    assert "/?start=article-what-is-prehab" in LINK.findall(
        (await http.get("/l/article-what-is-prehab")).text
    )


async def test_the_page_is_in_the_leaflets_language_and_marks_what_is_not(
    store: Store, clock: Clock, http: httpx.AsyncClient
) -> None:
    leaflet = await made(store, clock, wish(language="ar"))
    page = (await http.get(f"/l/{short_code(leaflet.id)}")).text
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="en" dir="auto">' in page


# ---- in the chat ------------------------------------------------------------------------------------------


def talk(person: Person | None = None) -> Talk:
    return Talk(navigator(), person)


def link(one: Wish, id: int = 7) -> str:
    return LINKS.write(Leaflet(id, one.purpose, one.target, one.area, one.language))


def counted(talk: Talk) -> list[Measure]:
    return [one for one in talk.actions if isinstance(one, Measure) and one.name == "leaflet"]


def test_a_self_check_leaflet_opens_straight_on_the_self_check_with_the_area_set() -> None:
    chat = talk(Person(id="new"))
    said = chat.open(link(wish("check", area="london")))
    assert "I am the Prehab Navigator" in said and "Where are you now?" in said
    assert chat.person.area == "london"
    assert counted(chat) == [Measure("leaflet", "7", "chat", "london", "en")]


def test_a_sessions_leaflet_opens_its_card_with_dates_to_book() -> None:
    chat = talk()
    said = chat.open(link(wish("session")))
    assert "Gentle exercise group" in said and "Thursday 26 November" in said
    assert "[Thursday 3 December, 10.30am]" in said
    chat.tap("Thursday 3 December, 10.30am")
    assert "Book" in [type(action).__name__ for action in chat.actions]


def test_an_area_leaflet_shows_what_is_near_and_an_article_leaflet_its_answer() -> None:
    assert "SAMPLE" in (near := talk().open(link(wish("area")))) and "[Find a session]" in near
    assert "getting ready for cancer treatment" in talk().open(link(wish("article")))
    assert "video" in talk().open(link(wish("video")))
    assert "What would you like to do" in talk().open(link(wish("start")))


@pytest.mark.parametrize("gone", [wish("session"), wish("article"), wish("area", area="nowhere")])
def test_what_is_not_there_any_more_is_an_ordinary_start(gone: Wish) -> None:
    payload = link(Wish(gone.purpose, "not-there", "nowhere"))
    assert talk().open(payload) == talk().open()


def test_a_forged_link_and_one_of_another_deployment_are_ordinary_starts() -> None:
    ours = link(wish("check", area="london"))
    forged = [ours[:-1] + ("a" if ours[-1] != "a" else "b"), OTHERS.write(Leaflet(7, "check", "", "london"))]
    for payload in (*forged, ours[:20], "Cflow-self-check_area-london"):
        chat = talk(Person(id="new"))
        assert chat.open(payload) == talk(Person(id="new")).open()
        assert chat.person.area == "" and counted(chat) == [] and chat.person.came_by == ""


def test_opening_it_again_is_one_chat_and_after_a_day_nobody_knows_how_they_came() -> None:
    chat = talk()
    chat.open(link(wish()))
    assert chat.person.came_by == "7"
    chat.open(link(wish()))
    assert counted(chat) == []
    chat.now += timedelta(hours=25)
    chat.say("hello")
    assert chat.person.came_by == "" and chat.person.came_at is None


async def test_somebody_who_never_came_back_is_no_scan_of_a_leaflet_after_a_day(
    store: Store, clock: Clock
) -> None:
    service = Service(store, navigator, clock)
    await service.handle(Arrival("web", "somebody", "1", Opened(link(wish("article")))))
    assert (await service.person("web", "somebody")).came_by == "7"
    clock.forward(hours=25)
    await sweep(store, clock())
    assert (await service.person("web", "somebody")).came_by == ""


def test_a_leaflet_in_the_middle_of_a_flow_loses_nothing() -> None:
    chat = talk()
    chat.begin("self-check")
    assert "[Carry on where I was]" in chat.open(link(wish("session")))


def test_an_unsigned_link_sets_an_area_and_leads_somewhere_and_counts_nothing() -> None:
    chat = talk()
    chat.open("area-london_flow-self-check")
    assert chat.person.area == "london" and counted(chat) == []


def test_the_link_arrives_as_telegram_delivers_it() -> None:
    assert len(link(wish("session"))) <= 64
    assert talk().send(Opened(link(wish("session")))) == talk().open(link(wish("session")))
    assert WEBSITE and SESSION
