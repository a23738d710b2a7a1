"""A picture of a flow in Mermaid: what authors and clinicians look at together."""

from collections.abc import Iterator

from bot.content.flowgraph import ways
from bot.content.flows import Ask, Branch, End, Flow, SayStep, SetStep, Step, SubFlow, verb_of

SHOWN = 60
"""Characters of a text that stand in a box."""


def mermaid(flow: Flow) -> str:
    """The whole flow, top to bottom: questions are rounded, branches are diamonds, ends are circles."""
    numbers = {name: f"s{number}" for number, name in enumerate(flow.steps)}
    return "\n".join(["flowchart TD", *_boxes(flow, numbers), *_arrows(flow, numbers)]) + "\n"


def _boxes(flow: Flow, numbers: dict[str, str]) -> Iterator[str]:
    for name, step in flow.steps.items():
        left, right = _brackets(step)
        yield f'    {numbers[name]}{left}"{_quoted(name)}<br>{_quoted(in_words(step))}"{right}'


def _arrows(flow: Flow, numbers: dict[str, str]) -> Iterator[str]:
    for name, step in flow.steps.items():
        together: dict[str, list[str]] = {}
        for way, to, _ in ways(step):
            together.setdefault(to or "", []).append(_way(step, way))
        for to, labels in together.items():
            if to in numbers:
                label = ", ".join(labels)
                arrow = f'-- "{_quoted(label)}" -->' if label not in ("next", "answered") else "-->"
                yield f"    {numbers[name]} {arrow} {numbers[to]}"


def _brackets(step: Step) -> tuple[str, str]:
    match step:
        case Ask():
            return "(", ")"
        case Branch():
            return "{", "}"
        case End():
            return "((", "))"
        case SubFlow():
            return "[[", "]]"
        case _:
            return "[", "]"


def in_words(step: Step) -> str:
    """What the step says or does, in few words."""
    match step:
        case Ask(text=text) | SayStep(say=text) | End(end=text):
            return _short(text["en"])
        case Branch():
            return "which way?"
        case SetStep():
            return ", ".join(f"{name} = {value}" for name, value in step.set.items())
        case _:
            return _does(step)


def _does(step: Step) -> str:
    verb = verb_of(step) or ""
    value = getattr(step, verb)
    if isinstance(value, dict):
        value = value.get("en", "")
    if isinstance(value, tuple):
        value = ", ".join(value)
    return f"{verb}: {_short(value)}" if isinstance(value, str) else verb


def _way(step: Step, way: str) -> str:
    """Options by their labels, cases by what they wait for."""
    if isinstance(step, Ask):
        return next((option.label["en"] for option in step.options if option.id == way), way)
    if isinstance(step, Branch) and way.isdigit():
        return " and ".join(f"{name}: {_case(value)}" for name, value in step.branch[int(way)].when.items())
    return way


def _case(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " or ".join(map(_case, value)) if isinstance(value, tuple) else str(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def _quoted(text: str) -> str:
    """Mermaid reads its own signs and HTML inside labels."""
    for sign, code in (("&", "#amp;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(sign, code)
    return text
