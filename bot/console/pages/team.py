"""Staff: who they are, what they may do, how they sign in; inviting, changing and ending. For admins."""

from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.signin import inviting
from bot.console.signin.chat_codes import number, telegram_code
from bot.console.signin.coming_in import about
from bot.store import accounts, audit, invitations, passkeys, staff
from bot.store.accounts import Account
from bot.store.staff import ROLES, Member, Role

LONGEST_NAME = 100


class Line(NamedTuple):
    """A member as the page shows them. `out`: until when their link holds. `locked`: cannot sign in now."""

    member: Member
    account: Account | None
    passkeys: int
    out: object
    locked: bool


async def show(office: Office, visit: Visit) -> Response:
    return await _list(office, visit)


async def one(office: Office, visit: Visit) -> Response:
    return await _member_page(office, visit, await _asked(office, visit))


async def invite(office: Office, visit: Visit) -> Response:
    name, role = " ".join(visit.form.get("name", "").split()), _role(visit)
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or name == inviting.FIRST:
        return await _list(office, visit, 422, mistake="name", name=name)
    async with office.store.write() as tx:
        member = await inviting.joined(tx, name, role, visit.now)
        if member:
            link = await inviting.link(tx, office.settings, member, visit.who, visit.now)
    if member is None:
        return await _list(office, visit, 409, mistake="there", name=name)
    return drawing.page(office, visit, "team-link.html", member=member, link=link)


async def new_link(office: Office, visit: Visit) -> Response:
    member = await _asked(office, visit)
    async with office.store.write() as tx:
        link = await inviting.link(tx, office.settings, member, visit.who, visit.now)
    return drawing.page(office, visit, "team-link.html", member=member, link=link)


async def change_role(office: Office, visit: Visit) -> Response:
    asked, role = await _asked(office, visit), _role(visit)
    async with office.store.write() as tx:
        member = await _held(tx, asked, keeps_admin=role == "admin")
        if member.role != visit.form.get("was", ""):
            raise Refusal("role-changed", name=member.name, role=member.role)
        await staff.set_role(tx, member.id, role)
        detail = f"from {member.role} to {role}"
        await audit.add(tx, visit.who, "staff.role", about(member.id), visit.now, detail)
    return drawing.back_to(f"/team/{member.id}", said="role-changed")


async def end(office: Office, visit: Visit) -> Response:
    asked = await _asked(office, visit)
    async with office.store.write() as tx:
        member = await _held(tx, asked, keeps_admin=False)
        await accounts.leave(tx, member.id, visit.now)
        await audit.add(tx, visit.who, "staff.end", about(member.id), visit.now)
    return drawing.back_to("/team", said="member-ended")


async def code(office: Office, visit: Visit) -> Response:
    member = await _asked(office, visit)
    return await _member_page(office, visit, member, code=await telegram_code(office, visit, member))


async def _held(tx: AsyncConnection, asked: Member, keeps_admin: bool) -> Member:
    """As they are now, while nobody else changes who is admin. Raises Refusal for the last one."""
    admins = await accounts.admins(tx, lock=True)
    member = await staff.of_id(tx, asked.id)
    if member is None or member.ended:
        raise Refusal("not-there", 404)
    if not keeps_admin and admins == [member.id]:
        raise Refusal("last-admin")
    return member


async def _asked(office: Office, visit: Visit) -> Member:
    """Whom the address names. Raises Refusal."""
    async with office.store.read() as tx:
        member = await staff.of_id(tx, number(visit.request.path_params["member"]))
    if member is None or member.ended:
        raise Refusal("not-there", 404)
    return member


def _role(visit: Visit) -> Role:
    """Raises Refusal for a role that there is not."""
    role = visit.form.get("role", "")
    if role not in ROLES:
        raise Refusal("no-such-role", 422)
    return role


async def _list(office: Office, visit: Visit, status: int = 200, **shown: str) -> Response:
    async with office.store.read() as tx:
        lines = await _lines(tx, visit)
    drawn: dict[str, object] = {"lines": lines, "roles": ROLES, "mistake": "", "name": "", **shown}
    return drawing.page(office, visit, "team.html", status, **drawn)


async def _member_page(office: Office, visit: Visit, member: Member, code: str = "") -> Response:
    async with office.store.read() as tx:
        line = next(line for line in await _lines(tx, visit) if line.member.id == member.id)
    return drawing.page(office, visit, "team-member.html", line=line, roles=ROLES, code=code)


async def _lines(tx: AsyncConnection, visit: Visit) -> list[Line]:
    """Everybody who is staff, by name."""
    of, keys = await accounts.every(tx), await passkeys.counts(tx)
    out = await invitations.out(tx, visit.now)
    return [
        Line(who, of.get(who.id), keys.get(who.id, 0), out.get(who.id), _locked(of.get(who.id), visit))
        for who in await staff.every(tx)
        if who.ended is None
    ]


def _locked(account: Account | None, visit: Visit) -> bool:
    return bool(account and account.locked_until and account.locked_until > visit.now)


PAGES: tuple[Page, ...] = (
    Page("/team", "GET", "team", show),
    Page("/team", "POST", "team", invite),
    Page("/team/{member}", "GET", "team", one),
    Page("/team/{member}/link", "POST", "team", new_link),
    Page("/team/{member}/role", "POST", "team", change_role),
    Page("/team/{member}/end", "POST", "team", end),
    Page("/team/{member}/code", "POST", "team", code),
)
