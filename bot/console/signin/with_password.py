"""Signing in with a name, a password and the six digits of an authenticator app, on one page."""

import asyncio
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office
from bot.console.signin import addresses, codes, coming_in, lockout, passwords
from bot.console.signin.porch import Caller, Porch, Step, own_path
from bot.store import accounts, audit, notices, staff
from bot.store.accounts import Account
from bot.store.staff import Member

LONGEST_NAME = 100


class Known(NamedTuple):
    """Whose name was typed, and how they sign in."""

    member: Member
    account: Account


class Proof(NamedTuple):
    """What the typed password and code were worth. `hash` is a newer one of the same password."""

    password: bool
    step: int | None
    hash: str | None


async def show(porch: Porch, caller: Caller) -> Response:
    asked = caller.request.query_params
    return page(porch.office, caller, then=own_path(asked.get("then", "")), said=asked.get("said", ""))


async def post(porch: Porch, caller: Caller) -> Response:
    name = " ".join(caller.form.get("name", "").split())[:LONGEST_NAME]
    then = own_path(caller.form.get("then", ""))
    known = await _known(porch.office, name)
    proof = await _weighed(porch, caller, known)
    async with porch.office.store.write() as tx:
        cookie = await _decided(porch.office, tx, caller, known, proof)
    if cookie is None:
        return page(porch.office, caller, 403, then=then, name=name, wrong=True)
    return coming_in.welcome(porch.office, cookie, then)


def page(office: Office, caller: Caller, status: int = 200, **shown: object) -> Response:
    """The sign-in page. The same for every name, so that nobody learns who is staff."""
    frame = {"then": "/staff", "name": "", "said": "", "wrong": False}
    frame |= {"token": caller.token, "sso": sso_name(office), "rp": addresses.host(office.settings)}
    frame["instead"] = addresses.instead(office.settings, caller.request.url.hostname or "")
    said = str(shown.get("said", ""))
    known = f"console.signin.said.{said}" in drawing.texts(office).sentences["en"]
    return drawing.bare(office, "signin.html", status, **(frame | shown | {"said": said if known else ""}))


def sso_name(office: Office) -> str:
    """What the button of single sign-on says; "" where there is none."""
    settings = office.settings
    return (settings.sso_name or settings.sso_issuer or "") if settings.sso_issuer else ""


async def _known(office: Office, name: str) -> Known | None:
    async with office.store.read() as tx:
        member = await staff.named(tx, name) if name else None
        if member is None or member.ended:
            return None
        account = await accounts.of(tx, member.id)
    return Known(member, account) if account else None


async def _weighed(porch: Porch, caller: Caller, known: Known | None) -> Proof:
    """Takes as long for a name that nobody has: the password is checked against nobody's."""
    password, kept = caller.form.get("password", ""), known.account.password if known else None
    async with porch.hashing:
        right = await asyncio.to_thread(passwords.fits, kept, password)
        newer = await asyncio.to_thread(passwords.renewed, kept, password) if right and kept else None
    return Proof(right, _step(porch.office, caller, known), newer)


def _step(office: Office, caller: Caller, known: Known | None) -> int | None:
    if known is None:
        return None
    account, code = known.account, caller.form.get("code", "")
    secret = codes.opened(office.settings, account.staff, account.totp, caller.now)
    return codes.right_step(secret, code, caller.now, account.totp_step) if secret else None


async def _decided(
    office: Office, tx: AsyncConnection, caller: Caller, known: Known | None, proof: Proof
) -> str | None:
    """The cookie of who may come in. The account is held meanwhile: tries at once are all counted."""
    now = await accounts.of(tx, known.account.staff, lock=True) if known else None
    if known is None or now is None:
        await coming_in.turn_away(tx, caller, "unknown name", "password")
        return None
    if now.locked_until and now.locked_until > caller.now:
        await coming_in.turn_away(tx, caller, coming_in.about(now.staff), "locked")
        return None
    same = now.changed == known.account.changed
    if not (same and proof.password and proof.step and await accounts.came_in(tx, now.staff, proof.step)):
        await _wrong(tx, caller, now)
        return None
    if proof.hash:
        await accounts.set_password(tx, now.staff, proof.hash)
    return await coming_in.start(office, tx, caller, known.member, "password")


async def _wrong(tx: AsyncConnection, caller: Caller, account: Account) -> None:
    about = coming_in.about(account.staff)
    failures, locked_until = lockout.after_wrong_try(account.failures, caller.now)
    await accounts.failed(tx, account.staff, failures, locked_until)
    if locked_until:
        await notices.add(tx, "signin-locked", about, caller.now)
    await coming_in.turn_away(tx, caller, about, "password")
    if locked_until:
        minutes = int((locked_until - caller.now).total_seconds() // 60)
        await audit.add(tx, coming_in.PAGE, "signin.locked", about, caller.now, f"{minutes} minutes")


STEPS: tuple[Step, ...] = (Step("/sign-in", "GET", show), Step("/sign-in", "POST", post))
