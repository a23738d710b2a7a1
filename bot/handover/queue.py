"""What staff do with the queue: each step in one transaction, only from what they saw, and written down.

Each is `async f(tx, …)` in a transaction of `Store.write()` (`listed`, `glance` and `waits` need only
`read()`) and raises `Refusal` when it does nothing: its key is a whole text key, staff.queue.refused.<why>.
The steps return the request as it is then. Nobody's words are in an `Asked`; `one` alone gives them, and
writes into the audit log who read them.

    listed(tx, team, states, page)          a page of the queue, longest wait first
    glance(tx, id)                          one request without words
    one(tx, id, who, now)                   the note and all messages: audited
    claim(tx, press, world, now)            mine; refused when a colleague was quicker
    release(tx, press, world, now)          back to the queue, also a colleague's
    pass_on(tx, press, team, world, now)    to another team: open again
    check_answer(text, asked, world)        the Say as they will see it, or why it cannot be sent
    answer(tx, press, text, world, now, seen)  to the person, in the team's name; claims it, too
    called(tx, press, world, now)           the call was made: the wait ends; open until done
    done(tx, press, world, now)             over; after a talk in writing the person is told
    waits(tx, team, world, now)             waiting times of the last 30 days, and who waits now
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.handover import telling
from bot.handover.telling import check_answer
from bot.handover.times import LATELY, Step, measured, summed
from bot.handover.words import WAITING, Asked, Listed, Opened, Page, Press, Refusal, State, Team, Waits, Who
from bot.store import audit, handovers, measures, people, relays
from bot.store.relays import Post
from bot.store.tables import people as rows

__all__ = [
    "answer",
    "called",
    "check_answer",
    "claim",
    "done",
    "glance",
    "listed",
    "one",
    "pass_on",
    "release",
    "waits",
]

FIRST = Page()


async def listed(
    tx: AsyncConnection, team: Team | None = None, states: Sequence[State] = WAITING, page: Page = FIRST
) -> Listed:
    """Without anybody's words, so nothing is written down."""
    found = await handovers.listed(tx, team, states, page.size, page.number * page.size)
    return Listed(found, await handovers.count(tx, team, states))


async def glance(tx: AsyncConnection, id: int) -> Asked:
    """One request without words."""
    found = await handovers.find(tx, id)
    if found is None:
        raise Refusal("staff.queue.refused.unknown")
    return found


async def one(tx: AsyncConnection, id: int, who: Who, now: datetime) -> Opened:
    """All that the person told. Who reads it is written down, in the same transaction."""
    asked = await glance(tx, id)
    opened = Opened(asked, await handovers.words(tx, id), await relays.of(tx, id))
    await audit.add(tx, who, "handover.read", asked.about, now, asked.kind)
    return opened


async def claim(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Asked:
    """This one is mine."""
    asked = await _pressed(tx, press, world, ("open",))
    await _count(tx, asked, ("claimed",), world, now)
    return await _step(tx, asked, press.who, ("handover.claim", now, ""), **_mine(press.who, now))


async def release(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Asked:
    """Back to the queue. Anybody may: a colleague may have gone home ill."""
    asked = await _pressed(tx, press, world, ("claimed",))
    detail = "own" if asked.claimed_by == press.who.id else "a colleague's"
    free = {"state": "open", "claimed_by": None, "claimed": None}
    return await _step(tx, asked, press.who, ("handover.release", now, detail), **free)


async def pass_on(tx: AsyncConnection, press: Press, team: Team, world: World, now: datetime) -> Asked:
    """To another team, where it is open again."""
    asked = await _pressed(tx, press, world, WAITING)
    if team == asked.team or team not in handovers.TEAMS:
        raise Refusal("staff.queue.refused.same-team")
    detail = f"{asked.team} to {team}"
    moved = {"state": "open", "claimed_by": None, "claimed": None, "team": team}
    return await _step(tx, asked, press.who, ("handover.pass-on", now, detail), **moved)


async def answer(
    tx: AsyncConnection, press: Press, text: str, world: World, now: datetime, seen: int = 0
) -> int:
    """Send it to the person, in the team's name; the number of the message. With `seen`, the last message
    that the colleague had read, it is refused when the person has written again since."""
    asked = await _pressed(tx, press, world, WAITING)
    _may_answer(asked, press.who, world)
    say = check_answer(text, asked, world)
    if seen and await relays.newest(tx, asked.id) > seen:
        raise Refusal("staff.queue.refused.new-message")
    number = await relays.add(tx, Post(asked.id, asked.person, text.strip(), press.who.id), now)
    await telling.send(tx, asked, f"relay:{number}", say, now)
    await _answered(tx, asked, press.who, ("handover.answer", now, ""), world)
    return number


async def called(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Asked:
    """The call was made, or tried: the person's wait is over."""
    asked = await _pressed(tx, press, world, WAITING)
    _may_answer(asked, press.who, world)
    return await _answered(tx, asked, press.who, ("handover.called", now, ""), world)


async def done(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Asked:
    """It is over. After a talk in writing the person is told, and what they type is the chat's again."""
    seen = await glance(tx, press.id)
    # Before the request itself: a turn of the person takes them in this order, too.
    known = await _person(tx, seen, now)
    asked = await _pressed(tx, press, world, WAITING)
    if asked.kind == "relay" and known is not None:
        await people.save(tx, known, replace(known.person, relay=0))
        ended = f"relay-done:{asked.id}:{asked.version + 1}"
        await telling.send(tx, asked, ended, telling.over(asked, world), now)
    first = asked.kind == "call" and asked.answered is None
    await _count(tx, asked, ("answered", "closed") if first else ("closed",), world, now)
    answered = now if first else asked.answered
    closed = {"state": "done", "closed": now, "closed_by": press.who.id, "answered": answered}
    return await _step(tx, asked, press.who, ("handover.done", now, ""), **closed)


async def waits(tx: AsyncConnection, team: Team | None, world: World, now: datetime) -> Waits:
    """How long people waited who asked in the last 30 days, and who waits now."""
    return summed(await handovers.since(tx, now - LATELY, team), world, now)


async def _pressed(tx: AsyncConnection, press: Press, world: World, states: Sequence[State]) -> Asked:
    """The request, ours until the end; refused when it is not as it was seen."""
    asked = await handovers.find(tx, press.id, lock=True)
    if asked is None:
        raise Refusal("staff.queue.refused.unknown")
    if asked.version != press.version or asked.state not in states:
        raise telling.quicker(asked, press.who, world)
    return asked


def _may_answer(asked: Asked, who: Who, world: World) -> None:
    """One that a colleague has claimed is theirs to answer."""
    if asked.state == "claimed" and asked.claimed_by != who.id:
        raise telling.quicker(asked, who, world)


def _mine(who: Who, now: datetime) -> dict[str, object]:
    return {"state": "claimed", "claimed_by": who.id, "claimed": now}


async def _answered(
    tx: AsyncConnection, asked: Asked, who: Who, said: tuple[str, datetime, str], world: World
) -> Asked:
    """The first answer ends the wait, once; a request that nobody has claimed is theirs then, too."""
    now, unclaimed = said[1], asked.state == "open"
    steps: tuple[Step, ...] = ("claimed",) if unclaimed else ()
    await _count(tx, asked, steps if asked.answered else (*steps, "answered"), world, now)
    if unclaimed:
        await audit.add(tx, who, "handover.claim", asked.about, now)
    mine = _mine(who, now) if unclaimed else {}
    return await _step(tx, asked, who, said, answered=asked.answered or now, **mine)


async def _count(
    tx: AsyncConnection, asked: Asked, steps: Sequence[Step], world: World, now: datetime
) -> None:
    """Before the audit log: what two transactions both need, both take in the same order."""
    found = [one for step in steps for one in measured(asked, step, now, world)]
    await measures.add(tx, found, telling.today(world, now))


async def _step(
    tx: AsyncConnection, asked: Asked, who: Who, said: tuple[str, datetime, str], /, **columns: object
) -> Asked:
    """Save it and write down who did what: last, because everybody else waits for the log meanwhile."""
    what, now, detail = said
    if not await handovers.save(tx, asked, **columns):
        raise Refusal("staff.queue.refused.changed")
    await audit.add(tx, who, what, asked.about, now, detail)
    return await glance(tx, asked.id)


async def _person(tx: AsyncConnection, asked: Asked, now: datetime) -> people.Known | None:
    """Whoever asked, locked."""
    here = select(rows.c.channel, rows.c.address).where(rows.c.id == asked.person)
    row = (await tx.execute(here)).one_or_none()
    return None if row is None else await people.lock(tx, row.channel, row.address, now)
