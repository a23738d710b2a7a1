"""Answers in words: what a kept value looks like when a text speaks of it."""

from datetime import date

from babel.dates import format_date

from bot.content.flows import Ask
from bot.conversation.moment import Moment, name_of
from bot.model import Location, Place, Value


def gaps(moment: Moment, place: Place) -> dict[str, str]:
    """Every answer of this run by name, as words for {gaps}; an answer left out is an empty word."""
    steps = _questions(moment, place)
    return {name: in_words(moment, value, steps.get(name)) for name, value in place.answers.items()}


def _questions(moment: Moment, place: Place) -> dict[str, Ask]:
    flows = [moment.world.content.flows.get(frame.flow) for frames in place.visits for frame in frames]
    found: dict[str, Ask] = {}
    for flow in dict.fromkeys(flow.flow for flow in flows if flow):
        steps = moment.world.content.flows[flow].steps
        found |= {name_of(step, id): step for id, step in steps.items() if isinstance(step, Ask)}
    return found


def in_words(moment: Moment, value: Value, step: Ask | None = None) -> str:
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
            return ", ".join(_label(moment, one, step) for one in value)
        case _:
            return _label(moment, str(value), step)


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else language


def _label(moment: Moment, value: str, step: Ask | None) -> str:
    options = {option.id: option.label for option in step.options} if step else {}
    return moment.texts.written(options[value]) if value in options else value
