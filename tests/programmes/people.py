"""People who take part in programmes, over the real service and a real database, with a fake sender."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select, update

from bot.content.programmes import Programme
from bot.conversation.navigator import Navigator
from bot.messaging.whose import Whose
from bot.model import Arrival, Event, Said, Say, Tapped
from bot.service import Service
from bot.store import people
from bot.store.engine import Store
from bot.store.enrolments import ABOUT
from bot.store.tables import ledger, letters
from tests.databases import Clock, rows
from tests.worlds import real, shown

OPERATION = date(2027, 1, 4)
"""6 weeks after the tests' first day: every tip of "getting ready" is still to come."""


def programme(name: str) -> Programme:
    return real().world.content.programmes[name]


@dataclass
class Chat:
    """Somebody who writes and taps."""

    store: Store
    clock: Clock
    navigator: Navigator = field(default_factory=real)
    address: str = "ann"
    channel: str = "web"
    turns: int = 0
    says: tuple[Say, ...] = ()
    buttons: dict[str, str] = field(default_factory=dict)

    async def send(self, event: Event) -> str:
        self.turns += 1
        service = Service(self.store, lambda: self.navigator, self.clock)
        arrival = Arrival(self.channel, self.address, f"{self.address}{self.turns}", event)
        self.says = await service.handle(arrival)
        self.buttons |= {b.label: b.code for say in self.says for row in say.rows for b in row}
        return "\n".join(shown(say) for say in self.says)

    async def say(self, text: str) -> str:
        return await self.send(Said(text))

    async def tap(self, label: str) -> str:
        return await self.send(Tapped(self.buttons.get(label, label)))

    async def join(self, flow: str = "join-getting-ready", day: str = "4 January 2027") -> str:
        await self.tap(f"w:{flow}")
        answer = await self.say(day)
        return await self.say("yes") if "Shall I" in answer else answer


async def known(store: Store, now: datetime, address: str = "ann") -> Whose:
    """A row of their own in the table of people."""
    async with store.write() as tx:
        found = await people.lock(tx, "web", address, now)
    assert found is not None
    return Whose(found.person.id, "web", address, "en")


async def planned(store: Store) -> list[tuple[str, datetime]]:
    """What is still to go out of programmes: the message's name and when."""
    return [(name(row["key"]), row["due"]) for row in await of(store, "planned")]


async def of(store: Store, state: str) -> list[dict[str, Any]]:
    found = [row for row in await rows(store, ledger) if (row["about"] or "").startswith(ABOUT)]
    return sorted((row for row in found if row["state"] == state), key=lambda row: row["due"])


def name(key: object) -> str:
    return str(key).rpartition(":")[2]


async def deliver(store: Store, now: datetime) -> list[str]:
    """What a sender does at this moment: all that is due goes out, unless it is of no use any more."""
    sent = []
    async with store.write() as tx:
        joined = ledger.join(letters, ledger.c.letter == letters.c.id)
        due = (
            select(ledger.c.id, ledger.c.key, letters.c.useless_from)
            .select_from(joined)
            .where(ledger.c.state == "planned", ledger.c.due <= now, ledger.c.urgency > 0)
            .order_by(ledger.c.due)
        )
        for row in (await tx.execute(due)).all():
            state = "dropped" if row.useless_from <= now else "sent"
            here = update(ledger).where(ledger.c.id == row.id)
            await tx.execute(
                here.values(state=state, touched=now, reason=None if state == "sent" else "late")
            )
            sent += [name(row.key)] if state == "sent" else []
    return sent


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
