"""Navigators for tests: over the real content, and over flows written in a test."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import yaml

from bot import forms
from bot.compose import navigator_of
from bot.content import read
from bot.content.flows import Flow
from bot.conversation.navigator import Navigator
from bot.model import Action, Button, Event, Opened, Person, Said, Say, Tapped, Turn
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@cache
def real() -> Navigator:
    """The navigator over the content of this repository, drafts included."""
    loaded = read(ROOT / "knowledge", ROOT / "flows", show_drafts=True)
    assert loaded.content is not None, "\n".join(str(problem) for problem in loaded.problems)
    return navigator_of(loaded.content, Settings(cache=None))


def with_flows(*written: str) -> Navigator:
    """The real navigator with these flows on top."""
    flows = [Flow.model_validate(yaml.safe_load(one)) for one in written]
    world = real().world
    content = replace(world.content, flows={**world.content.flows, **{flow.flow: flow for flow in flows}})
    return Navigator(replace(world, content=content))


def saved(person: Person) -> Person:
    """The person as the database gives them back."""
    return forms.read_person(forms.write(person))


class Talk:
    """Someone chatting: every turn goes through the JSON of the database."""

    def __init__(self, navigator: Navigator, person: Person | None = None, now: datetime = NOW) -> None:
        self.navigator = navigator
        self.person = person or Person(id="someone", told=("welcome", "telegram"))
        self.now = now
        self.actions: tuple[Action, ...] = ()
        self.buttons: dict[str, Button] = {}

    def send(self, event: Event) -> str:
        """What comes back, as one text with the buttons in square brackets."""
        self.person = saved(self.person)
        turn: Turn = self.navigator.respond(self.person, event, self.now)
        self.person, self.actions = turn.person, turn.actions
        for say in self.says:
            self.buttons |= {button.label: button for row in say.rows for button in row}
        return "\n".join(shown(say) for say in self.says)

    @property
    def says(self) -> tuple[Say, ...]:
        return tuple(action for action in self.actions if isinstance(action, Say))

    def say(self, text: str) -> str:
        return self.send(Said(text))

    def tap(self, label: str) -> str:
        return self.send(Tapped(self.buttons[label].code))

    def begin(self, flow: str) -> str:
        return self.send(Tapped(f"w:{flow}"))

    def open(self, payload: str = "") -> str:
        return self.send(Opened(payload))


def shown(say: Say) -> str:
    return "\n".join([say.text, *(f"[{button.label}]" for row in say.rows for button in row)])
