"""`kill -9` of a worker with messages on their way, counted at the receiver.

    python -m benchmarks.kill --database sqlite|postgresql --rounds N [--seed S]

SQLite: the one process is killed at a random moment and started again. PostgreSQL: one of 2 workers is
killed, and one of 3, N rounds each, and nobody is started again: the living take over. Each round sends two
broadcasts to 200 people, and a reply to some, through python-telegram-bot to a Telegram-like server that
answers late. The last line sums up all rounds.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarks.kill_round import Outcome, play
from bot.channels.telegram.redact import hush
from bot.store.engine import address_of
from bot.store.migrations import upgrade

AT_ONCE = 4
"""Rounds side by side: each waits 25 s for a lease to run out, and needs little meanwhile."""
TAKEN_OVER = 30.0
KILLED = {"sqlite": (1,), "postgresql": (2, 3)}
"""How many workers there are when one is killed."""


def addresses(kind: str, rounds: int, folder: Path) -> Iterator[str]:
    """A fresh database for each round."""
    if kind == "sqlite":
        yield from (f"sqlite:///{folder / str(number)}.sqlite3" for number in range(rounds))
        return
    # Only here: the server of the tests may not exist for every machine.
    from tests.databases import started_postgresql

    server = started_postgresql()
    engine = create_engine(address_of(server), isolation_level="AUTOCOMMIT")
    for number in range(rounds):
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {folder.name}_{number}"))
        url = make_url(server).set(database=f"{folder.name}_{number}")
        yield url.render_as_string(hide_password=False)
    engine.dispose()


async def rounds_of(databases: Sequence[str], workers: int, seed: int) -> list[Outcome]:
    side_by_side = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, database: str) -> Outcome:
        async with side_by_side:
            outcome = await play(database, workers, seed + number)
            print(f"  round {number + 1}: {outcome.line()}, {details(outcome)}", flush=True)
            return outcome

    return await asyncio.gather(*(one(number, database) for number, database in enumerate(databases)))


def details(outcome: Outcome) -> str:
    limit = f"(to reach: < {TAKEN_OVER:.0f} s)"
    return (
        f"{outcome.in_flight} on their way, {outcome.unlisted} of them not listed, "
        f"taken over after {outcome.taken_over:.1f} s {limit}, {outcome.by_rule} replies sent again by rule"
    )


def total(outcomes: Sequence[Outcome]) -> Outcome:
    names = ("lost", "repeated", "unsure", "wrong_order", "by_rule", "in_flight", "unlisted")
    sums = {name: sum(getattr(one, name) for one in outcomes) for name in names}
    return Outcome(**sums, taken_over=max((one.taken_over for one in outcomes), default=0.0))


def measure(kind: str, rounds: int, seed: int) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for workers in KILLED[kind]:
        with tempfile.TemporaryDirectory(prefix="kill") as name:
            print(f"{kind}: 1 of {workers} killed, {rounds} rounds", flush=True)
            databases = tuple(addresses(kind, rounds, Path(name)))
            for database in databases:
                upgrade(database)
            found = asyncio.run(rounds_of(databases, workers, seed))
        summed = total(found)
        print(f"1 of {workers}: {summed.line()}, {details(summed)}", flush=True)
        outcomes += found
    return outcomes


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--database", choices=sorted(KILLED), default="sqlite")
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    hush()
    summed = total(measure(given.database, given.rounds, given.seed))
    print(summed.line())
    bad = summed.lost + summed.repeated + summed.wrong_order + summed.unlisted
    sys.exit(1 if bad or summed.taken_over > TAKEN_OVER else 0)


if __name__ == "__main__":
    main()
