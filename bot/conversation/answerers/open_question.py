"""The open question of a running flow: its answer, a question in between, or a kind second try."""

from dataclasses import replace

from bot.content.flows import Ask
from bot.conversation import answers, asking, buttons, codes, engine, measuring
from bot.conversation.answerers import glossary
from bot.conversation.answerers.asked import greets
from bot.conversation.answerers.commands import named as named_command
from bot.conversation.answerers.leading import menu
from bot.conversation.moment import Moment, question_at
from bot.conversation.reading import Reading, Several, Understood, Unfit, read, read_exactly, tapped
from bot.conversation.replies import label, plain
from bot.conversation.values import options_of
from bot.model import Action, Count, Place, Said, Say, Sent, Tapped, Turn
from bot.search.found import Found

LISTS = ("one-of", "several-of", "yes-no")
"""Kinds whose reply could be mistaken for a word of somebody's question."""
OFFER = 3
"""After this many replies that fit nothing, a person and a way on are offered; after twice as many, the
menu."""


def exactly(moment: Moment) -> Turn | None:
    """A choice in its very words wins over a command that is called the same; stop and delete always win."""
    place = moment.person.place
    step = question_at(moment.world, place.frames) if place and moment.typed else None
    if place is None or step is None or named_command(moment) in ("stop", "delete"):
        return None
    reading = read_exactly(moment, place, step)
    return engine.answer(moment, place, reading) if reading else None


def open_question(moment: Moment) -> Turn | None:
    """Take the event as the answer to the open question, if there is one."""
    if moment.tapped and moment.tapped.target in ("reply", "page"):
        return _tap(moment, moment.tapped)
    place = moment.person.place
    if place is None or isinstance(moment.event, Tapped | Sent):
        return None
    step = question_at(moment.world, place.frames)
    return _answered(moment, place, step) if step else None


def _answered(moment: Moment, place: Place, step: Ask) -> Turn:
    """The policy at a question: why we ask, a greeting, a question of theirs, the answer, a second try."""
    if _asks_why(moment) and step.ask != "short-text":
        return _again(moment, place, _reason(moment, step))
    if step.ask != "short-text" and greets(moment):
        return _again(moment, place, moment.say("talk.hello-again"))
    if step.ask in LISTS and asks_something(moment):
        return _in_between(moment, place, honest=True) or _not_understood(moment, place, step)
    if _is_label(moment, "more-choices"):
        return _shown(moment, replace(place, page=place.page + 1))
    taken = _taken(moment, place, step, read(moment, place, step))
    if taken is None and step.ask == "short-text":
        # Words of their own that are too long are no question to us: they hear that nothing was taken.
        return _not_understood(moment, place, step)
    honest = asks_something(moment)
    return taken or _in_between(moment, place, honest) or _not_understood(moment, place, step)


def asks_something(moment: Moment) -> bool:
    """A question of their own: four words or more that end or begin as questions do."""
    words = plain(moment.said).split()
    begins = bool(words) and words[0] in moment.texts.variants("says.question-words")
    return len(words) >= 4 and ("?" in moment.said or begins)


def _is_label(moment: Moment, name: str) -> bool:
    return plain(moment.said) == label(moment.texts(f"button.{name}"))


def _asks_why(moment: Moment) -> bool:
    return plain(moment.said) in {label(word) for word in moment.texts.variants("says.why")}


def _reason(moment: Moment, step: Ask) -> str:
    """Why we ask: the author's words, else that it helps, and that it may be left out."""
    if step.why:
        return moment.texts.written(step.why)
    return moment.say("flow.why-skip" if step.skip else "flow.why")


def _taken(moment: Moment, place: Place, step: Ask, reading: Reading) -> Turn | None:
    match reading:
        case Understood():
            return engine.answer(moment, place, reading)
        case Several(labels):
            asked = replace(place, chosen=labels)
            return _again(moment, asked, moment.say("place.which"))
        case Unfit(key):
            return _stumbled(moment, place, step, moment.say(key, most=str(asking.most(step))))
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


def _repair(moment: Moment, place: Place, visit: int) -> tuple[Moment, Place, tuple[Action, ...]]:
    """Go back to that question; whichever run was open instead is parked."""
    person = moment.person
    other = person.place if person.place and person.place.run != place.run else None
    parked = other or (person.parked if person.parked and person.parked.run != place.run else None)
    moment = moment.with_person(replace(person, parked=parked, finished=None))
    return engine.rewind(moment, place, visit)


def _chosen(moment: Moment, place: Place, step: Ask, option: str, code: codes.Code) -> Turn | None:
    if code.target == "page":
        turned = replace(place, page=int(option) if option.isdecimal() else 0)
        return _shown(moment, turned)
    options = tuple(o.id for o in options_of(moment, step, place))
    if step.ask == "several-of" and option in options:
        return _marked(moment, place, step, _ticked(options, place, option))
    return _taken(moment, place, step, tapped(moment, place, step, option))


def _ticked(options: tuple[str, ...], place: Place, option: str) -> tuple[str, ...]:
    """Tick it, or take the tick away; the list's own order is kept."""
    chosen = set(place.chosen) ^ {option}
    return tuple(one for one in options if one in chosen)


def _marked(moment: Moment, place: Place, step: Ask, chosen: tuple[str, ...]) -> Turn:
    """The list with its new ticks; one tick too many is not taken."""
    if len(chosen) > asking.most(step):
        return _again(moment, place, moment.say("several.too-many", most=str(asking.most(step))))
    return _shown(moment, replace(place, chosen=chosen))


def _shown(moment: Moment, place: Place) -> Turn:
    moment = moment.with_person(replace(moment.person, place=place))
    return moment.turn(asking.ask_again(moment, place))


def _in_between(moment: Moment, place: Place, honest: bool) -> Turn | None:
    """A question asked in the middle: answer it, then ask ours again.

    `honest`: it is surely a question, so the nearest ones, or "I do not know", come before our own question.
    """
    if not isinstance(moment.event, Said) or len(moment.said.split()) < 3:
        return None
    found = moment.world.find(moment.person, moment.said)
    meaning = glossary.in_between(moment, found)
    if found.confidence != "sure" and not honest and meaning is None:
        return None
    counted = Count("question", (("confidence", found.confidence), ("in", "flow")))
    again = engine.merged((Say(moment.say("flow.again")), asking.ask_again(moment, place)))
    return moment.turn(meaning or _best(moment, found), *again, counted, measuring.question(moment, found))


def _best(moment: Moment, found: Found) -> Say:
    """The answer, the nearest questions, or an honest "I do not know"."""
    sure = found.confidence == "sure" and answers.article(moment, found.hits[0].id, in_flow=True)
    if sure:
        return sure
    if found.confidence == "unknown" or not found.hits:
        return Say(moment.say("search.unknown"))
    return answers.choices(moment, found.hits[:3])


def _not_understood(moment: Moment, place: Place, step: Ask) -> Turn:
    """One clear sentence and the choices again, in rotating words."""
    wrong = moment.texts(f"wrong.{step.ask}", place.tries)
    if moment.person.relay:
        # Perhaps it was the answer to what the team has asked meanwhile.
        wrong = f"{wrong}\n{moment.say('relay.not-sent')}"
    return _stumbled(moment, place, step, wrong)


def _stumbled(moment: Moment, place: Place, step: Ask, sentence: str) -> Turn:
    """After three of these a person and a way on are offered; after six, the menu."""
    place = replace(place, tries=place.tries + 1)
    if place.tries >= 2 * OFFER:
        return menu(moment, "flow.let-go")
    if place.tries % OFFER == 0:
        return _offer(moment, place)
    return _again(moment, place, sentence)


def _offer(moment: Moment, place: Place) -> Turn:
    names = ("person", "carry-on", "menu")
    say = Say(moment.say("flow.stuck"), buttons.rows(buttons.commands(moment.texts, *names), 3), "question")
    return moment.with_person(replace(moment.person, place=place)).turn(say)
