"""How much one browser and one address may send: a bucket that fills again with time."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class _Bucket:
    left: float
    at: datetime


class Limiter:
    """Each key has `burst` turns, and gets `per_second` of them back."""

    def __init__(self, burst: int, per_second: float, keys: int = 50_000) -> None:
        self._burst = burst
        self._per_second = per_second
        self._keys = keys
        self._buckets: dict[str, _Bucket] = {}

    def wait(self, key: str, now: datetime) -> float:
        """Take one turn: 0 when there was one, else the seconds until there is."""
        left = self._left(key, now)
        taken = left >= 1
        self._put(key, _Bucket(left - 1 if taken else left, now))
        return 0.0 if taken else (1 - left) / self._per_second

    def _left(self, key: str, now: datetime) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return float(self._burst)
        passed = max(0.0, (now - bucket.at).total_seconds())
        return min(float(self._burst), bucket.left + passed * self._per_second)

    def _put(self, key: str, bucket: _Bucket) -> None:
        # Taken out and put in again, the key is the youngest; the oldest go first when memory is full.
        self._buckets.pop(key, None)
        self._buckets[key] = bucket
        if len(self._buckets) > self._keys:
            del self._buckets[next(iter(self._buckets))]


class Limits:
    """A person is held to a fast typist's pace; an address, which may be a whole hospital, to a crowd's."""

    def __init__(self) -> None:
        self._visitors = Limiter(burst=20, per_second=0.5)
        self._addresses = Limiter(burst=300, per_second=10)

    def wait(self, visitor: str, address: str, now: datetime) -> float:
        return max(self._visitors.wait(visitor, now), self._addresses.wait(address, now))

    def wait_for_address(self, address: str, now: datetime) -> float:
        return self._addresses.wait(address, now)


def address(request: Request, trusted_proxies: int) -> str:
    """Who sent it: the address our own outermost proxy saw. What stands further left anyone can invent."""
    direct = request.client.host if request.client else ""
    passed = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    seen = [*passed, direct]
    return _network(seen[-1 - trusted_proxies] if len(seen) > trusted_proxies else direct)


def _network(host: str) -> str:
    """An IPv6 household owns 2^64 addresses and counts as one."""
    try:
        ip = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((ip, 64), strict=False)) if isinstance(ip, IPv6Address) else str(ip)
