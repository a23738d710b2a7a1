"""A Telegram that counts what arrives and fails as it is told, in a process of its own.

python -m benchmarks.chaos_receiver; then lines: "faults <share>", "count", "report". It ends with its input.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping

from tests.telegram.emulator import Delivered, FakeTelegram, Fault, Fields, flood

SEED = 7
BLOCKED = 40
"""Every so many people have blocked the bot, once there are faults at all."""
FORBIDDEN = Fault("status", False, 403, "Forbidden: bot was blocked by the user")
FAULTS: Mapping[str, tuple[float, Fault]] = {
    "429, wait 1 s": (0.04, flood(1)),
    "500": (0.24, Fault("status")),
    "502, but done": (0.08, Fault("status", True, 502, "Bad Gateway")),
    "late answer, not done": (0.16, Fault("late")),
    "late answer, but done": (0.16, Fault("late", done=True)),
    "connection cut, not done": (0.16, Fault("cut")),
    "connection cut, but done": (0.16, Fault("cut", done=True)),
}
"""Shares of the faults. A 429 stops all sending for a second, so a larger share would measure waiting."""


class Receiver:
    def __init__(self) -> None:
        self.telegram = FakeTelegram(self.fault)
        self.telegram.listener = self.hear
        self.dice = random.Random(SEED)
        self.share = 0.0
        self.arrived: list[tuple[str, str]] = []
        self.faults: Counter[str] = Counter()
        self.in_doubt: list[tuple[str, str]] = []

    def hear(self, message: Delivered) -> None:
        self.arrived.append((str(message.chat), message.text))

    def fault(self, method: str, fields: Fields) -> Fault | None:
        if method != "sendMessage" or not self.share:
            return None
        chat, text = str(fields["chat_id"]), str(fields["text"])
        if int(chat) % BLOCKED == 0:
            self.faults["403, blocked"] += 1
            return FORBIDDEN
        if self.dice.random() >= self.share:
            return None
        [name] = self.dice.choices(list(FAULTS), [share for share, _ in FAULTS.values()])
        self.faults[name] += 1
        fault = FAULTS[name][1]
        if fault.done:
            self.in_doubt.append((chat, text))
        return fault

    def answer(self, line: str) -> str:
        match line.split():
            case ["faults", share]:
                self.share = float(share)
                return "ok"
            case ["count"]:
                return str(len(self.arrived))
            case _:
                found = {"arrived": self.arrived, "in-doubt": self.in_doubt, "faults": self.faults}
                return json.dumps(found)


async def serve() -> None:
    """Prints the address; then an answer to each line."""
    receiver = Receiver()
    await receiver.telegram.start()
    print(receiver.telegram.url, flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(receiver.answer(line), flush=True)
    await receiver.telegram.stop()


if __name__ == "__main__":
    asyncio.run(serve())
