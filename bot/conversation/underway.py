"""A run on its way through a flow: where it stands, what is known, and whether a condition holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.content.flows import Limits, Plain, SubFlow
from bot.conversation.moment import Moment, step_at
from bot.conversation.values import gaps
from bot.model import Action, Count, Frame, Kept, Place, Value


@dataclass(frozen=True, slots=True)
class Walk:
    """A run on its way: where it stands, what it has kept, and what it has done this turn."""

    moment: Moment
    place: Place
    frames: tuple[Frame, ...]
    actions: tuple[Action, ...] = ()
    waits: bool = False

    @property
    def visit(self) -> int:
        """The visit that what is kept now belongs to: the question answered last, -1 before the first."""
        return len(self.place.visits) - 1

    def keep(self, name: str, value: Value) -> "Walk":
        others = tuple(k for k in self.place.kept if (k.visit, k.name) != (self.visit, name))
        return replace(self, place=replace(self.place, kept=(*others, Kept(self.visit, name, value))))

    def do(self, *actions: Action) -> "Walk":
        return replace(self, actions=self.actions + actions)

    def leave(self, way: str, to: str | None) -> "Walk":
        """Leave this step by one of its ways; the count of ways shows authors where people stop."""
        here = self.frames[-1]
        counted = self.do(Count("way", (("flow", here.flow), ("step", here.step), ("way", way))))
        return (
            counted.pop()
            if to is None
            else replace(counted, frames=(*self.frames[:-1], Frame(here.flow, to)))
        )

    def pop(self) -> "Walk":
        """The flow on top is over: go on in the flow that called it."""
        below = self.frames[:-1]
        if not below:
            return replace(self, frames=())
        calling = step_at(self.moment.world, below)
        after = calling.next if isinstance(calling, SubFlow) else None
        return replace(self, frames=below).leave("next", after)

    def written(self, text: Any) -> str:
        return self.moment.texts.written(text, **gaps(self.moment, self.place))


Conditions = Mapping[str, Plain | tuple[Plain, ...] | Limits]


def all_hold(at: Walk, when: Conditions) -> bool:
    """Whether every answer is as wanted."""
    return all(holds(at, name, wanted) for name, wanted in when.items())


def holds(at: Walk, name: str, wanted: Plain | tuple[Plain, ...] | Limits) -> bool:
    """Whether an answer is as a case wants it; what only the program knows is under `person.`."""
    value = known(at, name)
    match wanted:
        case Limits():
            return isinstance(value, int) and (wanted.least or 0) <= value <= (wanted.most or value)
        case tuple():
            return any(holds(at, name, one) for one in wanted)
        case "missing":
            return value in (None, "", ())
        case "given":
            return value not in (None, "", ())
        case _:
            return _same(value, wanted)


def _same(value: Value, wanted: Plain) -> bool:
    return wanted in value if isinstance(value, tuple) else value == wanted


def known(at: Walk, name: str) -> Value:
    """An answer of this run, or `person.channel`, `person.area`, `person.consent.<switch>`, or whether
    `person.talks` with the team."""
    person = at.moment.person
    if name.startswith("person.consent."):
        return name.removeprefix("person.consent.") in person.consents
    facts: dict[str, Value] = {"person.channel": person.channel, "person.area": person.area}
    facts["person.talks"] = person.relay > 0
    return facts[name] if name in facts else at.place.answers.get(name)


def meant(at: Walk, written: Plain) -> Value:
    """A plain value; `$name` for an answer, `$name.0` for the first of a list, `$today` for the date."""
    if not isinstance(written, str) or written[:1] != "$":
        return written
    name, _, number = written[1:].partition(".")
    if number.isdecimal():
        listed = known(at, name)
        return next(iter(listed[int(number) :]), None) if isinstance(listed, tuple) else None
    return at.moment.today if written == "$today" else known(at, written[1:])
