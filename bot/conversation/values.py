"""Answers in words: what a kept value looks like when a text speaks of it."""

from datetime import date

from babel.dates import format_date

from bot.content.flows import Ask, Compare, Flow, Option
from bot.conversation.moment import Moment, name_of
from bot.conversation.opening import team_hours
from bot.model import Location, Place, Value

LISTS = ("one-of", "several-of")
"""Kinds whose answers are options."""


def gaps(moment: Moment, place: Place) -> dict[str, str]:
    """Every answer of this run by name, as words for {gaps}; an answer left out is an empty word."""
    flows = _flows(moment, place)
    asked = _questions(flows)
    everything = tuple(option for _, step in _asks(flows) for option in step.options)
    changes = {f"{name}_change" for flow in flows for name in _compared(flow)}
    words = {"team-now": team_hours(moment.world.local.hours, moment.texts, moment.now)}
    for name, value in place.answers.items():
        step = asked.get(name)
        listed = step is None or step.ask in LISTS
        options = (*_own_options(flows, name), *everything) if listed else ()
        change = name in changes and isinstance(value, str)
        words[name] = moment.texts(f"compare.{value}") if change else in_words(moment, value, options)
    return words


def options_of(moment: Moment, step: Ask, place: Place) -> tuple[Option, ...]:
    """The options of a question; of one with `options_from`, what was ticked in those lists."""
    if not step.options_from:
        return step.options
    asked, answers = _questions(_flows(moment, place)), place.answers
    return tuple(
        option
        for name in step.options_from
        for option in (asked[name].options if name in asked else ())
        if option.id in _ticked(answers.get(name))
    )


def _ticked(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _flows(moment: Moment, place: Place) -> tuple[Flow, ...]:
    """The flows this run has been through."""
    names = dict.fromkeys(frame.flow for frames in place.visits for frame in frames)
    return tuple(flow for name in names if (flow := moment.world.content.flows.get(name)))


def _questions(flows: tuple[Flow, ...]) -> dict[str, Ask]:
    """Each question by the name of its answer."""
    return dict(_asks(flows))


def _asks(flows: tuple[Flow, ...]) -> tuple[tuple[str, Ask], ...]:
    """Every question, with the name of its answer; several may give the same answer."""
    return tuple(
        (name_of(step, id), step)
        for flow in flows
        for id, step in flow.steps.items()
        if isinstance(step, Ask)
    )


def _own_options(flows: tuple[Flow, ...], name: str) -> tuple[Option, ...]:
    return tuple(option for named, step in _asks(flows) if named == name for option in step.options)


def _compared(flow: Flow) -> tuple[str, ...]:
    return tuple(name for step in flow.steps.values() if isinstance(step, Compare) for name in step.compare)


def in_words(moment: Moment, value: Value, options: tuple[Option, ...] = ()) -> str:
    """A value as the person would say it."""
    match value:
        case None:
            return ""
        case bool():
            return moment.texts("button.yes" if value else "button.no")
        case Location():
            return value.label
        case date():
            return format_date(value, "EEEE d MMMM y", locale=_locale(moment.person.language))
        case tuple():
            return ", ".join(_label(moment, one, options) for one in value)
        case _:
            return _label(moment, str(value), options)


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else language


def _label(moment: Moment, value: str, options: tuple[Option, ...]) -> str:
    label = next((option.label for option in options if option.id == value), None)
    return moment.texts.written(label) if label else value
