"""How long the directory takes: opening the map, reading a place, suggesting among 2,000 sessions."""

import resource
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

from bot.content.listings import PlaceName, Series, Service
from bot.directory import Places, build_directory
from bot.directory.postcodes import SHIPPED, shipped_postcodes
from bot.model import Location, Wanted

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TYPED = ("EH6 5NA please", "im in leith", "sothampton", "I am a teacher in need of help", "eh4 2")
RULES = ("FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2")
LEITH = Location("Leith", 55.9725, -3.1752, "scotland")


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Each time, shortest first."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append((perf_counter() - begun) * 1000)
    return sorted(taken)


def line(what: str, taken: list[float]) -> str:
    middle, slowest = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    return f"{what:<44} p50 {middle:8.3f} ms   p99 {slowest:8.3f} ms"


def many_sessions(count: int) -> tuple[Series, ...]:
    """Half of them at venues all over Great Britain, all begun a year ago."""
    outcodes = shipped_postcodes().outcodes
    return tuple(one_session(number, outcodes[number % len(outcodes)]) for number in range(count))


def one_session(number: int, outcode: str) -> Series:
    venue = {"name": "SAMPLE Hall", "postcode": outcode} if number % 2 else None
    return Series.model_validate(
        {
            "id": f"session-{number}",
            "service": "team",
            "title": "SAMPLE",
            "kinds": "group",
            "topics": ["being-active"],
            "mode": "in-person" if venue else "online",
            "venue": venue,
            "starts": "2025-11-24T10:30",
            "minutes": 45,
            "rrule": RULES[number % len(RULES)],
            "sample": True,
            "checked": "2026-11-01",
            "review": "2027-11-01",
        }
    )


def main() -> None:
    team = Service.model_validate(
        {
            "id": "team",
            "name": "SAMPLE",
            "provider": "SAMPLE",
            "provider_type": "sample",
            "what": "SAMPLE",
            "source": "made up",
            "sample": True,
            "checked": "2026-11-01",
            "review": "2027-11-01",
        }
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(line("open the map", milliseconds(shipped_postcodes, 1)))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{'the map: file, memory':<44} {SHIPPED.stat().st_size / 1e6:.1f} MB, {held / 1000:.1f} MB")
    places = Places((PlaceName(name="Leith", at="EH6"), PlaceName(name="Southampton", at="SO14")))
    print(line("read the first place (names are sorted in)", milliseconds(lambda: places.read("eh6"), 1)))
    for typed in TYPED:
        print(line(f"read {typed!r}", milliseconds(lambda typed=typed: places.read(typed), 200)))  # type: ignore[misc]
    directory = build_directory([team], many_sessions(2_000), (), (), "Europe/London")
    wanted = Wanted(near=LEITH, topic="being-active", step_free=True)
    print(
        line("suggest among 2,000: the first time", milliseconds(lambda: directory.suggest(wanted, NOW), 1))
    )
    print(line("suggest among 2,000: afterwards", milliseconds(lambda: directory.suggest(wanted, NOW), 50)))


if __name__ == "__main__":
    main()
