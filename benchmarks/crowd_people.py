"""The people of the crowd benchmark and their failing Telegram, in a process of their own.

python -m benchmarks.crowd_people <scripts.json> <people> <share of failing requests>
"""

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from tests.telegram.builders import message
from tests.telegram.emulator import Delivered, FakeTelegram, Fault, Fields, flood

BURSTS = (2, 1)
"""How many messages a person writes at once, before waiting for the answers."""
LONGEST = 200.0
"""Seconds, after which what has not come counts as lost."""
SEED = 7

Script: TypeAlias = Sequence[tuple[str, Sequence[str]]]
"""What a person says, and what they must read after it. No text comes twice, so each names its turn."""

FAULTS: Mapping[str, tuple[float, Fault]] = {
    "429, wait 1 s": (0.04, flood(1)),
    "500": (0.32, Fault("status")),
    "time-out, not done": (0.16, Fault("late")),
    "time-out, but done": (0.16, Fault("late", done=True)),
    "connection dropped, not done": (0.16, Fault("cut")),
    "connection dropped, but done": (0.16, Fault("cut", done=True)),
}
"""Shares of the faults. A 429 stops all sending for a second, so a larger share would measure waiting."""


@dataclass
class Chatter:
    """One person: what they have said so far, what they must read, in order, and what they have read."""

    chat: int
    script: Script
    said: int = 0
    bursts: int = 0
    expected: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def write(self) -> list[str]:
        """The next burst, or nothing when they are done."""
        size = BURSTS[self.bursts] if self.bursts < len(BURSTS) else 0
        burst = self.script[self.said : self.said + size]
        self.bursts += 1
        self.said += size
        self.expected += [line for _, answers in burst for line in answers]
        return [text for text, _ in burst]

    @property
    def waits(self) -> bool:
        return bool(set(self.expected) - set(self.read))

    @property
    def in_order(self) -> bool:
        came = set(self.read)
        return list(dict.fromkeys(self.read)) == [line for line in self.expected if line in came]


class Crowd:
    """Everybody, and the faults that their Telegram makes."""

    def __init__(self, scripts: Sequence[Script], people: int, share: float) -> None:
        self.telegram = FakeTelegram(self.fault)
        self.telegram.listener = self.hear
        self.people = {chat: Chatter(chat, scripts[chat % len(scripts)]) for chat in range(1, people + 1)}
        self.left = people
        self.share = share
        self.dice = random.Random(SEED)
        self.faults: Counter[str] = Counter()
        self.doubtful: Counter[tuple[str, str]] = Counter()
        self.causes: dict[tuple[str, str], str] = {}
        self.letters: asyncio.Queue[Chatter] = asyncio.Queue()

    def fault(self, method: str, fields: Fields) -> Fault | None:
        if method not in ("sendMessage", "getUpdates") or self.dice.random() >= self.share:
            return None
        [name] = self.dice.choices(list(FAULTS), [share for share, _ in FAULTS.values()])
        fault = FAULTS[name][1]
        self.faults[f"{method}: {name}"] += 1
        if method == "sendMessage" and fault.done:
            which = (str(fields["chat_id"]), str(fields["text"]))
            self.doubtful[which] += 1
            self.causes[which] = name
        return fault

    def hear(self, delivered: Delivered) -> None:
        chatter = self.people[delivered.chat]
        waited = chatter.waits
        chatter.read.append(delivered.text)
        if waited and not chatter.waits:
            self.letters.put_nowait(chatter)

    async def chat(self) -> None:
        """Whoever has read all answers writes again; ends when nobody has more to say."""
        for chatter in self.people.values():
            await self.write(chatter)
        while self.left:
            await self.write(await self.letters.get())

    async def write(self, chatter: Chatter) -> None:
        texts = chatter.write()
        self.left -= 0 if texts else 1
        for text in texts:
            await self.telegram.write("message", message(chatter.chat, text=text))

    def report(self) -> dict[str, object]:
        """A repeat is by rule when Telegram did what was asked and its answer never came; else it is ours."""
        people = self.people.values()
        repeats = [(str(one.chat), text) for one in people for text in _again(one.read)]
        by_rule = Counter(repeats) & self.doubtful
        return {
            "lost": sum(len(set(one.expected) - set(one.read)) for one in people),
            "repeated": len(repeats) - by_rule.total(),
            "wrong-order": sum(not one.in_order for one in people),
            "by-rule": Counter(self.causes[which] for which in by_rule.elements()),
            "delivered": len(self.telegram.delivered),
            "faults": self.faults,
        }


def _again(read: Sequence[str]) -> list[str]:
    """What came more than once, each time but the first."""
    return list((Counter(read) - Counter(set(read))).elements())


async def serve(scripts: Sequence[Script], people: int, share: float) -> None:
    """Prints the address, then, when all is said, the report; ends when its input closes."""
    crowd = Crowd(scripts, people, share)
    await crowd.telegram.start()
    print(crowd.telegram.url, flush=True)
    try:
        async with asyncio.timeout(LONGEST):
            await crowd.chat()
    except TimeoutError:
        print("not all was said in time", file=sys.stderr)
    print(json.dumps(crowd.report()), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await crowd.telegram.stop()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(Path(sys.argv[1]).read_text("utf-8")), int(sys.argv[2]), float(sys.argv[3])))
