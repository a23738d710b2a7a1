"""Every request gets its topic in the staff's group, and what people write is passed on into it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.failures import Gone, Moved, Refused, TryLater, Unsure
from bot.model import Button, Rows, Say
from bot.staff import codes
from bot.store import audit, handovers, ledger, relays, rooms
from bot.store.audit import PROGRAM, Who
from bot.store.engine import Store
from bot.store.handovers import Asked
from bot.store.ledger import To
from bot.store.relays import Message

log = structlog.get_logger(__name__)
AT_A_TIME = 10
GROUP = Who(PROGRAM, "staff group")


class Maker(Protocol):
    """Makes topics; raises TryLater, Gone, Moved, Refused or Unsure."""

    async def make(self, chat: str, title: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Topics:
    """A job of every worker that has a line to Telegram."""

    maker: Maker

    async def tick(self, store: Store, world: World, now: datetime) -> None:
        """Topics that are missing, then messages that are not there yet."""
        async with store.read() as tx:
            chat = await rooms.find_room(tx)
            missing = await rooms.without(tx, now, AT_A_TIME) if chat else ()
        for asked in missing:
            await self._make(store, world, asked, chat, now)
        async with store.read() as tx:
            waits = bool(chat) and bool(await relays.not_passed_on(tx, 1))
        if waits:
            async with store.write() as tx:
                await pass_on(tx, world, now)
        if missing or waits:
            store.planned.set()

    async def _make(self, store: Store, world: World, asked: Asked, chat: str, now: datetime) -> None:
        """Marked first, so that no other worker makes it too. Where nobody knows whether it was made, it is
        made again after 10 minutes: a topic that stays empty is the lesser harm."""
        mark = rooms.making(now)
        async with store.write() as tx:
            if not await rooms.take(tx, asked, mark):
                return
        texts = Texts(world.content.texts)
        try:
            thread: str | None = await self.maker.make(chat, title(texts, asked))
        except TryLater:
            thread = None
        except (Gone, Moved, Refused, Unsure) as failure:
            log.error("a topic in the staff group could not be made", why=type(failure).__name__)
            return
        async with store.write() as tx:
            marked = await handovers.find(tx, asked.id)
            # A person may have gone meanwhile, with everything of theirs.
            if marked and marked.thread == mark and await rooms.take(tx, marked, thread) and thread:
                await _say(tx, marked, thread, f"room-new:{thread}", _first(texts, marked), now)


def title(texts: Texts, asked: Asked) -> str:
    """The pseudonym, the team and the kind: no word of the person."""
    kind, team = texts(f"staff.queue.kind.{asked.kind}"), texts(f"staff.queue.team.{asked.team}")
    return texts("staff.room.title", code=asked.code, team=team, kind=kind)


def _first(texts: Texts, asked: Asked) -> Say:
    return Say(texts(f"staff.room-new.{asked.kind}", topic=asked.topic), ways(texts, asked))


def ways(texts: Texts, asked: Asked) -> Rows:
    """What can be done with it, as it is in this version."""

    def button(name: str) -> Button:
        code = codes.write(name.replace("queue-", "q-"), asked.id, asked.version)
        return Button(texts(f"staff.button.{name}"), code)

    if asked.state not in handovers.WAITING:
        return ()
    mine = button("queue-claim") if asked.state == "open" else button("queue-release")
    return ((mine, button("queue-pass")), (button("queue-done"),))


async def pass_on(tx: AsyncConnection, world: World, now: datetime) -> None:
    """Each message once, under its own key; that the group was shown it is written down."""
    texts = Texts(world.content.texts)
    for message, thread in await relays.not_passed_on(tx, AT_A_TIME):
        asked = await handovers.find(tx, message.handover)
        if asked is None:
            continue
        key = f"relay-in:{message.id}"
        await _say(tx, asked, thread, key, _words(texts, asked, message), now)
        await relays.passed_on(tx, message.id, key)
        await audit.add(tx, GROUP, "handover.shown", asked.about, now)


def _words(texts: Texts, asked: Asked, message: Message) -> Say:
    """Protected: it cannot be forwarded out of the group."""
    mark = texts("staff.room.flagged") + "\n" if message.flagged else ""
    return Say(mark + message.text, ways(texts, asked), sensitive=True)


async def _say(tx: AsyncConnection, asked: Asked, thread: str, key: str, say: Say, now: datetime) -> None:
    """It belongs to the person: with them it goes from the ledger."""
    await ledger.post(tx, key, asked.about, To(0, asked.person, rooms.TELEGRAM, thread), say, now)
