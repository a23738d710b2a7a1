"""What staff are told unasked: new notices, and a colleague who waits for a yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast
from bot.model import Say
from bot.staff import drafting, lists, unseen
from bot.staff.asks import Facts
from bot.staff.rights import may
from bot.staff.screens import button, people, when
from bot.store import notices, occasions, staff, staff_messages
from bot.store.engine import Store
from bot.store.notices import Notice
from bot.store.staff import Member
from bot.store.staff_messages import ToStaff

APART = timedelta(minutes=10)
"""Notices come together in one message, and the next no sooner than this."""


async def tick(store: Store, world: World, now: datetime) -> None:
    """Every 60 seconds, in every worker: what is told has a key, so it is told once."""
    facts = Facts(world, Texts(world.content.texts), now)
    async with store.read() as tx:
        if not await staff.linked(tx):
            return
    async with store.write() as tx:
        for one in await broadcasts.every(tx, 50):
            if one.state == "waits":
                await ask_approval(tx, facts, one)
        await unseen.note(tx, world, now)
        if not world.local.quiet.at(now):
            await _new_notices(tx, facts)
    store.planned.set()


async def ask_approval(tx: AsyncConnection, facts: Facts, broadcast: Broadcast) -> int:
    """Ask everybody else who may say yes, once for each version; how many there are."""
    others = [one for one in await staff.linked(tx) if may(one.role, "write") and one.id != broadcast.by]
    author = await staff.of_id(tx, broadcast.by)
    say = _approval(facts, broadcast, author.name if author else "")
    messages = [_to(one, f"approve:{broadcast.id}:{broadcast.version}", say) for one in others]
    await staff_messages.plan(tx, messages, facts.now)
    return len(others)


def _approval(facts: Facts, broadcast: Broadcast, name: str) -> Say:
    text = facts.say(
        "approve.please",
        name=name,
        id=str(broadcast.id),
        people=people(facts, broadcast.frozen or 0),
        whom=drafting.in_words(facts, broadcast.draft.audience),
    )
    answers = (button(facts, "approve", "yes", broadcast), button(facts, "say-no", "no", broadcast))
    return Say(f"{text}\n{when(facts, broadcast)}", ((button(facts, "look", "look", broadcast),), answers))


async def tell(tx: AsyncConnection, member: Member | None, key: str, say: Say, now: datetime) -> None:
    """One message to one colleague, if they have a chat."""
    if member and member.address and member.ended is None:
        await staff_messages.plan(tx, [_to(member, key, say)], now)


async def _new_notices(tx: AsyncConnection, facts: Facts) -> None:
    """One message that lists them all."""
    every = await notices.every(tx)
    untold = [one for one in every if one.told is None]
    latest = max((one.told for one in every if one.told), default=None)
    if not untold or (latest and timedelta() <= facts.now - latest < APART):
        return
    dates = await occasions.of_ids(tx, lists.dates_in(one.about for one in untold))
    facts = replace(facts, dates=dates)
    readers = {one: _for(one, untold) for one in await staff.linked(tx) if may(one.role, "people")}
    messages = [
        _to(one, f"notices:{_mark(theirs)}", lists.notices(facts, theirs, "notices.new"))
        for one, theirs in readers.items()
        if theirs
    ]
    await staff_messages.plan(tx, messages, facts.now)
    reached = {notice.id for theirs in readers.values() for notice in theirs}
    if reached:
        await notices.told(tx, sorted(reached), facts.now)


def _for(member: Member, untold: Sequence[Notice]) -> list[Notice]:
    """Requests to the team are news for those who may answer them."""
    return [one for one in untold if one.kind not in unseen.KINDS or may(member.role, "notes")]


def _mark(untold: Sequence[Notice]) -> str:
    """The same news are the same message, also when two workers see them at once."""
    return sha256(repr([(one.id, one.times) for one in untold]).encode()).hexdigest()[:16]


def _to(member: Member, key: str, say: Say) -> ToStaff:
    return ToStaff(f"{key}:{member.id}", member.channel, member.address, say)
