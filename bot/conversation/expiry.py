"""Flows that waited too long, and flows that authors changed meanwhile: one kind line, and on."""

from dataclasses import replace

from bot.conversation import buttons, codes, engine
from bot.conversation.moment import Moment, flow_at, question_at
from bot.model import Action, Button, Place, Say


def expired(moment: Moment) -> tuple[Moment, tuple[Action, ...]]:
    """Let go of what is over; what remains is a run that can go on."""
    person = moment.person
    person = replace(
        person,
        parked=_living(moment, person.parked),
        finished=_living(moment, person.finished),
    )
    moment = moment.with_person(person)
    place = person.place
    if place is None:
        return moment, ()
    if question_at(moment.world, place.frames) is None:
        return _changed(moment, place)
    return (moment, ()) if _living(moment, place) else _too_late(moment, place)


def _living(moment: Moment, place: Place | None) -> Place | None:
    flow = flow_at(moment.world, place.frames) if place else None
    if place is None or flow is None or question_at(moment.world, place.frames) is None:
        return None
    return place if moment.now - place.asked_at <= flow.expires else None


def _too_late(moment: Moment, place: Place) -> tuple[Moment, tuple[Action, ...]]:
    """The person comes back after the flow's time: its answers are gone, and it can start again."""
    flow = flow_at(moment.world, place.frames)
    moment = moment.with_person(replace(moment.person, place=None))
    if flow is None:
        return moment, ()
    title = moment.texts.written(flow.title)
    again = Button(moment.texts("button.start-again"), codes.write("flow", flow.flow))
    return moment, (Say(moment.say("flow.expired", title=title), buttons.rows((again,))),)


def _changed(moment: Moment, place: Place) -> tuple[Moment, tuple[Action, ...]]:
    """The step was taken away: one honest sentence and the flow's start, if there still is one."""
    flow = flow_at(moment.world, place.frames)
    moment = moment.with_person(replace(moment.person, place=None))
    if flow is None:
        return moment, (Say(moment.say("flow.gone")),)
    turn = engine.start(moment, flow.flow)
    return moment.with_person(turn.person), (Say(moment.say("flow.changed")), *turn.actions)
