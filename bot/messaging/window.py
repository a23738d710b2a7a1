"""The last second as the receiver may have seen it: on their way, or answered less than a second ago.

A message arrives somewhere between its sending and its answer. Whoever counts it until a second after its
answer never has more than the limit in any second of the receiver's own clock, however uneven the way is.
"""

from collections import deque
from dataclasses import dataclass, field

SECOND = 1.0


@dataclass
class Window:
    """Times are in seconds; what lies ahead was noted before the clock was set back, and is forgotten.
    `limit` is how many messages a second may hold."""

    limit: int
    _answered: deque[float] = field(default_factory=deque)

    def answered(self, now: float) -> None:
        self._answered.append(now)

    def wait(self, on_their_way: int, now: float) -> float:
        """Seconds until one more may go; 0 when it may go now. While too many are on their way, nobody
        knows: then it is worth looking again soon."""
        while self._answered and not now - SECOND < self._answered[0] <= now:
            self._answered.popleft()
        over = len(self._answered) + on_their_way - self.limit
        if over < 0:
            return 0.0
        known = over < len(self._answered)
        return self._answered[over] + SECOND - now if known else SECOND / 50
