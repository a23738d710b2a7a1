"""A navigator that says what it is told to, and counts, and breaks where it should."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.model import Action, Arrival, Event, Person, Said, Say, Turn
from bot.service import Raw
from tests.speechless import Speechless

SORRY = Say("Sorry, that is our mistake.")


@dataclass
class FakeNavigator(Speechless):
    """Answers every text with "<turn>: <text>", or with the actions written down for that text."""

    actions: Mapping[str, tuple[Action, ...]] = field(default_factory=dict)
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    breaks_on: str = "never said"
    times_broken: int = 1000

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        text = said(event)
        if text == self.breaks_on and self.times_broken > 0:
            self.times_broken -= 1
            raise ValueError(f"the secret words: {text}")
        then = replace(person, turns=person.turns + 1, **self.changes.get(text, {}))
        return Turn(then, self.actions.get(text, (Say(f"{then.turns}: {text}"),)))

    def our_mistake(self, person: Person, event: Event | None = None) -> Say:
        return SORRY

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        return Say(f"held: {held}", sensitive=True)


def said(event: Event) -> str:
    assert isinstance(event, Said)
    return event.text


def arrival(text: str, update: str = "u1", address: str = "ann") -> Arrival:
    return Arrival("web", address, update, Said(text))


def raw(text: str, update: str, address: str = "ann") -> Raw:
    return Raw("telegram", update, address, text)


def translate(payload: str) -> Event | None:
    return Said(payload) if payload else None
