"""Signing in with a password and a code, links that are used once, and everything that tries without."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.signin import lockout, passwords
from bot.console.signin.inviting import first_admin
from bot.console.signin.porch import own_path
from bot.store import accounts, audit, notices, signins, staff
from bot.store.engine import Store
from bot.store.tables import accounts as account_rows
from tests.console.arriving import (
    PASSWORD,
    cheap_passwords,
    code_of,
    invited,
    knock,
    member_of,
    post_only,
    secret_on,
    with_password,
)
from tests.console.desk import SAME, Browser, app_of, office_of, settings_of, words
from tests.databases import START, Clock, column

__all__ = ["cheap_passwords"]
WRONG = "does not fit together"


async def did(store: Store) -> list[tuple[str, str, str]]:
    """What stands in the audit log, oldest first."""
    async with store.read() as tx:
        return [(row.what, row.about, row.detail) for row in reversed(await audit.latest(tx, 50))]


def cookie(browser: Browser) -> str:
    return browser.http.cookies.get("staff") or ""


async def test_an_invitation_leads_to_an_account_and_straight_in(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await with_password(browser, clock)
    assert "Mary" in words((await browser.open("/staff")).text)
    assert [one[0] for one in await did(store)] == ["staff.invite", "account.new", "signin"]


async def test_password_and_code_let_in_and_lead_back_to_the_page(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    other = Browser(office)
    answer = await knock(other, "Mary", PASSWORD, code_of(secret, clock), "/staff/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/account")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "Where I am signed in" in words((await other.open("/staff/account")).text)


async def test_what_is_kept_of_a_password_and_a_secret_is_neither(store: Store, clock: Clock) -> None:
    secret = await with_password(Browser(office_of(store, clock)), clock)
    kept = str(await column(store, account_rows, "password")) + str(await column(store, account_rows, "totp"))
    assert "argon2id" in kept
    assert PASSWORD not in kept
    assert secret not in kept


async def test_a_code_works_once(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    code = code_of(secret, clock)
    assert (await knock(Browser(office), "Mary", PASSWORD, code)).status_code == 303
    assert (await knock(Browser(office), "Mary", PASSWORD, code)).status_code == 403


async def test_a_phone_whose_clock_is_half_a_minute_wrong_still_lets_in(store: Store, clock: Clock) -> None:
    browser, phone = Browser(office_of(store, clock)), Clock()
    secret = await with_password(browser, clock)
    for seconds, status in ((-30, 303), (0, 303), (30, 303), (-90, 403), (90, 403)):
        clock.forward(minutes=5)
        phone.time = clock.time + timedelta(seconds=seconds)
        assert (await knock(browser, "Mary", PASSWORD, code_of(secret, phone))).status_code == status


async def test_a_name_that_nobody_has_gets_the_same_page_as_a_wrong_password(
    store: Store, clock: Clock
) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    browser = Browser(office)
    there = await knock(browser, "Mary", "not her password", code_of(secret, clock))
    nobody = await knock(browser, "Maud", "not her password", code_of(secret, clock))
    same = re.sub(r"Maud", "Mary", nobody.text)
    assert (there.status_code, there.text) == (nobody.status_code, same)
    assert WRONG in words(nobody.text)
    assert [one[:2] for one in await did(store)][-2:] == [
        ("signin.refused", "staff:1"),
        ("signin.refused", "unknown name"),
    ]


async def test_the_audit_log_does_not_keep_what_a_stranger_typed(store: Store, clock: Clock) -> None:
    await knock(Browser(office_of(store, clock)), "my password by mistake", "x", "1")
    assert "mistake" not in str(await did(store))


async def test_five_wrong_tries_lock_even_the_right_password_out(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, secret = Browser(office), await with_password(Browser(office), clock)
    for _ in range(5):
        await knock(browser, "Mary", "not her password", "123456")
    answer = await knock(browser, "Mary", PASSWORD, code_of(secret, clock))
    assert answer.status_code == 403
    assert WRONG in words(answer.text)
    assert ("signin.locked", "staff:1", "15 minutes") in await did(store)
    async with store.read() as tx:
        assert [(one.kind, one.about) for one in await notices.every(tx)] == [("signin-locked", "staff:1")]
    clock.forward(minutes=15, seconds=1)
    assert (await knock(browser, "Mary", PASSWORD, code_of(secret, clock))).status_code == 303


async def test_a_new_invitation_unlocks(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, secret = Browser(office), await with_password(Browser(office), clock)
    for _ in range(5):
        await knock(browser, "Mary", "not her password", "123456")
    await invited(office)
    assert (await knock(browser, "Mary", PASSWORD, code_of(secret, clock))).status_code == 303


def test_locks_grow_longer_up_to_a_day() -> None:
    locked = [lockout.after_wrong_try(failures, START)[1] for failures in range(0, 100)]
    minutes = [int((until - START).total_seconds() / 60) for until in locked if until]
    assert minutes[:8] == [15, 30, 60, 120, 240, 480, 960, 1440]
    assert set(minutes[8:]) == {1440}


async def test_one_address_may_not_try_without_end(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.open("/staff/sign-in")
    fields = {"name": "", "password": "", "code": ""}
    answers = [await post_only(browser, "/staff/sign-in", fields) for _ in range(31)]
    assert [one.status_code for one in answers] == [403] * 30 + [429]
    assert "wait" in words(answers[-1].text)


async def test_a_form_of_another_site_is_refused(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    browser = Browser(office)
    await browser.open("/staff/sign-in")
    fields = {"name": "Mary", "password": PASSWORD, "code": code_of(secret, clock)}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.test"}):
        assert (await post_only(browser, "/staff/sign-in", fields, headers)).status_code == 403
    forged = await browser.http.post("/staff/sign-in", data=fields | {"token": "a" * 32}, headers=SAME)
    assert forged.status_code == 403
    assert cookie(browser) == ""


async def test_a_cookie_that_was_planted_before_is_worth_nothing_after(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    browser = Browser(office)
    browser.http.cookies.set("staff", "planted", domain="staff.test")
    answer = await knock(browser, "Mary", PASSWORD, code_of(secret, clock))
    assert "planted" not in answer.headers["set-cookie"]
    async with store.read() as tx:
        assert await signins.find(tx, "planted", clock()) is None


async def test_signing_in_again_ends_what_the_browser_held(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    secret = await with_password(browser, clock)
    before = cookie(browser)
    await knock(browser, "Mary", PASSWORD, code_of(secret, clock))
    assert cookie(browser) not in ("", before)
    async with store.read() as tx:
        assert await signins.find(tx, before, clock()) is None


async def test_signing_out_ends_it_on_our_side_too(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await with_password(browser, clock)
    before = cookie(browser)
    await browser.open("/staff")
    assert "You are signed out" in words((await browser.post("/staff/sign-out", {})).text)
    async with store.read() as tx:
        assert await signins.find(tx, before, clock()) is None


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.test/staff",
        "//evil.test",
        "/staff//evil.test",
        "/staff/..//evil.test",
        "/staff/%2e%2E/leave",
        "/staff/.%2e/leave",
        "/\\evil.test",
        "/staffs",
        "/staff@evil.test",
        "javascript:alert(1)",
        "/staff/sign-in?then=/staff",
        "/staff/sign-out",
        "/staff/x\r\nset-cookie: a=b",
        "",
    ],
)
def test_after_signing_in_nobody_is_led_elsewhere(then: str) -> None:
    assert own_path(then) == "/staff"


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_a_link_says_it_leads_to_the_console(then: str) -> None:
    assert re.fullmatch(r"/staff(/[^/\\\s]+)*", own_path(f"/staff/{then}"))


async def test_an_open_redirect_in_the_form_is_ignored(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    answer = await knock(Browser(office), "Mary", PASSWORD, code_of(secret, clock), "https://evil.test/")
    assert answer.headers["location"] == "/staff"


async def test_the_picture_for_the_app_is_ours_alone(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    picture = await browser.open(f"{await invited(browser.office)}/code.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.headers["cache-control"] == "no-store"
    assert "<svg" in picture.text


@pytest.mark.parametrize(
    ("password", "again", "mistake"),
    [
        ("short", "short", "short"),
        ("eleven11 11", "eleven11 11", "short"),
        ("x" * 257, "x" * 257, "long"),
        ("three quiet otters" + " " * 250 + ".", "three quiet otters" + " " * 250 + ".", "long"),
        ("Password1234", "Password1234", "common"),
        ("pass word 1234", "pass word 1234", "common"),
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "common"),
        ("Mary Muir 2026", "Mary Muir 2026", "name"),
        ("three quiet otters", "three quiet otter", "differ"),
        ("three quiet otters", "three quiet otters", ""),
        ("drei stille Ottern 水獺", "drei stille Ottern 水獺", ""),
    ],
)
def test_easy_passwords_are_refused_with_a_reason(password: str, again: str, mistake: str) -> None:
    assert passwords.mistake(password, again, "Mary Muir") == mistake


def test_a_password_fits_however_the_keyboard_put_it_together() -> None:
    kept = passwords.hashed("fa\u0301cil de recordar")
    assert passwords.fits(kept, "f\u00e1cil de recordar")
    assert not passwords.fits(None, "nobody has this password")


async def test_a_hash_by_older_parameters_is_renewed_at_the_next_sign_in(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_of(store, clock)
    secret = await with_password(Browser(office), clock)
    before = await column(store, account_rows, "password")
    stronger = type(passwords.HASHER)(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", stronger)
    assert (await knock(Browser(office), "Mary", PASSWORD, code_of(secret, clock))).status_code == 303
    assert await column(store, account_rows, "password") != before


async def test_the_first_admin_says_their_name_and_then_there_is_no_link_any_more(
    store: Store, clock: Clock
) -> None:
    office = office_of(store, clock)
    async with store.write() as tx:
        link = await first_admin(tx, office.settings, clock())
    browser, path = Browser(office), link.removeprefix("http://staff.test")
    await browser.open(path)
    code = code_of(secret_on(browser), clock)
    fields = {"name": " Jo  Smith ", "password": PASSWORD, "again": PASSWORD, "code": code}
    assert (await browser.post(f"{path}/password", fields | {"name": ""})).status_code == 422
    assert (await browser.post(f"{path}/password", fields)).status_code == 200
    assert (await member_of(office, "Jo Smith")).role == "admin"
    async with store.write() as tx:
        assert await first_admin(tx, office.settings, clock()) == ""


async def test_a_fresh_start_makes_a_fresh_link_for_the_same_first_admin(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    async with store.write() as tx:
        links = {await first_admin(tx, office.settings, clock()) for _ in range(2)}
        assert len(await staff.every(tx)) == 1
    assert len(links) == 2


async def test_who_leaves_is_out_at_once_and_comes_back_with_nothing(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser = Browser(office)
    secret = await with_password(browser, clock)
    async with store.write() as tx:
        await accounts.leave(tx, (await member_of(office)).id, clock())
    assert (await browser.http.get("/staff")).status_code == 303
    assert (await knock(Browser(office), "Mary", PASSWORD, code_of(secret, clock))).status_code == 403


async def test_over_https_the_cookies_belong_to_our_host_alone(store: Store, clock: Clock) -> None:
    secure = settings_of().model_copy(update={"public_url": "https://staff.test"})
    office = office_of(store, clock, settings=secure)
    answer = await Browser(office, app_of(office)).http.get("/staff/sign-in")
    assert answer.headers["set-cookie"].startswith("__Host-staff-before=")
    assert "Secure" in answer.headers["set-cookie"]


async def test_odd_input_never_breaks_the_sign_in(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    odd = {"name": "\x00\ud800é" * 40, "password": "\x00" * 300, "code": "١٢٣٤٥٦"}
    odd |= {"credential": "{", "then": "\x00"}
    fields = {name: value.encode("utf-8", "surrogatepass").decode("latin-1") for name, value in odd.items()}
    await browser.open("/staff/sign-in")
    for path in ("/staff/sign-in", "/staff/sign-in/passkey", "/staff/sign-in/passkey/options"):
        assert (await post_only(browser, path, fields)).status_code in (200, 403)
    big = await browser.http.post(
        "/staff/sign-in", content=b"a" * 300_000, headers=SAME | {"content-type": "text/plain"}
    )
    assert big.status_code == 415
