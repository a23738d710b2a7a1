"""My account: what I may change about how I sign in, and that an open page is not enough for it."""

from bot.store import audit, staff
from bot.store.engine import Store
from bot.store.tables import accounts as account_rows
from tests.console.arriving import PASSWORD, cheap_passwords, code_of, knock, secret_on, with_password
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock, column

__all__ = ["cheap_passwords"]
NEW = "four loud herons"
AUTHENTICATOR = "/staff/account/authenticator"


async def test_a_new_password_ends_every_other_sign_in(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, elsewhere = Browser(office), Browser(office)
    secret = await with_password(browser, clock)
    await knock(elsewhere, "Mary", PASSWORD, code_of(secret, clock))
    clock.forward(seconds=30)
    await browser.open("/staff/account")
    answer = await browser.post("/staff/account/password", {"password": NEW, "again": NEW})
    assert "Your password is changed" in words(answer.text)
    assert (await browser.http.get("/staff")).status_code == 200
    assert (await elsewhere.http.get("/staff")).status_code == 303
    assert (await knock(elsewhere, "Mary", PASSWORD, code_of(secret, clock))).status_code == 403
    clock.forward(seconds=30)
    assert (await knock(elsewhere, "Mary", NEW, code_of(secret, clock))).status_code == 303


async def test_the_account_is_not_a_part_of_today(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    assert 'aria-current="page"' in (await browser.open("/staff")).text
    assert 'aria-current="page"' not in (await browser.open("/staff/account")).text


async def test_an_easy_password_is_refused_with_a_reason(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await with_password(browser, clock)
    await browser.open("/staff/account")
    answer = await browser.post(
        "/staff/account/password", {"password": "password1234", "again": "password1234"}
    )
    assert (answer.status_code, "easy to guess" in words(answer.text)) == (422, True)


async def test_after_ten_minutes_changes_ask_to_sign_in_again(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await with_password(browser, clock)
    before = await column(store, account_rows, "password")
    await browser.open("/staff/account")
    page = browser.html
    clock.forward(minutes=10)
    for path in ("/staff/account/password", "/staff/account/passkeys", "/staff/account/passkeys/remove"):
        browser.html = page
        answer = await browser.post(path, {"password": NEW, "again": NEW, "passkey": "1"})
        assert "please sign in again first" in words(answer.text)
    assert 'name="password"' not in (await browser.open("/staff/account")).text
    assert "please sign in again first" in words((await browser.open(AUTHENTICATOR)).text)
    assert await column(store, account_rows, "password") == before


async def test_a_new_authenticator_counts_from_its_first_right_code(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser = Browser(office)
    old = await with_password(browser, clock)
    await browser.open(AUTHENTICATOR)
    new = secret_on(browser)
    assert new != old
    assert (await browser.post(AUTHENTICATOR, {"code": "000000"})).status_code == 422
    assert (await knock(Browser(office), "Mary", PASSWORD, code_of(old, clock))).status_code == 303
    await browser.open(AUTHENTICATOR)
    await browser.post(AUTHENTICATOR, {"code": code_of(new, clock)})
    assert "The new app counts" in words(browser.html)
    clock.forward(seconds=30)
    assert (await knock(Browser(office), "Mary", PASSWORD, code_of(old, clock))).status_code == 403
    assert (await knock(Browser(office), "Mary", PASSWORD, code_of(new, clock))).status_code == 303


async def test_the_picture_of_the_new_authenticator_is_shown(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await with_password(browser, clock)
    assert "<svg" in (await browser.open(f"{AUTHENTICATOR}/code.svg")).text


async def test_an_open_page_links_nobodys_chat(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in()
    await browser.open("/staff/account")
    clock.forward(minutes=11)
    await browser.post("/staff/account/code", {})
    assert "/link " not in browser.html and "/staff/sign-in" in browser.html


async def test_everybody_gets_a_code_for_their_own_chat(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Viv", "viewer")
    await browser.open("/staff/account")
    await browser.post("/staff/account/code", {})
    code = browser.html.split("/link ")[1].split("<")[0]
    async with store.write() as tx:
        linked = await staff.link(tx, code, "telegram", "11", clock())
    assert linked and linked.name == "Viv"
    assert code not in (await browser.open("/staff/account")).text


async def test_signing_out_everywhere_else_leaves_this_browser(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, elsewhere = Browser(office), Browser(office)
    secret = await with_password(browser, clock)
    await knock(elsewhere, "Mary", PASSWORD, code_of(secret, clock))
    assert words((await browser.open("/staff/account")).text).count("this browser") == 1
    await browser.post("/staff/account/elsewhere", {})
    assert (await browser.http.get("/staff")).status_code == 200
    assert (await elsewhere.http.get("/staff")).status_code == 303


async def test_every_change_is_a_row_of_the_audit_log(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await with_password(browser, clock)
    await browser.open("/staff/account")
    await browser.post("/staff/account/password", {"password": NEW, "again": NEW})
    await browser.post("/staff/account/code", {})
    await browser.post("/staff/sign-out", {})
    async with store.read() as tx:
        told = [row.what for row in await audit.latest(tx, 3)]
    assert told == ["signout", "staff.code", "account.password"]
