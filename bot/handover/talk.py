"""What a person does in a talk in writing: begin it, write, end it. In the transaction of their turn."""

from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.handover.words import WAITING, Asked
from bot.model import AskHandover, CancelHandover, EndRelay, Person, RelayMessage
from bot.store import handovers, relays
from bot.store.relays import Post

REOPENS = timedelta(days=7)
"""So long after it was closed, what the person writes belongs to the same request."""


Wish: TypeAlias = AskHandover | CancelHandover | RelayMessage | EndRelay


async def do(tx: AsyncConnection, person: Person, wish: Wish, now: datetime) -> None:
    """What a turn decided about the hand-over."""
    match wish:
        case AskHandover():
            await ask(tx, person.id, wish, now)
        case CancelHandover():
            await handovers.cancel(tx, person.id, now, wish.kind)
        case RelayMessage():
            await write(tx, person, wish, now)
        case EndRelay():
            await end(tx, person.id, now)


async def ask(tx: AsyncConnection, person: str, wish: AskHandover, now: datetime) -> None:
    """A call back, or the first message of a talk; one that is open already is gone on with."""
    if wish.kind == "call":
        await handovers.ask(tx, person, wish, now)
        return
    before = await handovers.newest(tx, person, "relay")
    waits = before is not None and before.state in WAITING
    id = before.id if before and waits else await handovers.ask(tx, person, wish, now)
    await relays.add(tx, Post(id, person, wish.note), now)


async def write(tx: AsyncConnection, person: Person, message: RelayMessage, now: datetime) -> None:
    """To the talk that is open; else to the last one, if it was closed lately; else to a new one."""
    before = await handovers.newest(tx, person.id, "relay")
    id = await _open(tx, person, before, now)
    await relays.add(tx, Post(id, person.id, message.text, flagged=message.flagged), now)


async def _open(tx: AsyncConnection, person: Person, before: Asked | None, now: datetime) -> int:
    if before and before.state in WAITING:
        return before.id
    if before and before.state == "done" and before.closed and now - before.closed < REOPENS:
        # Its wait begins anew.
        fresh = {"claimed_by": None, "claimed": None, "answered": None, "closed": None, "closed_by": None}
        await handovers.save(tx, before, state="open", asked=now, **fresh)
        return before.id
    topic, team = (before.topic, before.team) if before else ("", "navigator")
    wish = AskHandover(topic, "", kind="relay", team=team, area=person.area, language=person.language)
    return await handovers.ask(tx, person.id, wish, now)


async def end(tx: AsyncConnection, person: str, now: datetime) -> None:
    """One that nobody has answered is taken back, with its words; else it is over."""
    before = await handovers.newest(tx, person, "relay")
    if before is None or before.state not in WAITING:
        return
    if before.answered is None:
        await handovers.cancel(tx, person, now, "relay")
    else:
        await handovers.save(tx, before, state="done", closed=now)
