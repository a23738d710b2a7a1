"""A flow as a graph: the ways out of each step, what can be reached, and the names its answers have."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from bot.content.builder import Where
from bot.content.flows import (
    Ask,
    Branch,
    Compare,
    End,
    Flow,
    Join,
    PageStep,
    Remember,
    SessionsStep,
    SetStep,
    Step,
    SubFlow,
)
from bot.content.shapes import Filter

Way: TypeAlias = tuple[str, str | None, Where]
"""How a way out is called, the step it leads to (None: the flow stops there), and where that is written."""

BY_THE_PROGRAM = frozenset({"shown", "today", "handed_over", "joined", *Filter.model_fields})
"""Names that the program itself sets; a session search's button brings its wishes along."""


def ways(step: Step) -> list[Way]:
    """Every way out of a step; an end has none."""
    match step:
        case End():
            return []
        case Ask():
            return [*_answers(step), *_skip(step)]
        case Branch():
            cases = [(str(n), case.go, ("branch", n, "go")) for n, case in enumerate(step.branch)]
            return [*cases, ("else", step.otherwise, ("else",))]
        case Join():
            return [("next", step.next, ("next",)), ("over", step.over, ("over",))]
        case SessionsStep():
            return [("found", step.found, ("found",)), ("none", step.none, ("none",))]
        case _:
            return [("next", step.next, ("next",))]


def _answers(step: Ask) -> list[Way]:
    if step.ask == "yes-no":
        return [("yes", step.yes or step.next, ("yes",)), ("no", step.no or step.next, ("no",))]
    if step.ask == "one-of" and step.options:
        return [
            (option.id, option.next or step.next, ("options", n, "next") if option.next else ("next",))
            for n, option in enumerate(step.options)
        ]
    if step.options_from:
        return [("answered", step.next, ("next",)), ("all", step.next, ("next",))]
    return [("answered", step.next, ("next",))]


def _skip(step: Ask) -> list[Way]:
    if step.skip is True:
        return [("skip", step.next, ("next",))]
    return [("skip", step.skip, ("skip",))] if step.skip else []


def targets(flow: Flow, name: str) -> set[str]:
    """The steps that one step leads to, as far as they are there."""
    return {to for _, to, _ in ways(flow.steps[name]) if to in flow.steps}


def reachable(flow: Flow, start: str) -> set[str]:
    """Every step that can be arrived at from this one, itself included."""
    seen, left = {start}, [start]
    while left:
        new = targets(flow, left.pop()) - seen
        seen |= new
        left += new
    return seen


def asks_someone(flow: Flow, flows: Mapping[str, Flow]) -> bool:
    """Whether this flow, or one it calls, has a question."""
    family = [flows[name] for name in called(flow.flow, flows)]
    return any(isinstance(step, Ask) for one in family for step in one.steps.values())


def called(start: str, flows: Mapping[str, Flow]) -> set[str]:
    """This flow and all that it calls, and they call."""
    return _closure(start, {name: _calls(flow) & flows.keys() for name, flow in flows.items()})


def family(start: str, flows: Mapping[str, Flow]) -> set[str]:
    """Flows that may share one run with this one: those it calls, and those that call it, with all theirs."""
    callers = [name for name in flows if start in called(name, flows)]
    return {one for name in callers for one in called(name, flows)} | {start}


def _calls(flow: Flow) -> set[str]:
    return {step.flow for step in flow.steps.values() if isinstance(step, SubFlow)}


def _closure(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    seen, left = {start}, [start]
    while left:
        new = set(edges.get(left.pop(), ())) - seen
        seen |= new
        left += new
    return seen


def names_set(flows: Iterable[Flow]) -> set[str]:
    """Every name that has a value after these flows."""
    return {
        name for flow in flows for step_id, step in flow.steps.items() for name in _sets(step_id, step)
    } | BY_THE_PROGRAM


def _sets(step_id: str, step: Step) -> Iterator[str]:
    if isinstance(step, Ask):
        yield step.save or step_id.replace("-", "_")
    elif isinstance(step, SetStep):
        yield from step.set
    elif isinstance(step, Remember):
        yield from (f"last_{name}" for name in step.remember)
    elif isinstance(step, PageStep) and step.save:
        yield step.save
    elif isinstance(step, Compare):
        yield from (*(f"{name}_change" for name in step.compare), "harder")
