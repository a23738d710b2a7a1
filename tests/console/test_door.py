"""Who comes in to the console, and what is refused at the door."""

from collections.abc import AsyncIterator

from bot.store import staff
from bot.store.engine import Store
from tests.console.desk import SAME, Browser, office_of, words
from tests.databases import Clock


async def test_nobody_sees_a_page_without_signing_in(store: Store, clock: Clock) -> None:
    answer = await Browser(office_of(store, clock)).http.get("/staff")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/staff/sign-in?then=/staff"


async def test_who_is_signed_in_sees_today(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    assert "Today" in words((await browser.open("/staff")).text)


async def test_a_day_later_everybody_signs_in_again(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    clock.forward(minutes=61)
    assert (await browser.http.get("/staff")).status_code == 303


async def test_an_open_page_that_renews_itself_does_not_keep_anybody_signed_in(
    store: Store, clock: Clock
) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    for _ in range(2):
        clock.forward(minutes=25)
        assert (await browser.http.get("/staff", headers={"x-fragment": "1"})).status_code == 200
    clock.forward(minutes=11)
    assert (await browser.http.get("/staff", headers={"x-fragment": "1"})).status_code == 303


async def test_a_role_taken_away_and_a_member_who_left_count_from_the_next_request(
    store: Store, clock: Clock
) -> None:
    browser = Browser(office_of(store, clock))
    member = await browser.sign_in("Ann", "navigator")
    assert (await browser.open("/staff/queue")).status_code == 200
    async with store.write() as tx:
        await staff.set_role(tx, member, "viewer")
    assert (await browser.open("/staff/queue")).status_code == 403
    async with store.write() as tx:
        await staff.end(tx, member, clock())
    assert (await browser.http.get("/staff")).status_code == 303


async def test_ten_megabytes_are_refused_whatever_they_call_themselves(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"x" * 65536

    kinds = {
        "application/x-www-form-urlencoded": 413,
        "multipart/form-data; boundary=x": 415,
        "text/plain": 415,
    }
    for kind, status in kinds.items():
        for path in ("/staff/team", "/staff/sign-in"):
            answer = await browser.http.post(path, content=chunks(), headers={**SAME, "content-type": kind})
            assert answer.status_code == status and "Nothing was changed" in words(answer.text)
