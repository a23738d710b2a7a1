"""One event and all that is needed to answer it; every answerer gets a Moment and gives a Turn or None."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.content.flows import Ask, Flow, Step
from bot.conversation import codes
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.model import Action, Event, Frame, Person, Said, Tapped, Turn


@dataclass(frozen=True, slots=True)
class Moment:
    """`said` is the typed text as we answer it: cut to size, cleaned, private details masked."""

    world: World
    person: Person
    event: Event
    now: datetime
    said: str = ""

    @property
    def texts(self) -> Texts:
        return self.world.texts_for(self.person)

    @property
    def today(self) -> date:
        """The date where the clinic is."""
        return self.now.astimezone(ZoneInfo(self.world.local.timezone)).date()

    @property
    def tapped(self) -> codes.Code | None:
        return codes.read(self.event.code) if isinstance(self.event, Tapped) else None

    @property
    def typed(self) -> bool:
        return isinstance(self.event, Said)

    def say(self, key: str, **values: str) -> str:
        """A sentence of the program, its wording rotating from turn to turn."""
        return self.texts(key, self.person.turns, **values)

    def with_person(self, person: Person) -> "Moment":
        return replace(self, person=person)

    def turn(self, *actions: Action) -> Turn:
        return Turn(self.person, actions)


Answerer: TypeAlias = Callable[[Moment], Turn | None]


def step_at(world: World, frames: tuple[Frame, ...]) -> Step | None:
    """The step the top frame stands on, or None when authors have taken it away."""
    flows = world.content.flows
    if not frames or any(frame.flow not in flows for frame in frames):
        return None
    return flows[frames[-1].flow].steps.get(frames[-1].step)


def question_at(world: World, frames: tuple[Frame, ...]) -> Ask | None:
    step = step_at(world, frames)
    return step if isinstance(step, Ask) else None


def flow_at(world: World, frames: tuple[Frame, ...]) -> Flow | None:
    """The flow the person chose: the lowest frame's."""
    return world.content.flows.get(frames[0].flow) if frames else None


def name_of(step: Ask, step_id: str) -> str:
    """The name under which a question's answer is kept."""
    return step.save or step_id.replace("-", "_")
