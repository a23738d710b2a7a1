"""Signing in with a passkey: the browser asks for a challenge, and posts what the passkey signed."""

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Refusal, Visit
from bot.console.signin import addresses, coming_in, passkeys
from bot.console.signin.passkeys import Asked, NotProven
from bot.console.signin.porch import Caller, Porch, Step, clear_note, note, own_path, set_note
from bot.store import accounts, staff
from bot.store import passkeys as kept
from bot.store.passkeys import New, Passkey
from bot.store.staff import Member

LONGEST_NAME = 100
NOTE = "passkey"
"""The cookie in which a challenge waits for its answer."""


async def options(porch: Porch, caller: Caller) -> Response:
    need_a_name(porch.office)
    return asking(porch.office, passkeys.ask_to_sign(porch.office.settings, caller.now))


async def post(porch: Porch, caller: Caller) -> Response:
    async with porch.office.store.write() as tx:
        cookie = await _signed_in(porch.office, tx, caller)
    if cookie is None:
        raise Refusal("passkey-wrong", 403)
    response = coming_in.welcome(porch.office, cookie, own_path(caller.form.get("then", "")))
    clear_note(porch.office, response, NOTE)
    return response


def need_a_name(office: Office) -> None:
    """Raises Refusal where the website has a number for an address: no browser keeps passkeys for it."""
    if not addresses.host(office.settings):
        raise Refusal("passkey-nowhere", 409)


def asking(office: Office, asked: Asked) -> Response:
    """The challenge to the script of the page, and into a cookie of its own."""
    response = Response(asked.options, media_type="application/json")
    set_note(office, response, NOTE, asked.sealed)
    return response


def new_passkey(office: Office, asked: Caller | Visit, member: int) -> New:
    """What the browser made for this member. Raises Refusal."""
    sealed = note(office, asked.request, NOTE)
    try:
        challenge = passkeys.asked_to_make(office.settings, member, sealed, asked.now)
        name = _name(office, asked.form.get("passkey-name", ""))
        return passkeys.made(office.settings, asked.form.get("credential", ""), challenge, name)
    except NotProven:
        raise Refusal("passkey-not-made", 422) from None


def _name(office: Office, typed: str) -> str:
    return " ".join(typed.split())[:LONGEST_NAME] or drawing.texts(office)("console.signin.passkey-unnamed")


async def _signed_in(office: Office, tx: AsyncConnection, caller: Caller) -> str | None:
    """The cookie of whose passkey it is; None, with a row in the log, when it does not hold."""
    passkey = None
    try:
        answer = caller.form.get("credential", "")
        passkey = await kept.of_credential(tx, passkeys.credential_of(answer))
        member = await _owner(tx, passkey)
        if passkey and member and await _holds(office, tx, caller, passkey):
            return await coming_in.start(office, tx, caller, member, "passkey")
    except NotProven:
        pass
    whom = coming_in.about(passkey.staff) if passkey else "unknown passkey"
    await coming_in.turn_away(tx, caller, whom, "passkey")
    return None


async def _owner(tx: AsyncConnection, passkey: Passkey | None) -> Member | None:
    """Held until they are in: their account may be going away just now."""
    if passkey is None or await accounts.of(tx, passkey.staff, lock=True) is None:
        return None
    member = await staff.of_id(tx, passkey.staff)
    return None if member is None or member.ended else member


async def _holds(office: Office, tx: AsyncConnection, caller: Caller, passkey: Passkey) -> bool:
    """Whether it signed our challenge just now. Noted with it, so that the same answer never counts again."""
    sealed = note(office, caller.request, NOTE)
    challenge = passkeys.asked_to_sign(office.settings, sealed, caller.now)
    count = passkeys.signed(office.settings, caller.form.get("credential", ""), challenge, passkey)
    return await kept.use(tx, passkey.id, count, challenge.asked, caller.now)


STEPS: tuple[Step, ...] = (
    Step("/sign-in/passkey/options", "POST", options),
    Step("/sign-in/passkey", "POST", post),
)
