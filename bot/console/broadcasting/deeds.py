"""The steps of a broadcast from the console: the desk's own, for whoever is signed in, in one transaction."""

import re
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console import drawing
from bot.console.office import Office, Refusal, Visit
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast, Draft
from bot.staff import doing
from bot.staff.asks import Change, Deed, Do, Facts
from bot.staff.work import Work

NONCE = re.compile("[A-Za-z0-9_-]{8,64}", re.ASCII)
NUMBER = re.compile("[1-9][0-9]{0,8}", re.ASCII)


def facts_of(office: Office, visit: Visit) -> Facts:
    return Facts(office.world, drawing.texts(office), visit.now)


def number(visit: Visit) -> int:
    """The broadcast in the address, which may be forged."""
    return _number(visit.request.path_params["id"])


def _number(written: str) -> int:
    if not NUMBER.fullmatch(written):
        raise Refusal("not-there", 404)
    return int(written)


def version(visit: Visit) -> int:
    """The version that they saw; one that is no number was never ours."""
    written = visit.form.get("version", "")
    if not NUMBER.fullmatch(written):
        raise Refusal("changed-meanwhile", 409)
    return int(written)


async def found(tx: AsyncConnection, id: int) -> Broadcast:
    try:
        return await broadcasts.get(tx, id)
    except broadcasts.Refusal:
        raise Refusal("not-there", 404) from None


async def make(office: Office, visit: Visit, draft: Draft) -> Broadcast:
    """A draft; the same form again gives the one that it made, as it is now."""
    async with office.store.write() as tx:
        return await doing.make(_work(office, visit, tx), draft)


async def change(office: Office, visit: Visit, seen: Broadcast, draft: Draft) -> None:
    """Raises the broadcasts' own Refusal when somebody was quicker."""
    async with office.store.write() as tx:
        await doing.change(_work(office, visit, tx), Change(seen.id, version(visit), draft))


async def do(office: Office, visit: Visit, deed: Deed, texts: Mapping[str, str] | None = None) -> Broadcast:
    """The broadcast as it is then; of a second message, the new one. Raises the broadcasts' own Refusal."""
    async with office.store.write() as tx:
        work = _work(office, visit, tx)
        row = await found(tx, number(visit))
        ask = Do(deed, row.id, version(visit), dict(texts or {}))
        if deed == "follow-up":
            done = await doing.follow_up(work, ask)
        else:
            await doing.do(work, ask)
            done = await broadcasts.get(tx, row.id)
    office.store.planned.set()
    return done


def _work(office: Office, visit: Visit, tx: AsyncConnection) -> Work:
    """The same form is the same request, whoever sends it how often."""
    nonce = visit.form.get("nonce", "")
    if "nonce" in visit.form and not NONCE.fullmatch(nonce):
        raise Refusal("not-ours", 403)
    seen = visit.form.get("version", "")[:9]
    request = f"console:{visit.member.id}:{nonce or 'v' + seen}"
    return Work(tx, visit.member, facts_of(office, visit), request)
