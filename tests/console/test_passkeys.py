"""Passkeys: made once, signed for our challenge on our own site, and never twice with the same answer."""

from dataclasses import replace

from bot.store import audit
from bot.store.engine import Store
from bot.store.tables import passkeys as passkey_rows
from tests.console.arriving import Device, asked, cheap_passwords, invited, post_only, with_password
from tests.console.desk import Browser, office_of, settings_of, words
from tests.databases import Clock, column

__all__ = ["cheap_passwords"]
UNVERIFIED, ABSENT = 0x01, 0x04
NONSENSE = (
    *("", "{", "[]", "null", '"x"', '{"id": 1}'),
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}',
)
OPTIONS, SIGN_IN = "/staff/sign-in/passkey/options", "/staff/sign-in/passkey"


async def moved_in(browser: Browser, clock: Clock, device: Device | None = None) -> Device:
    """Mary with a passkey and nothing else, some minutes later."""
    device, path = device or Device(), await invited(browser.office)
    await browser.open(path)
    answer = device.make(await asked(browser, f"{path}/passkey/options"))
    made = await post_only(browser, f"{path}/passkey", {"credential": answer, "passkey-name": "my phone"})
    assert made.status_code == 303, words(made.text)
    clock.forward(minutes=5)
    return device


async def sign_in(browser: Browser, device: Device) -> int:
    """The status of the answer to what the device has signed."""
    await browser.open("/staff/sign-in")
    answer = device.sign(await asked(browser, OPTIONS))
    return (await post_only(browser, SIGN_IN, {"credential": answer})).status_code


async def test_an_invitation_can_be_answered_with_a_passkey(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await moved_in(browser, clock)
    assert "my phone" in words((await browser.open("/staff/account")).text)


async def test_the_passkey_lets_in_without_a_name(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    device = await moved_in(Browser(office), clock)
    browser = Browser(office)
    assert await sign_in(browser, device) == 303
    assert "Mary" in words((await browser.open("/staff")).text)
    assert await column(store, passkey_rows, "sign_count") == [1]


async def test_the_same_answer_never_counts_again(store: Store, clock: Clock) -> None:
    """Not even one without a count, from a thief who holds both the answer and the cookie."""
    office = office_of(store, clock)
    device = await moved_in(Browser(office), clock)
    browser, thief = Browser(office), Browser(office)
    await browser.open("/staff/sign-in")
    options = await asked(browser, OPTIONS)
    device.count = -1
    fields = {"credential": device.sign(options)}
    thief.http.cookies, thief.html = type(browser.http.cookies)(browser.http.cookies), browser.html
    assert (await post_only(browser, SIGN_IN, fields)).status_code == 303
    assert (await post_only(thief, SIGN_IN, fields)).status_code == 403


async def test_a_challenge_lasts_five_minutes(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    device = await moved_in(Browser(office), clock)
    browser = Browser(office)
    await browser.open("/staff/sign-in")
    answer = device.sign(await asked(browser, OPTIONS))
    clock.forward(minutes=5, seconds=1)
    assert (await post_only(browser, SIGN_IN, {"credential": answer})).status_code == 403


async def test_an_answer_to_another_browsers_challenge_is_refused(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    device = await moved_in(Browser(office), clock)
    one, other = Browser(office), Browser(office)
    for browser in (one, other):
        await browser.open("/staff/sign-in")
    await asked(other, OPTIONS)
    answer = device.sign(await asked(one, OPTIONS))
    assert (await post_only(other, SIGN_IN, {"credential": answer})).status_code == 403


async def test_what_was_signed_for_somebody_else_is_refused(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    device = await moved_in(browser, clock)
    for wrong in (
        replace(device, origin="https://staff.test.evil.test"),
        replace(device, origin="https://staff.test"),
        replace(device, rp="evil.test"),
        replace(device, flags=UNVERIFIED),
        replace(device, flags=ABSENT),
        replace(device, id=b"nobody has this one"),
        replace(device, handle=b"somebody else"),
        replace(device, key=Device().key),
    ):
        clock.forward(minutes=1)
        assert await sign_in(browser, wrong) == 403, wrong
        async with store.read() as tx:
            assert (await audit.latest(tx, 1))[0].what == "signin.refused"
    assert await sign_in(browser, device) == 303


async def test_a_copied_passkey_shows_by_its_count(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    device = await moved_in(Browser(office), clock)
    device.count = 7
    assert await sign_in(Browser(office), device) == 303
    clock.forward(minutes=1)
    device.count = 3
    assert await sign_in(Browser(office), device) == 403


async def test_a_challenge_for_signing_in_makes_no_passkey(store: Store, clock: Clock) -> None:
    browser, device = Browser(office_of(store, clock)), Device()
    path = await invited(browser.office)
    await browser.open(path)
    options = await asked(browser, f"{path}/passkey/options")
    sign_in = await asked(browser, OPTIONS)
    answer = device.make(options | {"challenge": sign_in["challenge"]})
    assert (await post_only(browser, f"{path}/passkey", {"credential": answer})).status_code == 422
    assert await column(store, passkey_rows, "id") == []


async def test_one_passkey_belongs_to_one_member(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    device = await moved_in(Browser(office), clock)
    browser, path = Browser(office), await invited(office, "Maud")
    await browser.open(path)
    answer = device.make(await asked(browser, f"{path}/passkey/options"))
    assert (await post_only(browser, f"{path}/passkey", {"credential": answer})).status_code == 409
    assert (await browser.open(path)).status_code == 200


async def test_nonsense_is_refused_kindly(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    path = await invited(browser.office)
    await browser.open(path)
    for answer in NONSENSE:
        clock.forward(minutes=1)
        await asked(browser, OPTIONS)
        assert (await post_only(browser, SIGN_IN, {"credential": answer})).status_code == 403
        await asked(browser, f"{path}/passkey/options")
        assert (await post_only(browser, f"{path}/passkey", {"credential": answer})).status_code == 422


async def test_a_second_passkey_is_added_and_removed_in_the_account(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    browser, device = Browser(office), Device()
    await with_password(browser, clock)
    await browser.open("/staff/account")
    answer = device.make(await asked(browser, "/staff/account/passkeys/options"))
    await browser.post("/staff/account/passkeys", {"credential": answer, "passkey-name": "blue key"})
    assert "blue key" in words(browser.html)
    clock.forward(seconds=30)
    assert await sign_in(Browser(office), device) == 303
    await browser.open("/staff/account")
    await browser.post("/staff/account/passkeys/remove", {"passkey": "1"})
    assert "blue key" not in words(browser.html)
    assert await sign_in(Browser(office), device) == 403


async def test_the_only_way_in_cannot_be_removed(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await moved_in(browser, clock)
    await browser.open("/staff/account")
    answer = await browser.post("/staff/account/passkeys/remove", {"passkey": "1"})
    assert answer.status_code == 409
    assert "your only way" in words(answer.text)


async def test_nobody_removes_a_passkey_of_somebody_else(store: Store, clock: Clock) -> None:
    office = office_of(store, clock)
    await moved_in(Browser(office), clock)
    browser = Browser(office)
    await with_password(browser, clock, "Maud", "admin")
    await browser.open("/staff/account")
    assert (await browser.post("/staff/account/passkeys/remove", {"passkey": "1"})).status_code == 404
    assert await column(store, passkey_rows, "id") == [1]


async def test_opened_by_a_number_the_page_says_where_passkeys_work(store: Store, clock: Clock) -> None:
    settings = settings_of().model_copy(update={"public_url": None})
    http = Browser(office_of(store, clock, settings=settings)).http
    page = await http.get("http://127.0.0.1:8080/staff/sign-in?then=/staff/queue")
    assert "Passkeys do not work at an address that is only a number" in words(page.text)
    assert 'href="http://localhost:8080/staff/sign-in?then=/staff/queue"' in page.text
    for address in ("http://localhost:8080", "http://staff.test"):
        assert "only a number" not in (await http.get(f"{address}/staff/sign-in")).text
    public = await Browser(office_of(store, clock)).http.get("http://127.0.0.1:8080/staff/sign-in")
    assert "only a number" not in public.text
