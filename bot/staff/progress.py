"""The one message of a broadcast that edits itself while its figures change."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast
from bot.model import Say
from bot.staff import figures
from bot.staff.asks import Facts
from bot.store import staff, staff_messages
from bot.store.engine import Store
from bot.store.staff import Member
from bot.store.staff_messages import Shown, ToStaff

MOVING = ("set", "holding", "sending", "recalling")
AFTERWARDS = timedelta(minutes=3)
"""So long after its last change the figures of a broadcast that is over are looked at still."""
MANY, SLOWER = 20_000, 10
"""Counting so many rows takes a while: then every 10 seconds are soon enough."""


async def tick(store: Store, world: World, now: datetime) -> None:
    """Every 2 seconds, in every worker: whichever comes first edits, the others find it done."""
    facts = Facts(world, Texts(world.content.texts), now)
    async with store.read() as tx:
        due = [one for one in await broadcasts.every(tx, 50) if _looked_at(one, now)]
        changed = [one for one in due if await _changed(tx, facts, one)]
    for one in changed:
        async with store.write() as tx:
            await refresh(tx, facts, one.id)
        store.planned.set()


def chat_of(member: Member) -> str:
    return f"{member.channel}:{member.address}"


async def refresh(tx: AsyncConnection, facts: Facts, id: int) -> None:
    """Show it where it is shown, or begin to: in the chat of whoever wrote it, else of whoever approved."""
    broadcast = await broadcasts.get(tx, id)
    say, seen = await _status(tx, facts, broadcast), _seen(broadcast)
    if not seen.chat:
        await _begin(tx, facts, broadcast, say)
        return
    shown = replace(seen, message=seen.message or await staff_messages.sent_as(tx, _key(broadcast)))
    words = forms.write(say)
    edit = bool(shown.message) and words != seen.words
    new = replace(shown, words=words if edit else seen.words)
    if new != seen and await staff_messages.put(tx, id, seen, new) and edit:
        await _edit(tx, facts, broadcast, (new, say))


async def _begin(tx: AsyncConnection, facts: Facts, broadcast: Broadcast, say: Say) -> None:
    member = await _home(tx, broadcast)
    if member is None:
        return
    new = Shown(chat_of(member), "", forms.write(say))
    if await staff_messages.put(tx, broadcast.id, _seen(broadcast), new):
        first = ToStaff(_key(broadcast), member.channel, member.address, say, _about(broadcast))
        await staff_messages.plan(tx, [first], facts.now)


async def _edit(tx: AsyncConnection, facts: Facts, broadcast: Broadcast, what: tuple[Shown, Say]) -> None:
    shown, say = what
    channel, _, address = shown.chat.partition(":")
    await staff_messages.outdate(tx, _about(broadcast), facts.now)
    key = f"{_key(broadcast)}:{uuid4().hex}"
    edit = ToStaff(key, channel, address, say, _about(broadcast), "edit", shown.message)
    await staff_messages.plan(tx, [edit], facts.now)


async def _home(tx: AsyncConnection, broadcast: Broadcast) -> Member | None:
    """The chat that shows it."""
    for id in (broadcast.by, broadcast.approved_by):
        member = await staff.of_id(tx, id) if id is not None else None
        if member and member.address and member.ended is None:
            return member
    return None


async def _changed(tx: AsyncConnection, facts: Facts, broadcast: Broadcast) -> bool:
    """Whether there may be something to write; only looked at."""
    if not broadcast.shown_in:
        return broadcast.state in MOVING and await _home(tx, broadcast) is not None
    if not broadcast.shown_as and await staff_messages.sent_as(tx, _key(broadcast)):
        return True
    if not broadcast.shown_as:
        return False
    return forms.write(await _status(tx, facts, broadcast)) != broadcast.shown


def _looked_at(broadcast: Broadcast, now: datetime) -> bool:
    if broadcast.state == "sending" and (broadcast.frozen or 0) > MANY:
        return now.second % SLOWER < 2
    if broadcast.state in MOVING:
        return True
    return bool(broadcast.shown_in) and now - broadcast.changed < AFTERWARDS


async def _status(tx: AsyncConnection, facts: Facts, broadcast: Broadcast) -> Say:
    return figures.status(facts, broadcast, await broadcasts.report(tx, broadcast.id))


def _seen(broadcast: Broadcast) -> Shown:
    return Shown(broadcast.shown_in, broadcast.shown_as, broadcast.shown)


def _key(broadcast: Broadcast) -> str:
    return f"progress:{broadcast.id}"


def _about(broadcast: Broadcast) -> str:
    return f"progress:{broadcast.id}"
