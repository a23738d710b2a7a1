"""The page behind a one-time link: choose how you sign in from now on. Opening it uses nothing up."""

import asyncio
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Refusal
from bot.console.signin import addresses, codes, coming_in, inviting, passkeys, passwords
from bot.console.signin.porch import Caller, Porch, Step, clear_note
from bot.console.signin.with_passkey import NOTE, asking, need_a_name, new_passkey
from bot.console.signin.with_password import LONGEST_NAME, sso_name
from bot.store import accounts, audit, invitations, staff
from bot.store import passkeys as kept
from bot.store.accounts import Way
from bot.store.audit import Who
from bot.store.invitations import Invited
from bot.store.passkeys import New
from bot.store.staff import Member


class Chosen(NamedTuple):
    """What somebody chose; `called` is the name that a first admin gives themself."""

    how: str
    way: Way
    called: str = ""
    passkey: New | None = None


async def show(porch: Porch, caller: Caller) -> Response:
    return page(porch.office, caller, await invited_by(porch.office, caller))


async def picture(porch: Porch, caller: Caller) -> Response:
    invited = await invited_by(porch.office, caller)
    name = ISSUED_TO.get(invited.member.name, invited.member.name)
    return Response(codes.picture(_secret(porch.office, caller), name), media_type="image/svg+xml")


async def with_password(porch: Porch, caller: Caller) -> Response:
    office = porch.office
    invited = await invited_by(office, caller)
    called, password = called_by(caller), caller.form.get("password", "")
    mistake = _mistake(office, caller, invited.member)
    step = codes.right_step(_secret(office, caller), caller.form.get("code", ""), caller.now)
    if mistake or not step:
        return page(office, caller, invited, 422, mistake=mistake or "code", called=called)
    async with porch.hashing:
        hashed = await asyncio.to_thread(passwords.hashed, password)
    totp = codes.kept(office.settings, invited.member.id, _secret(office, caller), caller.now)
    chosen = Chosen("password", Way(hashed, totp, step), called)
    return await settle(office, caller, invited, chosen)


async def options(porch: Porch, caller: Caller) -> Response:
    need_a_name(porch.office)
    invited = await invited_by(porch.office, caller)
    asked = passkeys.ask_to_make(porch.office.settings, invited.member, (), caller.now)
    return asking(porch.office, asked)


async def with_passkey(porch: Porch, caller: Caller) -> Response:
    office = porch.office
    invited = await invited_by(office, caller)
    called = called_by(caller)
    if mistake := _name_mistake(invited.member, called):
        return page(office, caller, invited, 422, mistake=mistake, called=called)
    new = new_passkey(office, caller, invited.member.id)
    response = await settle(office, caller, invited, Chosen("passkey", Way(), called, new))
    clear_note(office, response, NOTE)
    return response


async def invited_by(office: Office, caller: Caller, token: str = "") -> Invited:
    """Whose link this is. Raises Refusal."""
    token = token or caller.request.path_params.get("token", "")
    async with office.store.read() as tx:
        found = await invitations.find(tx, token, caller.now)
    if found is None:
        raise Refusal("link-over", 410)
    return found


async def settle(office: Office, caller: Caller, invited: Invited, chosen: Chosen) -> Response:
    """Keep what was chosen, use the link up, and let them in. Raises Refusal."""
    async with office.store.write() as tx:
        if not await invitations.use(tx, invited.id, caller.now):
            raise Refusal("link-over", 410)
        member = await _named(tx, invited.member, chosen.called)
        if not await accounts.choose(tx, member.id, chosen.way, caller.now):
            raise Refusal("sso-taken", 409)
        if chosen.passkey and not await kept.add(tx, member.id, chosen.passkey, caller.now):
            raise Refusal("passkey-not-made", 409)
        who, about = Who(member.id, member.name), coming_in.about(member.id)
        await audit.add(tx, who, "account.new", about, caller.now, chosen.how)
        cookie = await coming_in.start(office, tx, caller, member, "invitation")
    return coming_in.welcome(office, cookie)


def page(
    office: Office, caller: Caller, invited: Invited, status: int = 200, mistake: str = "", called: str = ""
) -> Response:
    return drawing.bare(
        office,
        "signin-invited.html",
        status,
        token=caller.token,
        at=f"/staff/invited/{caller.request.path_params['token']}",
        member=invited.member,
        first=inviting.is_first(invited.member),
        called=called,
        mistake=mistake,
        secret=codes.in_fours(_secret(office, caller)),
        sso=sso_name(office),
        rp=addresses.host(office.settings),
    )


def called_by(caller: Caller) -> str:
    return " ".join(caller.form.get("name", "").split())


async def _named(tx: AsyncConnection, member: Member, called: str) -> Member:
    """A first admin gets their own name. Raises Refusal where somebody has it."""
    if not inviting.is_first(member) or not called:
        return member
    if not await staff.rename(tx, member.id, called):
        raise Refusal("name-taken", 409)
    return await staff.of_id(tx, member.id) or member


def _mistake(office: Office, caller: Caller, member: Member) -> str:
    called = called_by(caller)
    own = called if inviting.is_first(member) else member.name
    password, again = caller.form.get("password", ""), caller.form.get("again", "")
    return _name_mistake(member, called) or passwords.mistake(password, again, own)


def _name_mistake(member: Member, called: str) -> str:
    if not inviting.is_first(member):
        return ""
    good = 1 <= len(called) <= LONGEST_NAME and called.isprintable() and called != inviting.FIRST
    return "" if good else "called"


def _secret(office: Office, caller: Caller) -> str:
    """Belongs to this link alone, so that nothing has to be kept before the first code was right."""
    return codes.secret_for(office.settings, f"invitation {caller.request.path_params['token']}")


ISSUED_TO = {inviting.FIRST: "admin"}
"""What an authenticator app calls somebody who has not told their name yet."""
STEPS: tuple[Step, ...] = (
    Step("/invited/{token}", "GET", show),
    Step("/invited/{token}/code.svg", "GET", picture),
    Step("/invited/{token}/password", "POST", with_password),
    Step("/invited/{token}/passkey/options", "POST", options),
    Step("/invited/{token}/passkey", "POST", with_passkey),
)
