"""Who comes in to the console, and what is refused at the door."""

from bot.store.engine import Store
from tests.console.desk import Browser, office_of, words
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
