"""Passkeys: what a browser is asked to make or to sign, and whether its answer holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.console.signin import addresses
from bot.console.signin.sealing import key, seal, unseal
from bot.settings import Settings
from bot.store.passkeys import New, Passkey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.store.staff import Member

# The library takes a fifth of a second to import, so that it is imported where it is first needed.

Result = TypeVar("Result")
LASTS = timedelta(minutes=5)
SERVICE = "Prehab Navigator"
LONGEST = 16 * 1024
"""Characters of a browser's answer."""


class NotProven(Exception):
    """The answer does not hold: another challenge, another site, another key, or nothing sensible at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A challenge, as the browser gets it (`options`, JSON) and as its cookie keeps it (`sealed`)."""

    options: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was asked, and when."""

    bytes: bytes
    asked: datetime


def ask_to_sign(settings: Settings, now: datetime) -> Asked:
    """For signing in: any passkey that the browser has for us."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    made = generate_authentication_options(
        rp_id=addresses.host(settings), user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(options_to_json(made), _sealed(settings, "in", made.challenge, now))


def ask_to_make(settings: Settings, member: "Member", theirs: "Sequence[Passkey]", now: datetime) -> Asked:
    """For a new passkey of this member, on a device that has none of theirs yet."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import structs

    made = generate_registration_options(
        rp_id=addresses.host(settings),
        rp_name=SERVICE,
        user_name=member.name,
        user_id=handle(settings, member.id),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one.credential) for one in theirs],
    )
    return Asked(options_to_json(made), _sealed(settings, f"make {member.id}", made.challenge, now))


def asked_to_sign(settings: Settings, sealed: str, now: datetime) -> Challenge:
    return _challenge(settings, "in", sealed, now)


def asked_to_make(settings: Settings, member: int, sealed: str, now: datetime) -> Challenge:
    return _challenge(settings, f"make {member}", sealed, now)


def credential_of(answer: str) -> bytes:
    """Which passkey the browser says has signed."""
    from webauthn.helpers import parse_authentication_credential_json

    return _proven(lambda: parse_authentication_credential_json(answer[:LONGEST])).raw_id


def signed(settings: Settings, answer: str, challenge: Challenge, passkey: Passkey) -> int:
    """The passkey's new count, when it has signed this challenge for us and knew its owner."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_authentication_credential_json

    told = _proven(lambda: parse_authentication_credential_json(answer[:LONGEST])).response.user_handle
    if told and told != handle(settings, passkey.staff):
        raise NotProven
    return _proven(
        lambda: verify_authentication_response(
            credential=answer[:LONGEST],
            expected_challenge=challenge.bytes,
            expected_rp_id=addresses.host(settings),
            expected_origin=addresses.origin(settings),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    ).new_sign_count


def made(settings: Settings, answer: str, challenge: Challenge, name: str) -> New:
    """The new passkey, under the name that its owner gave it."""
    from webauthn import verify_registration_response

    found = _proven(
        lambda: verify_registration_response(
            credential=answer[:LONGEST],
            expected_challenge=challenge.bytes,
            expected_rp_id=addresses.host(settings),
            expected_origin=addresses.origin(settings),
            require_user_verification=True,
        )
    )
    return New(found.credential_id, found.credential_public_key, found.sign_count, name)


def handle(settings: Settings, member: int) -> bytes:
    """How a passkey calls its owner: nothing that anybody else can read."""
    return key(settings, f"passkey owner {member}")


def _sealed(settings: Settings, purpose: str, challenge: bytes, now: datetime) -> str:
    values = {"challenge": challenge.hex(), "asked": now.isoformat()}
    return seal(settings, f"passkey {purpose}", values, now)


def _challenge(settings: Settings, purpose: str, sealed: str, now: datetime) -> Challenge:
    found = unseal(settings, f"passkey {purpose}", sealed, now, LASTS)
    if found is None:
        raise NotProven
    return Challenge(bytes.fromhex(found["challenge"]), datetime.fromisoformat(found["asked"]))


def _proven(check: "Callable[[], Result]") -> Result:
    """What the library says; whatever it stumbles over in a browser's answer is no proof."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return check()
    except (WebAuthnException, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise NotProven from error
