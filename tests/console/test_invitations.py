"""The link that lets somebody in once, to choose how they sign in."""

import asyncio

from bot.store import audit
from bot.store.engine import Store
from bot.store.tables import accounts as account_rows
from bot.store.tables import invitations as invitation_rows
from tests.console.arriving import (
    PASSWORD,
    cheap_passwords,
    code_of,
    invited,
    post_only,
    secret_on,
)
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock, column

__all__ = ["cheap_passwords"]
WRONG = "does not fit together"


async def test_an_invitation_works_once(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, path = Browser(office), await invited(office)
    await browser.open(path)
    fields = {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret_on(browser), clock)}
    other = Browser(office)
    await other.open(path)
    assert (await browser.post(f"{path}/password", fields)).status_code == 200
    late = await other.post(
        f"{path}/password", fields | {"password": "another one 12", "again": "another one 12"}
    )
    assert late.status_code == 410
    assert "This link was used" in words(late.text)
    assert await column(store, invitation_rows, "used") != [None]


async def test_an_invitation_ends_after_a_day(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    path = await invited(browser.office)
    clock.forward(hours=24)
    assert (await browser.open(path)).status_code == 410


async def test_a_forged_invitation_is_refused(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    for token in ("x", "%00", "a" * 43, "1"):
        assert (await browser.open(f"/staff/invited/{token}")).status_code == 410
        assert (await browser.open(f"/staff/invited/{token}/code.svg")).status_code == 410


async def test_a_newer_invitation_ends_the_earlier_one(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    earlier, newer = await invited(browser.office), await invited(browser.office)
    assert (await browser.open(earlier)).status_code == 410
    assert (await browser.open(newer)).status_code == 200


async def test_nothing_is_kept_before_the_first_code_was_right(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    path = await invited(browser.office)
    await browser.open(path)
    answer = await browser.post(
        f"{path}/password", {"password": PASSWORD, "again": PASSWORD, "code": "000000"}
    )
    assert answer.status_code == 422
    assert "not the right one" in words(answer.text)
    assert await column(store, account_rows, "staff") == []
    secret = secret_on(browser)
    await browser.open(path)
    assert secret_on(browser) == secret


async def test_of_two_who_open_one_link_at_once_one_comes_in(
    store: Store, other_store: Store, clock: Clock
) -> None:
    here, there = office_of(store, clock), office_of(other_store, clock)
    path = await invited(here)
    browsers = Browser(here), Browser(there)
    for browser in browsers:
        await browser.open(path)
    fields = {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret_on(browsers[0]), clock)}
    answers = await asyncio.gather(*(post_only(one, f"{path}/password", fields) for one in browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 410]
    async with store.read() as tx:
        did = [row.what for row in await audit.latest(tx, 50)]
    assert did.count("account.new") == 1
