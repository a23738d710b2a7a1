"""The flow engine: start a run, take an answer, go back, carry on. Pure; the whole of "what next?"."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from bot.bookings import LeaveProgramme, Request
from bot.content.flows import Ask
from bot.conversation import asking, buttons, codes, measuring
from bot.conversation.moment import Moment, flow_at, name_of, question_at
from bot.conversation.reading import Understood
from bot.conversation.underway import Walk
from bot.conversation.walking import walk
from bot.model import (
    Action,
    CancelHandover,
    Count,
    Frame,
    GiveConsent,
    Kept,
    Location,
    Person,
    Place,
    Say,
    Turn,
    Value,
    WithdrawConsent,
)

MERGED = 3_000
"""Two plain messages become one up to this length: fewer pings, and room under Telegram's 4,096."""


def start(moment: Moment, flow_id: str, given: dict[str, Value] | None = None) -> Turn:
    """A new run of a flow. A run that was open is parked, to be carried on later."""
    flow = moment.world.content.flows[flow_id]
    person = moment.person
    known = {**{f"last_{name}": value for name, value in person.remembered.items()}, **(given or {})}
    kept = tuple(Kept(-1, name, value) for name, value in known.items())
    person = replace(park(person), runs=person.runs + 1)
    moment = moment.with_person(person)
    place = Place(run=person.runs, visits=(), asked_at=moment.now, kept=kept)
    counted = Count("flow", (("flow", flow_id), ("channel", person.channel)))
    begun = measuring.measured(moment, "flow", flow_id, "started")
    return _settle(walk(Walk(moment, place, (Frame(flow_id, flow.start),), (counted, begun))))


def park(person: Person) -> Person:
    """Leave the open run, if there is one, to be carried on later."""
    return replace(person, place=None, parked=person.place or person.parked)


def answer(moment: Moment, place: Place, reply: Understood) -> Turn:
    """Take the answer to the open question and walk on."""
    step = question_at(moment.world, place.frames)
    if step is None:
        raise LookupError(f"no question at {place.frames[-1]}")
    at = Walk(moment, place, place.frames).keep(name_of(step, place.frames[-1].step), reply.value)
    at = _consented(_located(at, reply.value), step, reply)
    at = at.do(measuring.step(at.moment, place.frames[-1], "answered"))
    return _settle(walk(at.leave(reply.way, _way_on(step, reply))))


def _way_on(step: Ask, reply: Understood) -> str | None:
    """Where this answer leads."""
    if reply.way == "skip":
        return step.skip if isinstance(step.skip, str) else step.next
    if step.ask == "yes-no":
        return (step.yes if reply.value else step.no) or step.next
    chosen = next((option.next for option in step.options if option.id == reply.value), None)
    return chosen or step.next


def _located(at: Walk, value: Value) -> Walk:
    """A place also tells the area, and with it whose phone numbers are right."""
    if not isinstance(value, Location):
        return at
    area = at.moment.world.places.area(value)
    person = replace(at.moment.person, area=area, nation=value.nation)
    return replace(at, moment=at.moment.with_person(person))


def _consented(at: Walk, step: Ask, reply: Understood) -> Walk:
    """A yes to a question that asks for it switches one thing on; a no switches it off."""
    if step.consent is None or reply.way == "skip":
        return at
    person, switch = at.moment.person, step.consent
    others = tuple(one for one in person.consents if one != switch)
    if reply.value:
        flow = at.moment.world.content.flows[at.frames[-1].flow]
        person = replace(person, consents=(*others, switch))
        at = at.do(GiveConsent(switch, f"{flow.flow}/{at.frames[-1].step}/{flow.version}"))
    elif switch in person.consents:
        person = forgetting(replace(person, consents=others), switch)
        at = at.do(WithdrawConsent(switch))
    return replace(at, moment=at.moment.with_person(person))


def forgetting(person: Person, switch: str) -> Person:
    """What was kept under a switch goes with it."""
    if switch == "news":
        return replace(person, interests=())
    if switch == "relay":
        return replace(person, relay=0)
    return replace(person, remembered={}, plan=()) if switch == "remember" else person


def _settle(at: Walk) -> Turn:
    """The person after a walk: waiting at a question, or at the end of the run."""
    person = at.moment.person
    if not at.waits:
        finished = at.place if at.place.visits else person.finished
        ended = replace(person, place=None, finished=finished, ended=person.turns)
        at = at.do(*_finished(at))
        return Turn(ended, merged(_with_carry_on(at, ended)))
    question = asking.ask_again(at.moment, at.place)
    return Turn(replace(person, place=at.place), merged((*at.actions, question)))


def _finished(at: Walk) -> tuple[Action, ...]:
    """A run to its end, by the flow that the person chose; one that asked nothing is no run."""
    if not at.place.visits:
        return ()
    return (measuring.measured(at.moment, "flow", at.place.visits[0][0].flow, "finished"),)


def _with_carry_on(at: Walk, person: Person) -> tuple[Action, ...]:
    """After a run that cut into another: the way back into that one."""
    parked = person.parked
    flow = flow_at(at.moment.world, parked.frames) if parked else None
    if parked is None or flow is None:
        return at.actions
    texts = at.moment.texts
    rows = buttons.rows(buttons.commands(texts, "carry-on"))
    return (*at.actions, Say(texts("flow.parked", title=texts.written(flow.title)), rows))


def merged(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """A plain message without buttons joins the one after it: one ping instead of two."""
    done: list[Action] = []
    waiting: Say | None = None
    for action in actions:
        if not isinstance(action, Say):
            # What comes of a request is told where it stands: what was said before it stays before it.
            done += [waiting] if waiting and isinstance(action, Request) else []
            waiting = None if isinstance(action, Request) else waiting
            done.append(action)
        elif waiting and _joins(waiting, action):
            waiting = replace(action, text=f"{waiting.text}\n\n{action.text}")
        else:
            done += [waiting] if waiting else []
            waiting = action
    return tuple([*done, waiting] if waiting else done)


def joined(says: Iterable[Say]) -> tuple[Say, ...]:
    """The same for messages alone."""
    return tuple(say for say in merged(tuple(says)) if isinstance(say, Say))


def _joins(first: Say, second: Say) -> bool:
    plain = first.look == "plain" and not first.rows and second.look in ("plain", "question")
    return plain and len(first.text) + len(second.text) < MERGED


def rewind(moment: Moment, place: Place, visit: int) -> tuple[Moment, Place, tuple[Action, ...]]:
    """The run as it was when question `visit` was open; what later answers did is undone."""
    undone = [kept for kept in place.kept if kept.visit >= visit]
    kept = tuple(kept for kept in place.kept if kept.visit < visit)
    person, actions = _undo(moment, place, visit, undone)
    actions = (*actions, *_again(moment, place, visit))
    # What those answers put into the plan goes again, also when the plan itself stays.
    plan = tuple(item for item in person.plan if item.run != place.run or item.visit < visit)
    person = replace(person, plan=plan)
    visits = place.visits[: visit + 1]
    place = replace(place, visits=visits, kept=kept, chosen=(), tries=0, page=0, asked_at=moment.now)
    return moment.with_person(replace(person, place=place)), place, actions


def _again(moment: Moment, place: Place, visit: int) -> tuple[Action, ...]:
    """Question `visit` is asked once more; nobody has left the one that was open instead."""
    asked = measuring.step(moment, place.visits[visit][-1], "asked")
    if any(kept.visit == len(place.visits) - 1 for kept in place.kept):
        # The run was over.
        return (asked,)
    return (measuring.step(moment, place.visits[-1][-1], "back"), asked)


def _undo(moment: Moment, place: Place, visit: int, undone: list[Kept]) -> tuple[Person, tuple[Action, ...]]:
    """Consents given and requests made by the undone answers are taken back."""
    person, actions = moment.person, []
    values = {(kept.visit, kept.name): kept.value for kept in undone}
    for number, frames in enumerate(place.visits[visit:], start=visit):
        step = question_at(moment.world, frames)
        if step and step.consent and values.get((number, name_of(step, frames[-1].step))) is True:
            others = tuple(c for c in person.consents if c != step.consent)
            person = forgetting(replace(person, consents=others), step.consent)
            actions.append(WithdrawConsent(step.consent))
    cancelled = [_taken_back(kept) for kept in undone if kept.name == "handed_over"]
    if CancelHandover("relay") in cancelled:
        person = replace(person, relay=0)
    left = [LeaveProgramme(str(kept.value)) for kept in undone if kept.name == "joined"]
    # Before the switch itself is off: then there would be nothing left to leave.
    return person, (*left, *actions, *cancelled)


def _taken_back(kept: Kept) -> CancelHandover:
    return CancelHandover("relay" if kept.value == "relay" else "call")


def back(moment: Moment) -> Turn | None:
    """One question back; right after the end of a run, its last question again. None when there is none."""
    person = moment.person
    if person.place and len(person.place.visits) > 1:
        return reopen(moment, person.place, len(person.place.visits) - 2)
    if person.place is None and person.finished and person.turns == person.ended + 1:
        return reopen(moment, person.finished, len(person.finished.visits) - 1)
    return None


def reopen(moment: Moment, place: Place, visit: int) -> Turn | None:
    """Question `visit` of this run again, or None when the authors have taken it away."""
    if question_at(moment.world, place.visits[visit]) is None:
        return None
    moment, place, actions = rewind(moment, place, visit)
    moment = moment.with_person(replace(moment.person, finished=None))
    return Turn(moment.person, (*actions, asking.ask_again(moment, place)))


def carry_on(moment: Moment, key: Literal["flow.carry-on", "flow.again"] = "flow.carry-on") -> Turn | None:
    """The open or parked question once more; None when there is none."""
    person = moment.person
    place = person.place or person.parked
    if place is None or question_at(moment.world, place.frames) is None:
        return None
    parked = None if place is person.parked else person.parked
    person = replace(person, place=replace(place, asked_at=moment.now), parked=parked)
    moment = moment.with_person(person)
    return Turn(person, merged((Say(moment.say(key)), asking.ask_again(moment, place))))


def speaks(moment: Moment, place: Place) -> bool:
    """Whether the flow and the step a person stands at are still there, as a question."""
    return question_at(moment.world, place.frames) is not None


def label_of(moment: Moment, place: Place, reply: codes.Reply) -> str:
    """The words of the choice that was tapped, if it is a choice of this run."""
    if reply.run != place.run or reply.visit >= len(place.visits):
        return ""
    step = question_at(moment.world, place.visits[reply.visit])
    named = {choice.id: choice.names[0] for choice in asking.choices(moment, step, place)} if step else {}
    return named.get(reply.option, "")
