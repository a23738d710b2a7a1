"""The one question of all references: is what is named here written anywhere?"""

from collections.abc import Iterator

from bot.content.builder import Where
from bot.content.problems import Problem
from bot.content.sources import Sources
from bot.content.wording import nearest


def must_be_there(sources: Sources, at: tuple[str, Where], noun: str, name: str) -> Iterator[Problem]:
    known = sources.ids(noun)
    if name not in known and not sources.may_lack(noun):
        meant = nearest(name, tuple(sorted(known)))
        guess = f"did you mean '{meant}'?" if meant else f"write it, or lead to another {noun}"
        yield sources.problem(*at, f"no {noun} is called '{name}'; {guess}")
