"""Rules for single questions and for the names of their answers."""

from collections.abc import Callable, Iterator

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.flows import (
    Ask,
    Flow,
)
from bot.content.problems import Problem
from bot.content.sources import Sources

WITH_OPTIONS = ("one-of", "several-of")
WITH_LIMITS = ("number", "scale")
RESERVED = ("skip", "done")
"""Names that the buttons of every question use."""
Slip = tuple[Where, str]


def questions_make_sense(content: Content, sources: Sources) -> Iterator[Problem]:
    """What is written beside a question belongs to a question of its kind."""
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            if isinstance(step, Ask):
                for rule in QUESTION:
                    for where, message in rule(step):
                        yield sources.problem(path, ("steps", name, *where), message)


def _enough_options(step: Ask) -> Iterator[Slip]:
    if step.options_from:
        if step.ask not in WITH_OPTIONS or step.options:
            yield ("options_from",), "'options_from' stands in 'ask: one-of' or 'several-of', without options"
        return
    if step.ask in WITH_OPTIONS and len(step.options) < 2:
        yield (), f"'ask: {step.ask}' needs 2 or more options; there are {len(step.options)}"
    if step.ask not in WITH_OPTIONS and step.options:
        yield ("options",), f"'ask: {step.ask}' has no options; write 'ask: one-of', or take them out"


def _options_differ(step: Ask) -> Iterator[Slip]:
    ids: set[str] = set()
    labels: dict[str, str] = {}
    for number, option in enumerate(step.options):
        if option.id in ids:
            yield (
                ("options", number, "id"),
                f"another option here is called '{option.id}'; give it another id",
            )
        if option.id in RESERVED:
            yield (
                ("options", number, "id"),
                f"'{option.id}' is a name of the program's own; give it another id",
            )
        ids.add(option.id)
        other = labels.setdefault(_plain(option.label["en"]), option.id)
        if other != option.id:
            yield (
                ("options", number, "label"),
                f"this label is like that of '{other}'; people could not tell them apart",
            )


def _names_differ(step: Ask) -> Iterator[Slip]:
    labels = {_plain(option.label["en"]): option.id for option in step.options}
    for number, option in enumerate(step.options):
        for place, said in enumerate(option.says):
            other = labels.setdefault(_plain(said), option.id)
            if other != option.id:
                yield (
                    ("options", number, "says", place),
                    f"'{said}' is also a name for '{other}'; keep one of them",
                )


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _limits(step: Ask) -> Iterator[Slip]:
    if step.ask not in WITH_LIMITS:
        for name in ("least", "most"):
            if getattr(step, name) is not None and (name, step.ask) != ("most", "several-of"):
                yield (name,), f"'{name}' is for 'ask: number' or 'ask: scale'; take it out"
    elif step.least is not None and step.most is not None and step.least >= step.most:
        yield ("least",), f"'least' ({step.least}) must be smaller than 'most' ({step.most})"
    if step.ask == "scale" and (step.most if step.most is not None else 10) - (step.least or 0) > 10:
        yield ("most",), "a scale has 11 buttons at most, such as 0 to 10; write 'ask: number' for more"
    if step.ends and step.ask != "scale":
        yield ("ends",), "'ends' is for 'ask: scale'; take it out"


def _agreement(step: Ask) -> Iterator[Slip]:
    if step.consent and step.ask != "yes-no":
        yield ("consent",), "only a yes can switch something on; write 'ask: yes-no'"


def _skipping_is_no_yes(step: Ask) -> Iterator[Slip]:
    if step.ask == "yes-no" and step.skip is True and step.next and step.next == step.yes != step.no:
        yield ("skip",), "to skip this would be the same as yes; write 'skip: <step>' with the step to go to"


QUESTION: tuple[Callable[[Ask], Iterator[Slip]], ...] = (
    _enough_options,
    _options_differ,
    _names_differ,
    _limits,
    _agreement,
    _skipping_is_no_yes,
)


RULES = (questions_make_sense,)
