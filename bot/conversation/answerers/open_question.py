"""The open question of a running flow: its answer, a question in between, or a kind second try."""

from dataclasses import replace

from bot.content.flows import Ask
from bot.conversation import answers, asking, buttons, codes, engine
from bot.conversation.answerers.asked import greets
from bot.conversation.answerers.commands import menu
from bot.conversation.moment import Moment, question_at
from bot.conversation.reading import Reading, Several, Understood, Unfit, read, tapped
from bot.conversation.replies import plain
from bot.model import Count, Place, Said, Say, Sent, Tapped, Turn

OFFER = 3
"""After this many replies that fit nothing, a person and a way on are offered; after twice as many, the
menu."""


def open_question(moment: Moment) -> Turn | None:
    """Take the event as the answer to the open question, if there is one."""
    if moment.tapped and moment.tapped.target in ("reply", "page"):
        return _tap(moment, moment.tapped)
    place = moment.person.place
    if place is None or isinstance(moment.event, Tapped | Sent):
        return None
    step = question_at(moment.world, place.frames)
    if step is None:
        return None
    if _asks_why(moment) and step.why:
        return _again(moment, place, moment.texts.written(step.why))
    if step.ask != "short-text" and greets(moment):
        return _again(moment, place, moment.say("talk.hello-again"))
    reading = read(moment, place, step)
    return (
        _taken(moment, place, reading)
        or _in_between(moment, place, step)
        or _not_understood(moment, place, step)
    )


def _asks_why(moment: Moment) -> bool:
    return plain(moment.said) in {plain(word) for word in moment.texts.variants("says.why")}


def _taken(moment: Moment, place: Place, reading: Reading) -> Turn | None:
    match reading:
        case Understood():
            return engine.answer(moment, place, reading)
        case Several(labels):
            asked = replace(place, chosen=labels)
            return _again(moment, asked, moment.say("place.which"))
        case Unfit(key):
            return _again(moment, replace(place, tries=place.tries + 1), moment.say(key))
        case None:
            return None


def _again(moment: Moment, place: Place, first: str) -> Turn:
    """A line, then the open question once more."""
    moment = moment.with_person(replace(moment.person, place=place))
    return moment.turn(*engine.merged((Say(first), asking.ask_again(moment, place))))


def _tap(moment: Moment, code: codes.Code) -> Turn | None:
    """A choice that was tapped, now or on an older message: the path is repaired first."""
    reply = codes.read_reply(code.name)
    place = _run(moment, reply.run) if reply else None
    if reply is None or place is None or reply.visit >= len(place.visits):
        return None
    step = question_at(moment.world, place.visits[reply.visit])
    if step is None:
        return None
    here = place is moment.person.place and reply.visit == len(place.visits) - 1
    moment, repaired, undone = (moment, place, ()) if here else _repair(moment, place, reply.visit)
    turn = _chosen(moment, repaired, step, reply.option, code)
    return replace(turn, actions=engine.merged((*undone, *turn.actions))) if turn else None


def _run(moment: Moment, run: int) -> Place | None:
    """The run of that number, if it is still known: open, parked or just finished."""
    person = moment.person
    known = (person.place, person.parked, person.finished)
    return next((place for place in known if place and place.run == run), None)


def _repair(moment: Moment, place: Place, visit: int) -> tuple[Moment, Place, tuple[Count, ...]]:
    """Go back to that question; whichever run was open instead is parked."""
    person = moment.person
    other = person.place if person.place and person.place.run != place.run else None
    parked = other or (person.parked if person.parked and person.parked.run != place.run else None)
    moment = moment.with_person(replace(person, parked=parked, finished=None))
    moment, place, actions = engine.rewind(moment, place, visit)
    return moment, place, actions  # type: ignore[return-value]


def _chosen(moment: Moment, place: Place, step: Ask, option: str, code: codes.Code) -> Turn | None:
    if code.target == "page":
        turned = replace(place, page=int(option) if option.isdecimal() else 0)
        return _shown(moment, turned)
    if step.ask == "several-of" and option in {o.id for o in step.options}:
        return _shown(moment, replace(place, chosen=_ticked(step, place, option)))
    return _taken(moment, place, tapped(moment, place, step, option))


def _ticked(step: Ask, place: Place, option: str) -> tuple[str, ...]:
    """Tick it, or take the tick away; the list's own order is kept."""
    chosen = set(place.chosen) ^ {option}
    return tuple(o.id for o in step.options if o.id in chosen)


def _shown(moment: Moment, place: Place) -> Turn:
    moment = moment.with_person(replace(moment.person, place=place))
    return moment.turn(asking.ask_again(moment, place))


def _in_between(moment: Moment, place: Place, step: Ask) -> Turn | None:
    """A question asked in the middle: answer it, then ask ours again."""
    if not isinstance(moment.event, Said) or not _may_be_a_question(moment.said):
        return None
    found = moment.world.find(moment.person, moment.said)
    if found.confidence != "sure":
        return None
    say = answers.article(moment, found.hits[0].id, in_flow=True)
    if say is None:
        return None
    counted = Count("question", (("confidence", "sure"), ("in", "flow")))
    again = engine.merged((Say(moment.say("flow.again")), asking.ask_again(moment, place)))
    return moment.turn(say, *again, counted)


def _may_be_a_question(said: str) -> bool:
    """One stray word is a wrong reply, not a question; so are bare digits."""
    return "?" in said or len(said.split()) >= 3


def _not_understood(moment: Moment, place: Place, step: Ask) -> Turn:
    """One clear sentence and the choices again; then a person and a way on; then the menu."""
    place = replace(place, tries=place.tries + 1)
    if place.tries >= 2 * OFFER:
        return menu(moment, "flow.let-go")
    if place.tries % OFFER == 0:
        return _offer(moment, place, step)
    sentence = moment.texts(f"wrong.{step.ask}", place.tries - 1)
    return _again(moment, place, sentence)


def _offer(moment: Moment, place: Place, step: Ask) -> Turn:
    names = ("person", "carry-on", "menu")
    say = Say(moment.say("flow.stuck"), buttons.rows(buttons.commands(moment.texts, *names), 3), "question")
    offered = tuple(button for row in say.rows for button in row)
    moment = moment.with_person(replace(moment.person, place=place, offered=offered))
    return moment.turn(say)
