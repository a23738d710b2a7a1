"""Those who ask for the team, and those who answer, for the tests of the hand-over."""

from datetime import datetime
from itertools import count

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.navigator import Navigator
from bot.handover import queue
from bot.handover.words import Asked, Press, Who
from bot.model import Arrival, AskHandover, Event, Said, Say, Tapped
from bot.service import Service
from bot.store import handovers as store_of
from bot.store import people, relays, staff
from bot.store.engine import Store
from bot.store.relays import Post
from bot.store.staff import Role
from tests.databases import Clock
from tests.worlds import real, shown

WORLD = real().world
_updates = count(1)


async def hired(store: Store, clock: Clock, name: str, role: Role = "navigator") -> Who:
    """A member of staff."""
    async with store.write() as tx:
        member = await staff.add(tx, name, role, clock())
        assert member
        return Who(member.id, member.name)


async def asking(
    tx: AsyncConnection, now: datetime, address: str = "a", wish: AskHandover | None = None
) -> int:
    """Somebody asks in writing, unless they wish something else; the number of their request."""
    known = await people.lock(tx, "web", address, now)
    assert known
    wish = wish or AskHandover("How I feel", "", "I feel low", kind="relay", team="nurse")
    id = await store_of.ask(tx, known.person.id, wish, now)
    if wish.kind == "relay":
        await relays.add(tx, Post(id, known.person.id, wish.note), now)
    return id


async def waiting(store: Store, clock: Clock, address: str = "a", wish: AskHandover | None = None) -> Asked:
    """A new request, as the queue lists it."""
    async with store.write() as tx:
        return await queue.glance(tx, await asking(tx, clock(), address, wish))


async def glance(store: Store, id: int) -> Asked:
    async with store.read() as tx:
        return await queue.glance(tx, id)


def press(asked: Asked, who: Who) -> Press:
    return Press(asked.id, asked.version, who)


class Patient:
    """Somebody in a chat of the running service; every turn is a transaction on the real database."""

    def __init__(
        self, store: Store, clock: Clock, address: str = "p", navigator: Navigator | None = None
    ) -> None:
        self.service = Service(store, lambda: navigator or real(), clock)
        self.address = address
        self.says: tuple[Say, ...] = ()
        self.codes: dict[str, str] = {}

    async def send(self, event: Event) -> str:
        arrival = Arrival("web", self.address, f"{self.address}-{next(_updates)}", event)
        self.says = await self.service.handle(arrival)
        for say in self.says:
            self.codes |= {button.label: button.code for row in say.rows for button in row}
        return self.shown

    @property
    def shown(self) -> str:
        """What came back last, with the buttons in square brackets."""
        return "\n".join(shown(say) for say in self.says)

    async def say(self, text: str) -> str:
        return await self.send(Said(text))

    async def tap(self, label: str) -> str:
        return await self.send(Tapped(self.codes[label]))

    async def command(self, name: str) -> str:
        return await self.send(Tapped(f"c:{name}"))

    async def relay(self) -> int:
        return (await self.service.person("web", self.address)).relay
