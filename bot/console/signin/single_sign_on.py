"""The other side of single sign-on: an OpenID Connect provider, asked by code with state, nonce and PKCE."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.console.signin import addresses
from bot.settings import Settings

if TYPE_CHECKING:
    from httpx import AsyncClient, Auth

# The libraries take a third of a second to import, so that they are imported where they are first needed.

SECONDS = 10.0
"""A provider that takes longer is told to the person, who can try again."""
LEEWAY = 60
"""Seconds by which its clock may be wrong."""
BACK = "/sign-in/sso/back"
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Never "none", and never a key that we know ourselves."""
LONGEST = 500
"""Characters of issuer and subject together."""


class NotAnswering(Exception):
    """The provider cannot be reached, or does not speak OpenID Connect."""


class NotProven(Exception):
    """It did not say who this is: refused, forged, too old, or meant for another page."""


@dataclass(frozen=True, slots=True)
class Started:
    """Where the browser goes, and what its cookie keeps until it comes back."""

    address: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who somebody is to the provider, as "<issuer> <subject>", and the name it has for them."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Who must have signed a token, for whom, in answer to what."""

    issuer: str
    client: str
    nonce: str


async def start(settings: Settings) -> Started:
    """Raises NotAnswering."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    async with _line() as line:
        about = await _about(settings, line)
    address = prepare_grant_uri(
        about["authorization_endpoint"],
        settings.sso_client_id,
        "code",
        redirect_uri=addresses.link(settings, BACK),
        scope="openid profile",
        state=kept["state"],
        nonce=kept["nonce"],
        code_challenge=create_s256_code_challenge(kept["verifier"]),
        code_challenge_method="S256",
    )
    return Started(address, kept)


async def finish(
    settings: Settings, answer: Mapping[str, str], kept: Mapping[str, str], now: datetime
) -> Subject:
    """Who it is, from the provider's answer and what we kept. Raises NotAnswering, NotProven."""
    code, state = answer.get("code", ""), answer.get("state", "")
    if not code or not secrets.compare_digest(state.encode(), kept["state"].encode()):
        raise NotProven
    async with _line() as line:
        about = await _about(settings, line)
        token = await _token(settings, line, about, code, kept["verifier"])
        keys = await _read(line, about["jwks_uri"])
    expected = Expected(about["issuer"], settings.sso_client_id, kept["nonce"])
    return subject_of(token, keys, expected, now)


def subject_of(token: str, keys: Mapping[str, Any], expected: Expected, now: datetime) -> Subject:
    """Who an ID token is about, if one of these keys signed it for us, and now. Raises NotProven."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    values = {"iss": expected.issuer, "aud": expected.client}
    options = {name: {"essential": True, "value": value} for name, value in values.items()}
    asked = {"nonce": expected.nonce, "client_id": expected.client}
    try:
        read = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=SIGNED_BY)  # type: ignore[arg-type]
        claims = CodeIDToken(read.claims, read.header, options, asked)
        claims.validate(int(now.timestamp()), LEEWAY)
    except (JoseError, LookupError, TypeError, ValueError) as error:
        raise NotProven from error
    id = f"{expected.issuer} {claims['sub']}"
    if not claims["sub"] or len(id) > LONGEST:
        raise NotProven
    return Subject(id, str(claims.get("name") or ""))


async def _about(settings: Settings, line: "AsyncClient") -> dict[str, str]:
    """The provider's own description. Asked anew each time: staff sign in a few times a day."""
    issuer = settings.sso_issuer or ""
    found = await _read(line, issuer.rstrip("/") + "/.well-known/openid-configuration")
    needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(isinstance(found.get(name), str) for name in needed):
        raise NotAnswering
    plain = any(str(found[name]).startswith("http://") for name in needed)
    if found["issuer"].rstrip("/") != issuer.rstrip("/") or (plain and issuer.startswith("https://")):
        raise NotAnswering
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return {name: found[name] for name in needed} | {"methods": " ".join(map(str, methods))}


async def _token(
    settings: Settings, line: "AsyncClient", about: Mapping[str, str], code: str, verifier: str
) -> str:
    """The ID token for the code that the browser brought."""
    from httpx import BasicAuth

    secret = settings.sso_client_secret.get_secret_value() if settings.sso_client_secret else ""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": addresses.link(settings, BACK),
        "code_verifier": verifier,
    }
    by_form = "client_secret_basic" not in about["methods"] and "client_secret_post" in about["methods"]
    if by_form:
        asked |= {"client_id": settings.sso_client_id, "client_secret": secret}
    proof = None if by_form else BasicAuth(quote(settings.sso_client_id, ""), quote(secret, ""))
    found = await _read(line, about["token_endpoint"], asked, proof)
    if not isinstance(found.get("id_token"), str):
        raise NotProven
    return str(found["id_token"])


async def _read(
    line: "AsyncClient", address: str, posted: Mapping[str, str] | None = None, proof: "Auth | None" = None
) -> dict[str, Any]:
    """A JSON object from the provider. Raises NotAnswering, and NotProven when it refuses what was posted."""
    from httpx import USE_CLIENT_DEFAULT, HTTPError, InvalidURL

    try:
        if posted is None:
            answer = await line.get(address)
        else:
            answer = await line.post(address, data=dict(posted), auth=proof or USE_CLIENT_DEFAULT)
        found = answer.json()
    except (HTTPError, InvalidURL, ValueError) as error:
        raise NotAnswering from error
    if posted is not None and 400 <= answer.status_code < 500:
        raise NotProven
    if not answer.is_success or not isinstance(found, dict):
        raise NotAnswering
    return found


def _line() -> "AsyncClient":
    from httpx import AsyncClient

    return AsyncClient(timeout=SECONDS, headers={"accept": "application/json"})
