"""How the red flags do on written messages: which got their card, by flag, voice and damage."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.model import Level
from bot.safety import Matcher

ORDER = (Level.NONE, Level.CONCERN, Level.URGENT, Level.CRISIS, Level.EMERGENCY)
"""From no card to the most urgent one."""
HALVES = ("tuning", "held_out")
TARGETS: Mapping[str, float] = {"emergency": 0.995, "crisis": 0.995, "urgent": 0.98, "false alarms": 0.01}


@dataclass(frozen=True, slots=True)
class Judged:
    """A message, what it should raise (`level` "none": nothing) and what it did raise."""

    text: str
    level: str
    given: str
    flag: str
    voice: str
    damage: str

    @property
    def right(self) -> bool:
        """Its own level or a higher one; for a harmless message, no card at all."""
        if self.level == Level.NONE:
            return self.given == Level.NONE
        return ORDER.index(Level(self.given)) >= ORDER.index(Level(self.level))


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group were right."""

    name: str
    right: int
    of: int

    @property
    def part(self) -> float:
        return self.right / self.of if self.of else 1.0


def judge(matcher: Matcher, folder: Path) -> tuple[Judged, ...]:
    """Every message of `dangerous.yaml` and `harmless.yaml` in this folder, as the matcher takes it."""
    return tuple(
        _judged(matcher, one)
        for name in ("dangerous", "harmless")
        for one in yaml.load((folder / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    )


def _judged(matcher: Matcher, one: Mapping[str, str]) -> Judged:
    flagged = matcher.check(str(one["text"]))
    return Judged(
        text=str(one["text"]),
        level=str(one.get("level", Level.NONE.value)),
        given=(flagged.level if flagged else Level.NONE).value,
        flag=str(one.get("flag", one.get("kind", ""))),
        voice=str(one["voice"]),
        damage=str(one["damage"]),
    )


def shares(judged: Iterable[Judged], by: Callable[[Judged], str]) -> list[Share]:
    """How many were right in each group, in the groups' own order."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(by(one), []).append(one)
    return [
        Share(name, sum(one.right for one in group), len(group)) for name, group in sorted(groups.items())
    ]


def dangerous(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    return tuple(one for one in judged if one.level != Level.NONE)


def harmless(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    return tuple(one for one in judged if one.level == Level.NONE)
