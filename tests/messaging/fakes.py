"""A channel that writes down what reached it, and fails as it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.model import Say
from bot.store import ledger
from bot.store.engine import Store
from bot.store.ledger import To
from tests.databases import Clock

FAST = Pace(per_second=100_000.0)


@dataclass
class FakeChannel:
    """`failures[text]` are raised one after the other; then the message arrives."""

    failures: dict[str, list[Exception]] = field(default_factory=dict)
    arrived: list[tuple[str, str]] = field(default_factory=list)
    edited: list[tuple[str, str, str]] = field(default_factory=list)
    deleted: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, address: str, say: Say, key: str) -> str:
        if self.failures.get(say.text):
            raise self.failures[say.text].pop(0)
        self.arrived.append((address, say.text))
        return f"message {len(self.arrived)}"

    async def edit(self, address: str, message: str, say: Say) -> None:
        if self.failures.get(say.text):
            raise self.failures[say.text].pop(0)
        self.edited.append((address, message, say.text))

    async def delete(self, address: str, message: str) -> None:
        self.deleted.append((address, message))

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.arrived]


def dispatcher_of(store: Store, clock: Clock, channel: FakeChannel, pace: Pace = FAST) -> Dispatcher:
    return Dispatcher(store, {"telegram": channel}, pace, clock)


def to(address: str, arrival: int, person: str = "") -> To:
    return To(arrival, person, "telegram", address)


async def plan(
    store: Store, clock: Clock, texts: Sequence[str], address: str = "ann", arrival: int = 1
) -> None:
    """Replies of one turn. They name nobody, so they are forgotten when they are out."""
    async with store.write() as tx:
        await ledger.reply(tx, to(address, arrival), [Say(text) for text in texts], clock())


async def steps(dispatcher: Dispatcher, times: int) -> None:
    for _ in range(times):
        await dispatcher.step()


ONE_AT_ONCE = Pace(per_second=100_000.0, chat=FAST.chat._replace(messages=1))
