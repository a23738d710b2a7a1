"""A new authenticator app for my account; the old one counts until a code of the new one was right."""

import asyncio

from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.signin import codes, passwords
from bot.console.signin.again import fresh, sign_in_again
from bot.console.signin.coming_in import about
from bot.store import accounts, audit, signins
from bot.store.accounts import Account

HERE = "/staff/account/authenticator"


async def show(office: Office, visit: Visit) -> Response:
    if not await fresh(office, visit):
        return sign_in_again(HERE)
    return _page(office, visit, await _account(office, visit))


async def picture(office: Office, visit: Visit) -> Response:
    secret = _secret(office, visit, await _account(office, visit))
    return Response(codes.picture(secret, visit.member.name), media_type="image/svg+xml")


async def change(office: Office, visit: Visit) -> Response:
    if not await fresh(office, visit):
        return sign_in_again(HERE)
    account = await _account(office, visit)
    step = codes.right_step(_secret(office, visit, account), visit.form.get("code", ""), visit.now)
    mistake = "" if account.password else _mistake(visit)
    if mistake or not step:
        return _page(office, visit, account, 422, mistake or "code")
    await _keep(office, visit, account, step)
    return drawing.back_to("/account", said="authenticator-changed")


async def _keep(office: Office, visit: Visit, account: Account, step: int) -> None:
    me, secret = visit.member.id, _secret(office, visit, account)
    password = visit.form.get("password", "") if not account.password else ""
    hashed = await asyncio.to_thread(passwords.hashed, password) if password else ""
    async with office.store.write() as tx:
        now = await accounts.of(tx, me, lock=True)
        if now is None or now.changed != account.changed:
            raise Refusal("changed-meanwhile")
        sealed = codes.kept(office.settings, me, secret, visit.now)
        await accounts.set_authenticator(tx, me, sealed, step, visit.now)
        if hashed:
            await accounts.set_password(tx, me, hashed, visit.now)
        await signins.end_all(tx, me, but=visit.signin)
        await audit.add(tx, visit.who, "account.authenticator", about(me), visit.now)


def _mistake(visit: Visit) -> str:
    """Who came by passkey or single sign-on chooses a password along with the app."""
    return passwords.mistake(visit.form.get("password", ""), visit.form.get("again", ""), visit.member.name)


async def _account(office: Office, visit: Visit) -> Account:
    async with office.store.read() as tx:
        account = await accounts.of(tx, visit.member.id)
    if account is None:
        raise Refusal("no-account")
    return account


def _secret(office: Office, visit: Visit, account: Account) -> str:
    """Another one after each change, and in each sign-in."""
    occasion = f"sign-in {visit.signin} of {account.staff}, account of {account.changed.isoformat()}"
    return codes.secret_for(office.settings, occasion)


def _page(office: Office, visit: Visit, account: Account, status: int = 200, mistake: str = "") -> Response:
    secret = codes.in_fours(_secret(office, visit, account))
    shown = {"secret": secret, "mistake": mistake, "with_password": not account.password}
    return drawing.page(office, visit, "account-authenticator.html", status, **shown)


PAGES: tuple[Page, ...] = (
    Page("/account/authenticator", "GET", "look", show),
    Page("/account/authenticator", "POST", "look", change),
    Page("/account/authenticator/code.svg", "GET", "look", picture),
)
