"""Rules for programmes: every message can be sent, on a day of its own, and says nothing of an illness."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

from bot.content.builder import Where
from bot.content.check_lock_screen import refused
from bot.content.content import Content
from bot.content.flows import Flow, Join
from bot.content.problems import Problem
from bot.content.programmes import LONGEST, Programme
from bot.content.sources import Sources
from bot.content.targets import must_be_there
from bot.quiet import LONDON, USUAL

Slip = tuple[Where, str]
A_DAY = date(2026, 1, 15)


def programmes_make_sense(content: Content, sources: Sources) -> Iterator[Problem]:
    """What stands in one programme fits together."""
    for path, programme in sources.files(Programme):
        for rule in PROGRAMME:
            for where, message in rule(programme):
                yield sources.problem(path, where, message)


def _ids_differ(programme: Programme) -> Iterator[Slip]:
    seen: set[str] = set()
    for number, message in enumerate(programme.messages):
        if message.id in seen:
            said = f"another message here is called '{message.id}'; give this one another id"
            yield ("messages", number, "id"), said
        seen.add(message.id)


def _one_a_day(programme: Programme) -> Iterator[Slip]:
    first: dict[int, str] = {}
    for number, message in enumerate(programme.messages):
        days = message.offset.days
        where = ("messages", number, "when")
        if days in first:
            yield where, f"'{first[days]}' is sent on this day already; one message a day at the most"
        first.setdefault(days, message.id)


def _not_on_silent_days(programme: Programme) -> Iterator[Slip]:
    for number, message in enumerate(programme.messages):
        if message.offset.days in programme.silent:
            said = f"day {message.offset.days} is silent in this programme; choose another day"
            yield ("messages", number, "when"), said


def _not_in_quiet_hours(programme: Programme) -> Iterator[Slip]:
    for number, message in enumerate(programme.messages):
        if in_quiet_hours(message.offset.at):
            said = (
                f"{message.offset.at:%H:%M} is in quiet hours; choose a time from {USUAL.ends:%H:%M} "
                f"and before {USUAL.begins:%H:%M}"
            )
            yield ("messages", number, "when"), said


def in_quiet_hours(at: time) -> bool:
    """As they usually are; where they are set wider, the message is sent before they begin."""
    return USUAL.at(datetime.combine(A_DAY, at, tzinfo=LONDON))


def _short_and_whole(programme: Programme) -> Iterator[Slip]:
    for number, message in enumerate(programme.messages):
        for language, words in message.text.items():
            where = ("messages", number, "text", language)
            if len(words) > LONGEST:
                yield where, f"this message has {len(words)} characters; {LONGEST} at most: make it shorter"
            if "{" in words:
                yield where, "a message planned ahead has no gaps; lead to an article that has the number"


PROGRAMME: tuple[Callable[[Programme], Iterator[Slip]], ...] = (
    _ids_differ,
    _one_a_day,
    _not_on_silent_days,
    _not_in_quiet_hours,
    _short_and_whole,
)


def programmes_can_be_joined(content: Content, sources: Sources) -> Iterator[Problem]:
    """The flow that a programme names is there, and joins it; a flow joins only what is there."""
    drafts = {one.programme for _, one in sources.files(Programme) if one.status == "draft"}
    for path, programme in sources.files(Programme):
        yield from must_be_there(sources, (path, ("flow",)), "flow", programme.flow)
        flow = content.flows.get(programme.flow)
        if flow and not any(step.join == programme.programme for step in _joins(flow)):
            message = f"the flow '{flow.flow}' has no step 'join: {programme.programme}'; add it there"
            yield sources.problem(path, ("flow",), message)
    for path, flow in sources.files(Flow):
        for name, step in flow.steps.items():
            if isinstance(step, Join):
                at = (path, ("steps", name, "join"))
                yield from must_be_there(sources, at, "programme", step.join)
                if flow.status == "live" and step.join in drafts:
                    message = (
                        f"the programme '{step.join}' is a draft, and this flow is live; make both the same"
                    )
                    yield sources.problem(*at, message)


def _joins(flow: Flow) -> Iterator[Join]:
    yield from (step for step in flow.steps.values() if isinstance(step, Join))


def no_locked_phone_tells(content: Content, sources: Sources) -> Iterator[Problem]:
    """A message may be read over somebody's shoulder: the article behind its button says what it is about."""
    for path, programme in sources.files(Programme):
        for number, message in enumerate(programme.messages):
            for words in message.text.values():
                if found := content.lock_screen.blocked(words):
                    yield sources.problem(path, ("messages", number, "text"), refused(found))


def files_are_called_like_their_programme(content: Content, sources: Sources) -> Iterator[Problem]:
    """knowledge/programmes/<programme>.yaml"""
    for path, programme in sources.files(Programme):
        name = path.rpartition("/")[2].removesuffix(".yaml")
        if name != programme.programme:
            message = f"this programme stands in {name}.yaml; call the file {programme.programme}.yaml"
            yield sources.problem(path, ("programme",), message, "warning")


def general_knowledge_is_a_draft(content: Content, sources: Sources) -> Iterator[Problem]:
    """As with articles: what has not been read at a source is not sent to anybody."""
    for path, programme in sources.files(Programme):
        if programme.confidence == "G" and programme.status == "live":
            message = "general knowledge (G) is not live; write 'status: draft', or prove it at a source"
            yield sources.problem(path, ("confidence",), message)


RULES = (programmes_make_sense, programmes_can_be_joined, no_locked_phone_tells)
QUALITY = (files_are_called_like_their_programme, general_knowledge_is_a_draft)
