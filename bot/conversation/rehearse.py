"""Playing the authors' transcripts: every line as typed, the person saved and read back between any two."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot import forms
from bot.content.flowgraph import ways
from bot.content.flows import Ask, End, Flow, Line, PageStep, Step, Transcript
from bot.model import Count, Event, Located, Opened, Person, Said, Say, Tapped, Turn

Respond: TypeAlias = Callable[[Person, Event, datetime], Turn]
Way: TypeAlias = tuple[str, str, str]
CODE = re.compile(r"[a-z]:")
"""A transcript may tap a button of a message that came long before by its code."""
LABEL = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A line whose answer was not as written: its number, what was wanted, what came."""

    line: int
    wanted: str
    came: str


@dataclass(frozen=True, slots=True)
class Played:
    """How a transcript went, and every way of every step that it took."""

    mismatches: tuple[Mismatch, ...]
    ways: frozenset[Way]


@dataclass
class _Stage:
    """The person and the last messages, while a transcript plays."""

    person: Person
    now: datetime
    says: tuple[Say, ...] = ()
    buttons: dict[str, str] = field(default_factory=dict)
    ways: set[Way] = field(default_factory=set)


def play(respond: Respond, transcript: Transcript) -> Played:
    """Say every line in turn and compare."""
    person = Person(id="rehearsal", channel=transcript.channel, area=transcript.area)
    stage = _Stage(person, datetime.fromisoformat(transcript.now))
    mismatches = [
        mismatch
        for number, line in enumerate(transcript.says)
        for mismatch in _line(respond, stage, number, line)
    ]
    return Played(tuple(mismatches), frozenset(stage.ways))


def _line(respond: Respond, stage: _Stage, number: int, line: Line) -> Iterator[Mismatch]:
    if line.later is not None:
        stage.now += line.later
    event = _event(stage, line)
    if event == Tapped(""):
        yield Mismatch(number, f"[{line.tap}]", _shown(stage.says))
    elif event is not None:
        _take(respond, stage, event)
    yield from _compare(stage, number, line)


def _event(stage: _Stage, line: Line) -> Event | None:
    if line.tap is not None:
        return Tapped(stage.buttons.get(line.tap, line.tap if CODE.match(line.tap) else ""))
    if line.open is not None:
        return Opened(line.open)
    if line.place is not None:
        latitude, longitude = line.place.split(",")
        return Located(float(latitude), float(longitude))
    return Said(line.them) if line.them is not None else None


def _take(respond: Respond, stage: _Stage, event: Event) -> None:
    """One turn, through the same JSON as the database's."""
    person = forms.read_person(forms.write(stage.person))
    turn = respond(person, event, stage.now)
    stage.person = turn.person
    stage.says = tuple(action for action in turn.actions if isinstance(action, Say))
    shown = [button for say in stage.says for row in say.rows for button in row]
    stage.buttons |= {button.label: button.code for button in shown}
    for action in turn.actions:
        if isinstance(action, Count) and action.name in ("way", "line"):
            labels = dict(action.labels)
            stage.ways.add((labels["flow"], labels["step"], labels[action.name]))


def _compare(stage: _Stage, number: int, line: Line) -> Iterator[Mismatch]:
    came = _shown(stage.says)
    wanted = (line.bot,) if isinstance(line.bot, str) else line.bot or ()
    for part in wanted:
        if not _stands_in(part, came):
            yield Mismatch(number, part, came)
    if line.not_ is not None and _flat(line.not_) in _flat(came):
        yield Mismatch(number, f"not: {line.not_}", came)


def _stands_in(part: str, came: str) -> bool:
    labels = LABEL.findall(part)
    words = [_flat(words) for words in LABEL.split(part)[::2] if words.strip()]
    return all(f"[{label}]" in came for label in labels) and all(words_ in _flat(came) for words_ in words)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shown(says: Iterable[Say]) -> str:
    """Messages as a transcript writes them: the words, then the buttons in square brackets."""
    return "\n".join(
        "\n".join((say.text, " ".join(f"[{button.label}]" for row in say.rows for button in row)))
        for say in says
    )


def ways_of(flow: Flow) -> frozenset[Way]:
    """Every way that leads out of every step: what 100 % of branches means."""
    return frozenset((flow.flow, step_id, way) for step_id, step in flow.steps.items() for way in _ways(step))


def _ways(step: Step) -> tuple[str, ...]:
    """Options that lead to the same step are one branch."""
    if isinstance(step, End):
        return ("end",)
    if isinstance(step, PageStep):
        return ("next", *(f"line-{number}" for number in range(len(step.lines))), *_without_lines(step))
    return tuple(dict.fromkeys(_folded(step, way) for way, _, _ in ways(step)))


def _without_lines(step: PageStep) -> tuple[str, ...]:
    """A page with a line that always holds is never without one."""
    return ("nothing",) if all(line.when for line in step.lines) else ()


def _folded(step: Step, taken: str) -> str:
    """The first option that leads where this one leads; any other way is itself."""
    if not (isinstance(step, Ask) and step.ask == "one-of") or taken == "skip":
        return taken
    leads = {option.id: option.next or step.next for option in step.options}
    return next((id for id, target in leads.items() if target == leads.get(taken, "")), taken)


def folded(flows: Mapping[str, Flow], taken: Iterable[Way]) -> frozenset[Way]:
    """Ways as they were taken, options that lead to the same step folded into one."""
    return frozenset(_fold(flows, way) for way in taken)


def _fold(flows: Mapping[str, Flow], way: Way) -> Way:
    flow, step_id, taken = way
    step = flows[flow].steps.get(step_id) if flow in flows else None
    return (flow, step_id, _folded(step, taken)) if step else way
