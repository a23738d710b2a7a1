"""Signing in through the organisation's own provider, and linking it to an invitation."""

from collections.abc import Mapping
from datetime import timedelta

from starlette.responses import RedirectResponse, Response

from bot.channels.web.visitors import from_our_page
from bot.console.door import HOME
from bot.console.office import Office, Refusal
from bot.console.signin import coming_in, invited, inviting, sealing, single_sign_on
from bot.console.signin.invited import Chosen
from bot.console.signin.porch import Caller, Porch, Step, clear_note, keep_pace, note, own_path, set_note
from bot.console.signin.single_sign_on import NotAnswering, NotProven, Subject
from bot.console.signin.with_password import LONGEST_NAME
from bot.store import accounts, staff
from bot.store.accounts import Way
from bot.store.staff import Member

NOTE = "sso"
LASTS = timedelta(minutes=10)
"""Until somebody is back from the provider, who may have to prove themself there."""


async def leave(porch: Porch, caller: Caller) -> Response:
    """A link, not a form: browsers let no form of ours lead to another site."""
    return await _sent_off(porch, caller, {"then": own_path(caller.request.query_params.get("then", ""))})


async def leave_invited(porch: Porch, caller: Caller) -> Response:
    """Only from our own page: a link elsewhere could tie somebody's work account to another member."""
    if not from_our_page(caller.request, porch.office.website.partition("://")[2]):
        raise Refusal("not-ours", 403)
    await invited.invited_by(porch.office, caller)
    return await _sent_off(porch, caller, {"invited": caller.request.path_params["token"]})


async def back(porch: Porch, caller: Caller) -> Response:
    keep_pace(porch, caller)
    office = porch.office
    sealed = note(office, caller.request, NOTE)
    kept = sealing.unseal(office.settings, NOTE, sealed, caller.now, LASTS)
    if kept is None or not office.settings.sso_issuer:
        raise Refusal("sso-lost", 400)
    subject = await _subject(office, caller, kept)
    response = await _let_in(office, caller, kept, subject)
    clear_note(office, response, NOTE)
    return response


async def _sent_off(porch: Porch, caller: Caller, kept: Mapping[str, str]) -> Response:
    keep_pace(porch, caller)
    office = porch.office
    if not office.settings.sso_issuer:
        raise Refusal("not-there", 404)
    try:
        started = await single_sign_on.start(office.settings)
    except NotAnswering:
        raise Refusal("sso-silent", 502) from None
    response = RedirectResponse(started.address, 303)
    sealed = sealing.seal(office.settings, NOTE, {**started.kept, **kept}, caller.now)
    set_note(office, response, NOTE, sealed)
    return response


async def _subject(office: Office, caller: Caller, kept: Mapping[str, str]) -> Subject:
    """Who the provider says this is. Raises Refusal."""
    try:
        return await single_sign_on.finish(office.settings, caller.request.query_params, kept, caller.now)
    except NotAnswering:
        raise Refusal("sso-silent", 502) from None
    except NotProven:
        async with office.store.write() as tx:
            await coming_in.turn_away(tx, caller, "not proven", "sso")
        raise Refusal("sso-not-proven", 403) from None


async def _let_in(office: Office, caller: Caller, kept: Mapping[str, str], subject: Subject) -> Response:
    """To the member who was linked, or into the account of who opened their invitation."""
    if token := kept.get("invited"):
        found = await invited.invited_by(office, caller, token)
        chosen = Chosen("sso", Way(sso=subject.id), await _called(office, found.member, subject))
        return await invited.settle(office, caller, found, chosen)
    async with office.store.write() as tx:
        member = await staff.of_id(tx, await accounts.of_sso(tx, subject.id) or 0)
        if member and member.ended is None:
            cookie = await coming_in.start(office, tx, caller, member, "sso")
            return coming_in.welcome(office, cookie, own_path(kept.get("then", HOME)))
        await coming_in.turn_away(tx, caller, "unknown subject", "sso")
    raise Refusal("sso-unknown", 403)


async def _called(office: Office, member: Member, subject: Subject) -> str:
    """A first admin is called as the provider calls them, where nobody else is."""
    name = " ".join(subject.name.split())[:LONGEST_NAME]
    if not (inviting.is_first(member) and name and name.isprintable()):
        return ""
    async with office.store.read() as tx:
        return "" if await staff.named(tx, name) else name


STEPS: tuple[Step, ...] = (
    Step("/sign-in/sso", "GET", leave),
    Step(single_sign_on.BACK, "GET", back),
    Step("/invited/{token}/sso", "GET", leave_invited),
)
