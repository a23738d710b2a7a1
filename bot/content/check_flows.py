"""Rules for the ways through a flow: everybody arrives somewhere, nobody walks in circles."""

from collections.abc import Iterator, Mapping

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.flowgraph import asks_someone, called, reachable, targets, ways
from bot.content.flows import Ask, End, Flow, Step, SubFlow
from bot.content.problems import Problem
from bot.content.sources import Sources
from bot.content.wording import did_you_mean


def every_way_leads_to_a_step(content: Content, sources: Sources) -> Iterator[Problem]:
    """A step that is named as a target is there."""
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            for to, where in _written(step).items():
                if to not in flow.steps:
                    message = f"no step is called '{to}'; {did_you_mean(to, tuple(flow.steps))}"
                    yield sources.problem(path, ("steps", name, *where), message)


def _written(step: Step) -> dict[str, Where]:
    """Each target once, where it is first written."""
    found: dict[str, Where] = {}
    for _, to, where in [*ways(step), *_never_taken(step)]:
        if to is not None:
            found.setdefault(to, where)
    return found


def no_way_stops_short(content: Content, sources: Sources) -> Iterator[Problem]:
    """A way out leads on, or there are last words. Only a flow inside another may simply stop."""
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            for way, to, _ in ways(step):
                if to is None and not flow.internal:
                    yield sources.problem(path, ("steps", name), _dead_end(name, way))


def _dead_end(name: str, way: str) -> str:
    after = "" if way in ("next", "answered") else f" on the way '{way}'"
    line = way if way in ("yes", "no", "found", "none", "skip", "over") else "next"
    return f"after '{name}'{after} the flow stops without a word; add '{line}: <step>', or a step with 'end'"


def reaches_every_step(content: Content, sources: Sources) -> Iterator[Problem]:
    """No step is left where nobody can arrive."""
    for path, flow in sources.files(Flow):
        there = reachable(flow, flow.start)
        for name in flow.steps:
            if name not in there:
                message = f"nothing leads to step '{name}'; lead to it or take it out"
                yield sources.problem(path, ("steps", name), message)


def an_end_can_be_reached(content: Content, sources: Sources) -> Iterator[Problem]:
    """From every step there is a way to an end."""
    for path, flow in sources.files(Flow):
        shut_in = [name for name in flow.steps if not _has_an_end(flow, reachable(flow, name))]
        if shut_in:
            message = f"from step '{shut_in[0]}' no end can be reached; add a way to a step with 'end'"
            yield sources.problem(path, ("steps", shut_in[0]), message)


def _has_an_end(flow: Flow, steps: set[str]) -> bool:
    # A target that is not there is another rule's problem, and counts as an end here.
    return any(
        isinstance(flow.steps[name], End) or any(to not in flow.steps for _, to, _ in ways(flow.steps[name]))
        for name in steps
    )


def no_circle_without_a_question(content: Content, sources: Sources) -> Iterator[Problem]:
    """Steps that lead to each other with nothing asked in between would never stop."""
    for path, flow in sources.files(Flow):
        silent = {name for name, step in flow.steps.items() if not _waits(step, content.flows)}
        for name in flow.steps:
            if name in silent and _comes_back(flow, name, silent):
                message = (
                    f"step '{name}' leads back to itself and asks nothing on the way; put a question between"
                )
                yield sources.problem(path, ("steps", name), message)
                break


def _waits(step: Step, flows: Mapping[str, Flow]) -> bool:
    if isinstance(step, SubFlow):
        return step.flow not in flows or asks_someone(flows[step.flow], flows)
    return isinstance(step, Ask)


def _comes_back(flow: Flow, start: str, silent: set[str]) -> bool:
    seen: set[str] = set()
    left = [start]
    while left:
        new = (targets(flow, left.pop()) & silent) - seen
        seen |= new
        left += new
    return start in seen


def no_flow_calls_itself(content: Content, sources: Sources) -> Iterator[Problem]:
    """Not even by way of another flow."""
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            if isinstance(step, SubFlow) and flow.flow in called(step.flow, content.flows):
                message = f"'{flow.flow}' goes through '{step.flow}', which comes back here: it never ends"
                yield sources.problem(path, ("steps", name, "flow"), message)


def every_answer_has_its_way(content: Content, sources: Sources) -> Iterator[Problem]:
    """A way that is written is one that can be taken."""
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            for way, _, where in _never_taken(step):
                message = f"'{way}' is never used with 'ask: {getattr(step, 'ask', '')}'; take it out"
                yield sources.problem(path, ("steps", name, *where), message)


def _never_taken(step: Step) -> Iterator[tuple[str, str | None, Where]]:
    if not isinstance(step, Ask):
        return
    for way in ("yes", "no"):
        if step.ask != "yes-no" and getattr(step, way):
            yield way, getattr(step, way), (way,)
    for number, option in enumerate(step.options):
        if step.ask != "one-of" and option.next:
            yield "next", option.next, ("options", number, "next")


RULES = (
    every_way_leads_to_a_step,
    no_way_stops_short,
    reaches_every_step,
    an_end_can_be_reached,
    no_circle_without_a_question,
    no_flow_calls_itself,
    every_answer_has_its_way,
)
