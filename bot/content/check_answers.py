"""Rules for the names of answers: whatever looks at an answer finds one that some step saves."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import get_args

from bot.content.builder import Where
from bot.content.content import Content
from bot.content.flowgraph import BY_THE_PROGRAM, family, names_set
from bot.content.flows import (
    Ask,
    Branch,
    Compare,
    CountStep,
    Flow,
    HandOver,
    Interests,
    Join,
    Keep,
    Limits,
    PageStep,
    Remember,
    SessionsStep,
    SetStep,
    Share,
    Step,
)
from bot.content.listings import Cancer
from bot.content.problems import Problem
from bot.content.sources import Sources
from bot.content.wording import did_you_mean
from bot.model import Wanted

ABOUT_A_PERSON = ("person.channel", "person.area", "person.talks")
CONSENT = "person.consent."
WISHES = (*(field.name for field in fields(Wanted) if field.name not in ("earliest", "latest")), "days")


def answers_are_known(content: Content, sources: Sources) -> Iterator[Problem]:
    """A name that a branch, a search or a hand-over looks at has been given a value by some step."""
    for path, flow in sources.files(Flow):
        known = names_set(
            content.flows[name] for name in family(flow.flow, content.flows) if name in content.flows
        )
        known |= names_set([flow])
        for where, name in _used(flow):
            if name not in known and not _about_a_person(name):
                message = (
                    f"no step saves an answer called '{name}'; {did_you_mean(name, tuple(sorted(known)))}"
                )
                yield sources.problem(path, where, message)


def _about_a_person(name: str) -> bool:
    switches = Ask.model_fields["consent"].annotation
    return name in ABOUT_A_PERSON or (
        name.startswith(CONSENT) and name.removeprefix(CONSENT) in str(switches)
    )


def _used(flow: Flow) -> Iterator[tuple[Where, str]]:
    """Every place of a flow that looks at an answer, with the answer's name."""
    for where, name, _ in _cases(flow):
        yield where, name
    for step_id, step in flow.steps.items():
        for where, name in _looked_at(step):
            yield ("steps", step_id, *where), name


def _looked_at(step: Step) -> Iterator[tuple[Where, str]]:
    match step:
        case SessionsStep():
            yield from _dollars("sessions", step.sessions)
        case SetStep():
            yield from _dollars("set", step.set)
        case Remember():
            yield from ((("remember", number), name) for number, name in enumerate(step.remember))
        case Share():
            yield ("share",), step.share
        case HandOver():
            named = ((field, getattr(step, field)) for field in ("phone", "note", "best_time", "team"))
            yield from (((field,), name) for field, name in named if name)
        case _:
            yield from _named(step)


def _named(step: Step) -> Iterator[tuple[Where, str]]:
    """The names that stand in a list, or beside the words."""
    match step:
        case Ask():
            yield from ((("options_from", number), name) for number, name in enumerate(step.options_from))
        case Compare():
            yield from ((("compare", number), name) for number, name in enumerate(step.compare))
        case Keep(day=str(day)) | Join(day=day):
            yield ("day",), day
        case Interests():
            yield from ((("interests", kind), name) for kind, name in step.interests.items())


def _dollars(verb: str, table: Mapping[str, object]) -> Iterator[tuple[Where, str]]:
    for name, value in table.items():
        if isinstance(value, str) and value.startswith("$"):
            named = value[1:]
            yield (verb, name), named if _about_a_person(named) else named.partition(".")[0]


def branches_fit_their_question(content: Content, sources: Sources) -> Iterator[Problem]:
    """A case waits for an answer that one of the questions of its name can give."""
    for path, flow in sources.files(Flow):
        for where, name, wanted in _cases(flow):
            questions = [step for step_id, step in flow.steps.items() if _saves(step_id, step) == name]
            slips = [_misfit(step, wanted) for step in questions if isinstance(step, Ask)]
            if slips and all(slips) and not _is_set(flow, name):
                yield sources.problem(path, where, slips[0])


def _cases(flow: Flow) -> Iterator[tuple[Where, str, object]]:
    for step_id, step in flow.steps.items():
        for number, case in enumerate(step.branch if isinstance(step, Branch) else ()):
            for name, wanted in case.when.items():
                yield ("steps", step_id, "branch", number, "when", name), name, wanted
        for number, line in enumerate(step.lines if isinstance(step, PageStep) else ()):
            for name, wanted in line.when.items():
                yield ("steps", step_id, "lines", number, "when", name), name, wanted
        for number, total in enumerate(step.of if isinstance(step, CountStep) else ()):
            for name, wanted in total.when.items():
                yield ("steps", step_id, "of", number, "when", name), name, wanted


def _saves(step_id: str, step: Step) -> str:
    return (step.save or step_id.replace("-", "_")) if isinstance(step, Ask) else ""


def _is_set(flow: Flow, name: str) -> bool:
    """A name that also gets its value elsewhere may have any value."""
    steps = flow.steps.values()
    return name in BY_THE_PROGRAM or any(name in step.set for step in steps if isinstance(step, SetStep))


def _misfit(question: Ask, wanted: object) -> str:
    for value in wanted if isinstance(wanted, tuple) else (wanted,):
        if value in ("missing", "given") or isinstance(value, Limits):
            continue
        if question.ask == "yes-no" and not isinstance(value, bool):
            return f"this question is answered yes or no, never '{value}'; write yes or no without quotes"
        options = tuple(option.id for option in question.options)
        if options and value not in options:
            written = ("yes" if value else "no") if isinstance(value, bool) else str(value)
            return f"no option of this question is called '{written}'; {did_you_mean(written, options)}"
    return ""


def searches_wish_for_what_there_is(content: Content, sources: Sources) -> Iterator[Problem]:
    """The names on the left of a session search."""
    for path, flow in sources.files(Flow):
        for step_id, step in flow.steps.items():
            for wish in step.sessions if isinstance(step, SessionsStep) else ():
                if wish not in WISHES:
                    message = f"nobody can wish for '{wish}'; {did_you_mean(wish, WISHES)}"
                    yield sources.problem(path, ("steps", step_id, "sessions", wish), message)


def comparisons_know_every_answer(content: Content, sources: Sources) -> Iterator[Problem]:
    """What is set beside last time is chosen from the list that is written best first."""
    for path, flow in sources.files(Flow):
        asked = {_saves(id, step): step for id, step in flow.steps.items() if isinstance(step, Ask)}
        for step_id, step in flow.steps.items():
            for number, name in enumerate(step.compare if isinstance(step, Compare) else ()):
                options = {option.id for option in asked[name].options} if name in asked else set()
                if lacks := sorted(options - set(getattr(step, "best_first", ()))):
                    message = (
                        f"'{name}' can be answered '{lacks[0]}', which is not in best_first; add it there"
                    )
                    yield sources.problem(path, ("steps", step_id, "compare", number), message)


def interests_can_be_written_to(content: Content, sources: Sources) -> Iterator[Problem]:
    """Staff choose the people of a broadcast by cancer type and topic: other words would reach nobody."""
    for path, flow in sources.files(Flow):
        questions = {_saves(id, step): (id, step) for id, step in flow.steps.items() if isinstance(step, Ask)}
        for step in flow.steps.values():
            for kind, name in step.interests.items() if isinstance(step, Interests) else ():
                known = get_args(Cancer) if kind == "cancer" else tuple(content.topics)
                id, question = questions.get(name, ("", None))
                for number, option in enumerate(question.options if question else ()):
                    if option.id not in (*known, "any"):
                        message = f"no {kind} is called '{option.id}'; {did_you_mean(option.id, known)}"
                        yield sources.problem(path, ("steps", id, "options", number, "id"), message)


RULES = (
    interests_can_be_written_to,
    answers_are_known,
    comparisons_know_every_answer,
    branches_fit_their_question,
    searches_wish_for_what_there_is,
)
