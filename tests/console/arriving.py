"""How staff come in, in tests: by invitation, by password and code, by a passkey made of software."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

from bot.console.office import Office
from bot.console.signin import inviting, passwords
from bot.store import staff
from bot.store.audit import COMMAND_LINE
from bot.store.staff import Member, Role
from tests.console.desk import SAME, TOKEN, URL, Browser
from tests.databases import Clock

PASSWORD = "three quiet otters"
SECRET = re.compile(r"<code>([A-Z2-7 ]+)</code>")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real hash costs 64 MB and 50 ms each time, which is its point."""
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


async def invited(office: Office, name: str = "Mary", role: Role = "navigator") -> str:
    """The path of a fresh link for this member."""
    async with office.store.write() as tx:
        member = await staff.named(tx, name) or await staff.add(tx, name, role, office.clock())
        assert member
        link = await inviting.link(tx, office.settings, member, COMMAND_LINE, office.clock())
    return link.removeprefix(URL)


async def member_of(office: Office, name: str = "Mary") -> Member:
    async with office.store.read() as tx:
        found = await staff.named(tx, name)
    assert found
    return found


def code_of(secret: str, clock: Clock) -> str:
    return pyotp.TOTP(secret).at(clock())


async def with_password(browser: Browser, clock: Clock, name: str = "Mary", role: Role = "navigator") -> str:
    """An account with PASSWORD, signed in; the secret of its authenticator app."""
    path = await invited(browser.office, name, role)
    await browser.open(path)
    secret = secret_on(browser)
    fields = {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret, clock)}
    answer = await browser.post(f"{path}/password", fields)
    assert answer.status_code == 200
    clock.forward(seconds=30)
    return secret


def secret_on(browser: Browser) -> str:
    """What an authenticator app is given on this page."""
    found = SECRET.search(browser.html)
    assert found
    return found[1].replace(" ", "")


async def knock(
    browser: Browser, name: str, password: str, code: str, then: str = "/staff"
) -> httpx.Response:
    """Fill in the sign-in page; the answer itself, not where it leads."""
    await browser.open("/staff/sign-in")
    fields = {"name": name, "password": password, "code": code, "then": then}
    return await post_only(browser, "/staff/sign-in", fields)


async def post_only(
    browser: Browser, path: str, fields: dict[str, str], headers: dict[str, str] = SAME
) -> httpx.Response:
    data = {"token": TOKEN.findall(browser.html)[0], **fields}
    return await browser.http.post(path, data=data, headers=headers)


@dataclass
class Device:
    """A phone that keeps one passkey. It signs for any origin it is told, as a broken browser would."""

    origin: str = URL
    rp: str = "staff.test"
    flags: int = 0x05
    """Somebody is there (1), and proved to the device who they are (4)."""
    count: int = 0
    id: bytes = b"passkey of mary's phone"
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """The answer to a request for a new passkey."""
        self.handle = plain(options["user"]["id"])
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + self._public()
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._about(0x40) + credential}
        return self._answer(
            {
                "clientDataJSON": written(self._client("webauthn.create", options["challenge"])),
                "attestationObject": written(encode_cbor(attestation)),
            }
        )

    def sign(self, options: dict[str, Any]) -> str:
        """The answer to a request to sign in."""
        self.count += 1
        client, about = self._client("webauthn.get", options["challenge"]), self._about(0)
        signature = self.key.sign(about + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": written(client),
                "authenticatorData": written(about),
                "signature": written(signature),
                "userHandle": written(self.handle),
            }
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _about(self, more: int) -> bytes:
        flags = bytes([self.flags | more])
        return sha256(self.rp.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return encode_cbor(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps(
            {"id": written(self.id), "rawId": written(self.id), "type": "public-key", "response": response}
        )


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def plain(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def asked(browser: Browser, path: str) -> dict[str, Any]:
    """What the page's script gets when it asks for a challenge."""
    answer = await post_only(browser, path, {})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
