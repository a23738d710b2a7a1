"""Members of staff at their phones: they type and tap, and read what comes back."""

from dataclasses import dataclass, field
from itertools import count

from bot.conversation.navigator import Navigator
from bot.conversation.world import World
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Broadcast
from bot.messaging.dispatcher import Dispatcher
from bot.model import Arrival, Button, Event, Said, Say, Tapped
from bot.service import Service
from bot.staff import progress, saving, telling
from bot.store import staff
from bot.store.engine import Store
from bot.store.staff import Role
from tests.broadcasts.crowd import crowd, world_of
from tests.databases import Clock
from tests.messaging.fakes import FakeChannel, dispatcher_of
from tests.worlds import shown

_updates = count(1)
PEOPLE = ("101", "102", "103", "104", "105", "106")


@dataclass
class Phone:
    """One chat; `buttons` are all that it has shown, the newest of each label."""

    service: Service
    address: str
    buttons: dict[str, Button] = field(default_factory=dict)
    says: tuple[Say, ...] = ()

    async def send(self, event: Event) -> str:
        """What comes back, as one text with the buttons in square brackets."""
        update = f"{self.address}-{next(_updates)}"
        self.says = await self.service.handle(Arrival("telegram", self.address, update, event))
        for say in self.says:
            self.look_at(say)
        return "\n".join(shown(say) for say in self.says)

    def look_at(self, say: Say) -> None:
        self.buttons |= {button.label: button for row in say.rows for button in row}

    async def say(self, text: str) -> str:
        return await self.send(Said(text))

    async def tap(self, label: str) -> str:
        return await self.send(Tapped(self.buttons[label].code))


class Telegram(FakeChannel):
    """Also hands the buttons of what it sends to the phones."""

    def __init__(self) -> None:
        super().__init__()
        self.phones: dict[str, Phone] = {}

    async def send(self, address: str, say: Say, key: str) -> str:
        if address in self.phones:
            self.phones[address].look_at(say)
        return await super().send(address, say, key)

    async def edit(self, address: str, message: str, say: Say) -> None:
        if address in self.phones:
            self.phones[address].look_at(say)
        await super().edit(address, message, say)

    def to(self, address: str) -> list[str]:
        return [text for to, text in self.arrived if to == address]


class Office:
    """The program around the staff: service, sender and ticks, on one database."""

    def __init__(self, store: Store, clock: Clock, world: World | None = None) -> None:
        self.store, self.clock, self.world = store, clock, world or world_of()
        navigator = Navigator(self.world)
        self.service = Service(store, lambda: navigator, clock)
        self.telegram = Telegram()
        self.dispatcher: Dispatcher = dispatcher_of(store, clock, self.telegram)

    async def hire(self, name: str, role: Role = "editor", address: str = "") -> Phone:
        """A member whose chat is linked."""
        async with self.store.write() as tx:
            member = await staff.add(tx, name, role, self.clock())
            assert member
            code = await staff.invite(tx, member.id, "SECRET", self.clock())
        phone = self.phone(address or str(900 + member.id))
        assert f"Hello {name}" in await phone.say(f"/link {code}")
        return phone

    def phone(self, address: str) -> Phone:
        self.telegram.phones[address] = Phone(self.service, address)
        return self.telegram.phones[address]

    async def people(self, *addresses: str) -> None:
        await crowd(self.store, self.clock(), addresses or PEOPLE)

    async def tick(self, seconds: float = 5) -> None:
        """Time goes by (enough for a chat's own pace); the ticks do their work, and the sender sends."""
        self.clock.forward(seconds=seconds)
        await broadcasts.tick(self.store, self.world, self.clock())
        while await self.dispatcher.step():
            self.clock.forward(seconds=1.1)
        await broadcasts.tick(self.store, self.world, self.clock())
        await progress.tick(self.store, self.world, self.clock())
        await telling.tick(self.store, self.world, self.clock())
        await saving.tick(self.store, self.world, self.clock())
        while await self.dispatcher.step():
            self.clock.forward(seconds=1.1)

    async def broadcast(self, id: int = 1) -> Broadcast:
        async with self.store.read() as tx:
            return await broadcasts.get(tx, id)


async def drafted(phone: Phone, words: str = "Hello all") -> str:
    """A draft for everyone, with its words; what was shown last."""
    await phone.say("/broadcast")
    await phone.tap("Write the words")
    return await phone.say(words)
