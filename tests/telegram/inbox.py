"""An inbox in memory that keeps what the real one keeps: each update once, in the order it came."""

from collections.abc import Sequence

from bot.channels.telegram.payload import unpack
from bot.model import Event
from bot.service import Raw


class Inbox:
    def __init__(self) -> None:
        self.rows: dict[str, Raw] = {}
        self.out_of_order = 0
        self.reachable: dict[str, bool] = {}

    async def accept(self, arrivals: Sequence[Raw]) -> None:
        if self.out_of_order:
            self.out_of_order -= 1
            raise OSError("the disk is full")
        for raw in arrivals:
            self.rows.setdefault(raw.update, raw)

    async def standing(self, address: str, reachable: bool) -> None:
        self.reachable[address] = reachable

    @property
    def events(self) -> list[Event | None]:
        return [unpack(raw.payload) for raw in self.rows.values()]
