"""Everything that `prehab check` says about what authors wrote."""

from datetime import date

from bot.content.load import Loaded
from bot.content.problems import Problem


def check(loaded: Loaded, today: date) -> tuple[Problem, ...]:
    """What was wrong on reading, and what every further rule finds, in the order of files and lines."""
    from bot.content.rules import DATED, QUALITY, run

    found = {*loaded.problems, *run(QUALITY, loaded.readable, loaded.source)}
    for rule in DATED:
        found.update(rule(loaded.readable, loaded.source, today))
    return tuple(sorted(found))


def fails(problems: tuple[Problem, ...], strict: bool = False) -> bool:
    """Whether `prehab check` ends badly: by an error, or with --strict by anything."""
    return any(strict or problem.severity == "error" for problem in problems)
