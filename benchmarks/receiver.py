"""A Telegram-like server in a process of its own, which notes when each message came.

python -m benchmarks.receiver <messages a second that it allows; 0 is any number>

Prints its address; for every line that it reads it prints what came since the line before, as JSON.
"""

import asyncio
import json
import sys
from bisect import bisect_left

from tests.telegram.emulator import Delivered, FakeTelegram, Fault, Fields, Limits


class Receiver(FakeTelegram):
    def __init__(self, allowed: int) -> None:
        super().__init__(self.counted_faults, None)
        self.pace = Limits(allowed) if allowed else None
        self.listener = self.note
        self.times: list[float] = []
        self.texts: dict[str, int] = {}
        self.refused = 0

    def counted_faults(self, method: str, fields: Fields) -> Fault | None:
        if self.pace is None or method != "sendMessage":
            return None
        fault = self.pace(str(fields.get("chat_id")), asyncio.get_running_loop().time())
        self.refused += fault is not None
        return fault

    def note(self, message: Delivered) -> None:
        self.times.append(asyncio.get_running_loop().time())

    def report(self) -> dict[str, object]:
        times, refused = self.times, self.refused
        self.times, self.refused = [], 0
        self.calls.clear()
        self.delivered.clear()
        most = max((bisect_left(times, one + 1.0) - n for n, one in enumerate(times)), default=0)
        seconds = times[-1] - times[0] if times else 0.0
        now = asyncio.get_running_loop().time()
        silent = now - times[-1] if times else 0.0
        return {
            "came": len(times),
            "seconds": seconds,
            "refused": refused,
            "most": most,
            "silent": silent,
        }


async def serve(allowed: int) -> None:
    receiver = Receiver(allowed)
    await receiver.start()
    print(receiver.url, flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(receiver.report()), flush=True)
    await receiver.stop()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
