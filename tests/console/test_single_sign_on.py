"""Single sign-on, against a real OpenID Connect provider on this machine, over real HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from oidc_provider_mock import User, run_server_in_thread

from bot.clock import now as really_now
from bot.console.office import Office
from bot.console.signin.single_sign_on import Expected, NotProven, Subject, subject_of
from bot.store import audit
from bot.store.engine import Store
from bot.store.tables import accounts
from tests.console.arriving import cheap_passwords, invited, member_of
from tests.console.desk import URL, Browser, office_of, settings_of, words
from tests.databases import START, Clock, column

__all__ = ["cheap_passwords"]
HTTP = {"sec-fetch-site": "cross-site"}
EXPECTED = Expected("https://works.test", "prehab", "n")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    users = [User(sub=sub, claims={"name": f"{sub.title()} of Work"}) for sub in ("mary", "maud", "jo")]
    with run_server_in_thread(require_nonce=True, user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def office(store: Store, clock: Clock, provider: str) -> Office:
    """By the real clock: the provider has no other."""
    settings = settings_of(
        sso_issuer=provider, sso_client_id="prehab", sso_client_secret="shh", sso_name="Works"
    )
    return replace(office_of(store, clock, settings=settings), clock=really_now)


async def at_the_provider(browser: Browser, path: str, sub: str) -> str:
    """Follow our link there, prove to be `sub`; the path that it sends the browser back to."""
    sent = await browser.http.get(path)
    assert sent.status_code == 303, words(sent.text)
    async with httpx.AsyncClient() as outside:
        answer = await outside.post(sent.headers["location"], data={"sub": sub})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"]).removeprefix(URL)


async def come_back(browser: Browser, path: str) -> httpx.Response:
    return await browser.http.get(path, headers=HTTP)


async def linked(office: Office, sub: str = "mary", name: str = "Mary") -> None:
    browser, path = Browser(office), await invited(office, name)
    assert "Sign in with Works" in words((await browser.open(path)).text)
    answer = await come_back(browser, await at_the_provider(browser, f"{path}/sso", sub))
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")


async def sign_in(browser: Browser, sub: str) -> httpx.Response:
    return await come_back(
        browser, await at_the_provider(browser, "/staff/sign-in/sso?then=/staff/account", sub)
    )


async def test_who_was_linked_by_their_invitation_comes_in(office: Office) -> None:
    await linked(office)
    browser = Browser(office)
    answer = await sign_in(browser, "mary")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/account")
    assert "Mary" in words((await browser.open("/staff")).text)


async def test_the_provider_is_asked_with_state_nonce_and_pkce(office: Office, provider: str) -> None:
    sent = await Browser(office).http.get("/staff/sign-in/sso")
    address = urlsplit(sent.headers["location"])
    asked = {name: value[0] for name, value in parse_qs(address.query).items()}
    assert sent.headers["location"].startswith(f"{provider}/oauth2/authorize?")
    assert asked["redirect_uri"] == f"{URL}/staff/sign-in/sso/back"
    assert asked["code_challenge_method"] == "S256"
    assert all(len(asked[name]) == 43 for name in ("state", "nonce", "code_challenge"))
    assert asked["state"] not in sent.headers["set-cookie"]


async def test_a_link_elsewhere_ties_nobody_to_an_invitation(office: Office) -> None:
    path = await invited(office)
    assert (await come_back(Browser(office), f"{path}/sso")).status_code == 403


async def test_an_unknown_subject_is_refused_kindly(office: Office, store: Store) -> None:
    answer = await sign_in(Browser(office), "maud")
    assert answer.status_code == 403
    assert "not linked to anybody here" in words(answer.text)
    async with store.read() as tx:
        row = (await audit.latest(tx, 1))[0]
    assert (row.what, row.about) == ("signin.refused", "unknown subject")


async def test_a_subject_belongs_to_one_member_and_the_link_stays_good(office: Office) -> None:
    await linked(office)
    browser, path = Browser(office), await invited(office, "Maud")
    answer = await come_back(browser, await at_the_provider(browser, f"{path}/sso", "mary"))
    assert answer.status_code == 409
    assert (await browser.open(path)).status_code == 200


async def test_an_answer_that_another_browser_asked_for_is_refused(office: Office) -> None:
    await linked(office)
    theirs, ours = Browser(office), Browser(office)
    path = await at_the_provider(theirs, "/staff/sign-in/sso", "mary")
    assert (await come_back(ours, path)).status_code == 400
    await ours.http.get("/staff/sign-in/sso")
    assert (await come_back(ours, path)).status_code == 403


async def test_an_answer_works_once(office: Office) -> None:
    await linked(office)
    browser = Browser(office)
    path = await at_the_provider(browser, "/staff/sign-in/sso", "mary")
    note = browser.http.cookies["staff-sso"]
    assert (await come_back(browser, path)).status_code == 303
    assert (await come_back(browser, path)).status_code == 400
    browser.http.cookies.set("staff-sso", note, domain="staff.test")
    assert (await come_back(browser, path)).status_code == 403


async def test_who_has_left_does_not_come_in(office: Office, store: Store) -> None:
    await linked(office)
    admin = Browser(office)
    await admin.sign_in()
    mary = await member_of(office)
    await admin.open(f"/staff/team/{mary.id}")
    await admin.post(f"/staff/team/{mary.id}/end", {})
    assert (await sign_in(Browser(office), "mary")).status_code == 403
    assert await column(store, accounts, "sso") == []


async def test_a_provider_that_does_not_answer_is_told(store: Store, clock: Clock) -> None:
    settings = settings_of(sso_issuer="http://localhost:9", sso_client_id="prehab", sso_client_secret="shh")
    answer = await Browser(office_of(store, clock, settings=settings)).http.get("/staff/sign-in/sso")
    assert answer.status_code == 502
    assert "does not answer" in words(answer.text)


async def test_where_there_is_no_single_sign_on_nothing_offers_it(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    assert "sso" not in (await browser.open("/staff/sign-in")).text
    assert (await browser.open("/staff/sign-in/sso")).status_code == 404
    assert (await browser.open("/staff/sign-in/sso/back?code=x&state=y")).status_code == 400


def claims(**other: object) -> dict[str, object]:
    at = int(START.timestamp())
    own = {
        "iss": "https://works.test",
        "sub": "mary",
        "aud": "prehab",
        "nonce": "n",
        "iat": at,
        "exp": at + 60,
    }
    return own | other


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.test"},
        {"aud": "another service"},
        {"aud": ["prehab", "another service"]},
        {"nonce": "of another page"},
        {"exp": int(START.timestamp()) - 61},
        {"iat": int(START.timestamp()) + 61},
        {"sub": ""},
        {"sub": "x" * 500},
    ],
)
def test_a_token_for_somebody_else_proves_nothing(
    keys: tuple[RSAKey, RSAKey], wrong: dict[str, object]
) -> None:
    with pytest.raises(NotProven):
        read(keys[0], keys[0], **wrong)


def test_a_token_counts_when_the_provider_signed_it(keys: tuple[RSAKey, RSAKey]) -> None:
    assert read(keys[0], keys[0]).id == "https://works.test mary"
    with pytest.raises(NotProven):
        read(keys[0], keys[1])


def test_a_token_that_nobody_signed_proves_nothing(keys: tuple[RSAKey, RSAKey]) -> None:
    for token in ("", "x.y.z", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJ5In0."):
        with pytest.raises(NotProven):
            subject_of(token, KeySet([keys[0]]).as_dict(), EXPECTED, START)


@pytest.fixture(scope="module")
def keys() -> tuple[RSAKey, RSAKey]:
    """The provider's, and somebody else's."""
    return RSAKey.generate_key(2048), RSAKey.generate_key(2048)


def read(known: RSAKey, signed_by: RSAKey, **changed: object) -> Subject:
    token = jwt.encode({"alg": "RS256"}, claims(**changed), signed_by)
    return subject_of(token, KeySet([known]).as_dict(), EXPECTED, START)
