"""My account: how I sign in, where I am signed in, and the code that links my chat."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import RedirectResponse, Response

from bot.console import drawing
from bot.console.door import SIGN_IN, show_out
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.signin import addresses, passkeys, passwords
from bot.console.signin.again import fresh, sign_in_again
from bot.console.signin.chat_codes import number, telegram_code
from bot.console.signin.coming_in import about
from bot.console.signin.porch import clear_note
from bot.console.signin.with_passkey import NOTE, asking, need_a_name, new_passkey
from bot.store import accounts, audit, signins
from bot.store import passkeys as kept

HERE = "/staff/account"


async def show(office: Office, visit: Visit) -> Response:
    return await _page(office, visit)


async def _page(office: Office, visit: Visit, status: int = 200, **shown: object) -> Response:
    me = visit.member.id
    async with office.store.read() as tx:
        account, own = await accounts.of(tx, me), await kept.of_member(tx, me)
        browsers = await signins.of_member(tx, me, visit.now)
    drawn: dict[str, object] = {"mistake": "", "code": "", "passkeys": own, "browsers": browsers}
    drawn |= {"account": account, "fresh": await fresh(office, visit), "rp": addresses.host(office.settings)}
    return drawing.page(office, visit, "account.html", status, **(drawn | shown))


async def change_password(office: Office, visit: Visit) -> Response:
    if not await fresh(office, visit):
        return sign_in_again(HERE)
    password = visit.form.get("password", "")
    if mistake := passwords.mistake(password, visit.form.get("again", ""), visit.member.name):
        return await _page(office, visit, 422, mistake=mistake)
    hashed = await asyncio.to_thread(passwords.hashed, password)
    async with office.store.write() as tx:
        account = await accounts.of(tx, visit.member.id, lock=True)
        if account is None or not account.totp:
            raise Refusal("no-authenticator")
        await accounts.set_password(tx, visit.member.id, hashed, visit.now)
        await _others_end(tx, visit, "account.password")
    return drawing.back_to("/account", said="password-changed")


async def options(office: Office, visit: Visit) -> Response:
    """What the script of the page asks before a passkey is made."""
    need_a_name(office)
    if not await fresh(office, visit):
        raise Refusal("sign-in-again", 403)
    async with office.store.read() as tx:
        own = await kept.of_member(tx, visit.member.id)
    return asking(office, passkeys.ask_to_make(office.settings, visit.member, own, visit.now))


async def add_passkey(office: Office, visit: Visit) -> Response:
    if not await fresh(office, visit):
        return sign_in_again(HERE)
    new = new_passkey(office, visit, visit.member.id)
    async with office.store.write() as tx:
        if await accounts.of(tx, visit.member.id, lock=True) is None:
            raise Refusal("no-account")
        if not await kept.add(tx, visit.member.id, new, visit.now):
            raise Refusal("passkey-not-made", 409)
        await audit.add(tx, visit.who, "passkey.add", about(visit.member.id), visit.now)
    response = drawing.back_to("/account", said="passkey-added")
    clear_note(office, response, NOTE)
    return response


async def remove_passkey(office: Office, visit: Visit) -> Response:
    """Whoever has the device may be signed in with it, so other sign-ins end, too."""
    if not await fresh(office, visit):
        return sign_in_again(HERE)
    me = visit.member.id
    async with office.store.write() as tx:
        account = await accounts.of(tx, me, lock=True)
        others = account and (account.password or account.sso)
        if not others and len(await kept.of_member(tx, me)) < 2:
            raise Refusal("last-way")
        if not await kept.remove(tx, me, number(visit.form.get("passkey", ""))):
            raise Refusal("not-there", 404)
        await _others_end(tx, visit, "passkey.remove")
    return drawing.back_to("/account", said="passkey-removed")


async def code(office: Office, visit: Visit) -> Response:
    """The code is shown once; nobody can look it up again. A chat stays linked after this sign-in is over."""
    if not await fresh(office, visit):
        return sign_in_again(HERE)
    made = await telegram_code(office, visit, visit.member)
    return await _page(office, visit, code=made)


async def elsewhere(office: Office, visit: Visit) -> Response:
    async with office.store.write() as tx:
        await _others_end(tx, visit, "account.elsewhere")
    return drawing.back_to("/account", said="signed-out-elsewhere")


async def sign_out(office: Office, visit: Visit) -> Response:
    async with office.store.write() as tx:
        await signins.end(tx, visit.signin)
        await audit.add(tx, visit.who, "signout", about(visit.member.id), visit.now)
    response = RedirectResponse(f"{SIGN_IN}?said=signed-out", 303)
    show_out(office, response)
    return response


async def _others_end(tx: AsyncConnection, visit: Visit, what: str) -> None:
    await signins.end_all(tx, visit.member.id, but=visit.signin)
    await audit.add(tx, visit.who, what, about(visit.member.id), visit.now)


PAGES: tuple[Page, ...] = (
    Page("/account", "GET", "look", show),
    Page("/account/password", "POST", "look", change_password),
    Page("/account/passkeys/options", "POST", "look", options),
    Page("/account/passkeys", "POST", "look", add_passkey),
    Page("/account/passkeys/remove", "POST", "look", remove_passkey),
    Page("/account/code", "POST", "look", code),
    Page("/account/elsewhere", "POST", "look", elsewhere),
    Page("/sign-out", "POST", "look", sign_out),
)
