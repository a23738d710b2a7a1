"""People who said yes to news, two members of staff, and a world whose holds a test can end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, Broadcast, By, Draft, Press
from bot.messaging.dispatcher import Dispatcher
from bot.model import Person
from bot.quiet import NEVER_QUIET
from bot.store import consents, people
from bot.store.engine import Store
from bot.store.tables import ledger, staff
from tests.databases import Clock
from tests.worlds import real

ANNA, BEN, VIEWER = By(1, "Anna"), By(2, "Ben", "admin"), By(3, "Vic", "viewer")
HOLD = timedelta(seconds=60)


def world_of(approval: bool = True, hold: timedelta = HOLD) -> World:
    """The real world without quiet hours."""
    world = real().world
    local = replace(
        world.local,
        quiet=NEVER_QUIET,
        broadcast_approval=approval,
        broadcast_hold=hold,
        timezone="Europe/London",
    )
    return replace(world, local=local)


WORLD = world_of()
ALONE = world_of(approval=False)


async def hire(store: Store, now: datetime) -> None:
    async with store.write() as tx:
        rows = [
            {"id": one.id, "name": one.name, "role": one.role, "since": now} for one in (ANNA, BEN, VIEWER)
        ]
        await tx.execute(insert(staff), rows)


async def join(tx: AsyncConnection, address: str, now: datetime, person: Person | None = None) -> str:
    """Someone who said yes to news; their id."""
    known = await people.lock(tx, "telegram", address, now)
    assert known is not None
    await people.save(tx, known, person or Person(), now)
    await consents.give(tx, known.person.id, "news", "news/1", now)
    return known.person.id


async def crowd(store: Store, now: datetime, addresses: Sequence[str]) -> None:
    async with store.write() as tx:
        for address in addresses:
            await join(tx, address, now)


async def drafted(
    store: Store, now: datetime, text: str = "Hello", request: str = "one", **more: object
) -> Broadcast:
    """A draft for everybody, or for the given audience."""
    audience = more.get("audience", Audience())
    assert isinstance(audience, Audience)
    texts = more.get("texts", {"en": text})
    assert isinstance(texts, dict)
    async with store.write() as tx:
        return await broadcasts.make(tx, ANNA, request, Draft(audience, texts), now)


def press(row: Broadcast, by: By = ANNA) -> Press:
    return Press(row.id, row.version, by)


async def sending(store: Store, clock: Clock, text: str = "Hello", request: str = "one") -> Broadcast:
    """One that was proposed, approved and held to the end of its hold."""
    row = await drafted(store, clock(), text, request)
    async with store.write() as tx:
        row = await broadcasts.propose(tx, press(row), WORLD, clock())
    async with store.write() as tx:
        await broadcasts.approve(tx, press(row, BEN), WORLD, clock())
    clock.forward(seconds=61)
    await broadcasts.tick(store, WORLD, clock())
    return await now_at(store, row.id)


async def now_at(store: Store, id: int) -> Broadcast:
    async with store.read() as tx:
        return await broadcasts.get(tx, id)


async def settled(store: Store, clock: Clock, dispatcher: Dispatcher, world: World = WORLD) -> None:
    """Send until nothing is left, and let the broadcast see it."""
    for _ in range(40):
        sent = await dispatcher.step()
        clock.forward(seconds=5)
        await broadcasts.tick(store, world, clock())
        if not sent:
            return


async def addresses(store: Store, about: str, state: str, act: str = "send") -> set[str]:
    async with store.read() as tx:
        here = (ledger.c.about == about, ledger.c.state == state, ledger.c.act == act)
        return set((await tx.execute(select(ledger.c.address).where(*here))).scalars())
