"""The desk's door: which arrivals of linked staff are the desk's, and one turn there, in its transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.answerers import safety
from bot.conversation.moment import Moment
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.messaging.broadcasts import Refusal
from bot.model import Event, Said, Say, Sent
from bot.staff import state
from bot.staff.asks import Facts
from bot.staff.doing import do
from bot.staff.respond import for_desk, left, respond, spoken_of
from bot.staff.state import Desk
from bot.staff.work import Work
from bot.store import audit, broadcasts, staff
from bot.store.audit import Who
from bot.store.people import Known
from bot.store.staff import Member

CHANNEL = "telegram"
"""Where staff can be linked. Nobody who writes elsewhere costs a look at the database."""
LINK = "/link"


class Heard(NamedTuple):
    """What arrived, and when."""

    arrival: int
    event: Event
    now: datetime


async def hear(
    tx: AsyncConnection, known: Known, heard: Heard, world_of: Callable[[], World]
) -> tuple[Say, ...] | None:
    """What the desk says to this, or None: then it is the navigator's, as for anybody."""
    if known.channel != CHANNEL:
        return None
    if (code := _link_code(heard.event)) is not None:
        return await _link(tx, known, code, heard, world_of())
    member = await staff.at(tx, known.channel, known.address)
    if member is None:
        return None
    desk = state.read(member.desk, heard.now)
    if not for_desk(desk, heard.event):
        await _keep(tx, member, desk, left(desk))
        return None
    return await _turn(tx, known, member, heard, world_of())


def _link_code(event: Event) -> str | None:
    """The code after /link; an edit of that message links nobody."""
    if not isinstance(event, Said) or event.edited:
        return None
    command, _, code = event.text.partition(" ")
    return code if command.lower() == LINK else None


async def _link(tx: AsyncConnection, known: Known, code: str, heard: Heard, world: World) -> tuple[Say, ...]:
    """Right or not; of a code that is not right, nothing is told but that."""
    texts = Texts(world.content.texts)
    member = await staff.link(tx, code, known.channel, known.address, heard.now)
    if member is None:
        return (Say(texts("staff.link.wrong")),)
    await audit.add(tx, Who(member.id, member.name), "staff.link", f"staff:{member.id}", heard.now, CHANNEL)
    return (Say(texts("staff.link.done", name=member.name, role=member.role)),)


async def _turn(
    tx: AsyncConnection, known: Known, member: Member, heard: Heard, world: World
) -> tuple[Say, ...]:
    """Decide and do. What cannot be done is told, and what was waited for is waited for still."""
    desk = state.read(member.desk, heard.now)
    broadcast = await broadcasts.find(tx, spoken_of(desk, heard.event))
    facts = Facts(world, Texts(world.content.texts), heard.now, broadcast)
    reply = respond(member, desk, heard.event, facts)
    work = Work(tx, member, facts, f"desk:{heard.arrival}")
    says, after = list(_card(known, heard, world)), reply.desk
    try:
        async with tx.begin_nested():
            for ask in reply.asks:
                says += await do(work, ask)
    except Refusal as refusal:
        says.append(Say(facts.texts(refusal.key, 0, **refusal.values)))
        after = desk if desk.waits else reply.desk
    await _keep(tx, member, desk, after)
    return tuple(says)


def _card(known: Known, heard: Heard, world: World) -> tuple[Say, ...]:
    """A red flag in what staff type shows its card as well: they are people, too. Nothing is counted."""
    if not isinstance(heard.event, Said | Sent):
        return ()
    moment = Moment(world, known.person, heard.event, heard.now)
    flagged = safety.flagged_in(moment)
    return (safety.card(moment, flagged.card),) if flagged else ()


async def _keep(tx: AsyncConnection, member: Member, before: Desk, after: Desk) -> None:
    # Whatever they do meanwhile, what is being saved stays; only bot/staff/saving.py takes it away.
    after = replace(after, saving=after.saving or before.saving)
    if after != before:
        await staff.save_desk(tx, member.id, state.write(after))
