"""My plan in the chat: see it, add to it, take a line off, print it, delete it."""

from dataclasses import replace

from bot.conversation import buttons, codes, engine, planning
from bot.conversation.moment import Moment
from bot.model import Button, Say, Turn

ADD = ("small-goal", "plan-question", "plan-date", "plan-contact")
"""The flows that put something into the plan."""
CLEAR = codes.write("command", "plan-clear-yes")


def show(moment: Moment) -> Turn:
    """The whole plan. An open flow is parked, and can be carried on."""
    moment = moment.with_person(engine.park(moment.person))
    return moment.turn(_page(moment))


def _page(moment: Moment) -> Say:
    plan, texts = moment.person.plan, moment.texts
    carry_on = buttons.commands(texts, "carry-on") if moment.person.parked else ()
    if not plan:
        add = (*carry_on, *_adding(moment), *buttons.commands(texts, "menu"))
        return Say(moment.say("plan.empty"), buttons.rows(add, 1), "question")
    shown = planning.in_words(texts, plan, moment.person.language)
    own = (*planning.print_button(moment, planning.WEB_PLAN), *carry_on, *_adding(moment))
    last = buttons.commands(texts, "plan-take-off", "plan-clear", "menu")
    return Say(shown, buttons.rows((*own, *last), 1), "page")


def _adding(moment: Moment) -> tuple[Button, ...]:
    flows, written = moment.world.content.flows, moment.texts.written
    there = (flows[name] for name in ADD if name in flows)
    return tuple(Button(written(flow.title), codes.write("flow", flow.flow)) for flow in there)


def take_off(moment: Moment) -> Turn:
    """A button for every line."""
    lines = tuple(
        Button(_short(item.text), codes.write("drop", str(item.number))) for item in moment.person.plan
    )
    if not lines:
        return show(moment)
    rows = buttons.rows((*lines, *buttons.commands(moment.texts, "plan")), 1)
    return moment.turn(Say(moment.say("plan.take-off"), rows, "question"))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= planning.LABEL else f"{line[: planning.LABEL - 1].rstrip()}…"


def drop(moment: Moment, number: str) -> Turn:
    """Take one line off. A button pressed a second time changes nothing more."""
    person = planning.without(moment.person, int(number) if number.isdecimal() else 0)
    shown = show(moment.with_person(person))
    return Turn(shown.person, (Say(moment.say("plan.taken-off")), *shown.actions))


def clear(moment: Moment) -> Turn:
    """Step one of two."""
    rows = buttons.rows(buttons.commands(moment.texts, "plan-clear-yes", "plan"), 1)
    return moment.turn(Say(moment.say("plan.clear-ask"), rows, "question"))


def clear_yes(moment: Moment) -> Turn:
    """Step two, only right after step one. What else we remember stays."""
    if CLEAR not in {button.code for button in moment.person.offered}:
        return clear(moment)
    rows = buttons.rows(buttons.commands(moment.texts, "menu", "mydata"))
    return moment.with_person(replace(moment.person, plan=())).turn(Say(moment.say("plan.cleared"), rows))
