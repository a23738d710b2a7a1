"""What holds everywhere: menu, back, stop, help, a person, language, my data, delete, carry on."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import answers, buttons, codes, engine
from bot.conversation.answerers.safety import card
from bot.conversation.moment import Moment, flow_at
from bot.conversation.replies import plain
from bot.conversation.replies.words import nearly
from bot.model import Button, Count, EraseMe, Hit, Said, Say, ShowMyData, StopMessages, Turn, WithdrawConsent

Command = Callable[[Moment], Turn | None]


def command(moment: Moment) -> Turn | None:
    """A command that was typed, tapped or sent as /word; else None."""
    name = named(moment)
    if name is None and moment.tapped:
        return _tap(moment, moment.tapped)
    return COMMANDS[name](moment) if name in COMMANDS else None


def named(moment: Moment) -> str | None:
    """The name of the command that is meant."""
    tapped = moment.tapped
    if tapped:
        return tapped.name if tapped.target == "command" else None
    if not isinstance(moment.event, Said):
        return None
    said = moment.said.strip()
    if said.startswith("/"):
        return plain(said[1:].partition(" ")[0]).replace(" ", "-")
    return _typed(moment, plain(said))


def _typed(moment: Moment, said: str) -> str | None:
    """The whole message is a command's word, a slip of the finger forgiven."""
    known = {plain(word): name for name in TYPED for word in moment.texts.variants(f"says.{name}")}
    return known.get(said) or next((name for word, name in known.items() if nearly(said, word)), None)


def _tap(moment: Moment, code: codes.Code) -> Turn | None:
    """A button that leads somewhere; replies to questions are the open question's business."""
    match code.target:
        case "article" | "more":
            return show(moment, code.name, more=code.target == "more")
        case "flow":
            return begin(moment, code.name)
        case "sessions":
            return begin(moment, "find-session", **codes.read_filter(code.name))
        case "language":
            return _speak(moment, code.name)
        case _:
            return None


def show(moment: Moment, id: str, more: bool = False) -> Turn | None:
    """An article. With a flow open, the flow is parked and the way back offered."""
    say = answers.article(moment, id, more=more)
    if say is None:
        return None
    person = moment.person
    person = replace(person, place=None, parked=person.place or person.parked, misses=0)
    moment = moment.with_person(replace(person, offered=_of(say)))
    counted = Count("article", (("article", id), ("channel", person.channel)))
    return moment.turn(*_with_way_back(moment, say), counted)


def _of(say: Say) -> tuple[Button, ...]:
    return tuple(button for row in say.rows for button in row)


def _with_way_back(moment: Moment, say: Say) -> tuple[Say, ...]:
    if moment.person.parked is None:
        return (say,)
    return (replace(say, rows=(*say.rows, buttons.commands(moment.texts, "carry-on"))),)


def begin(moment: Moment, flow_id: str, **given: str) -> Turn | None:
    """Start a flow; one that is only part of others, or not there, does not start."""
    flow = moment.world.content.flows.get(flow_id)
    if flow is None or (flow.internal and flow_id != "share-question"):
        return None
    turn = engine.start(moment, flow_id, dict(given))
    return turn if not flow.health else Turn(turn.person, (*_elsewhere(moment), *turn.actions))


def _elsewhere(moment: Moment) -> tuple[Say, ...]:
    """Before health questions on Telegram: the same on our own website."""
    website = moment.world.local.website
    if moment.person.channel != "telegram" or not website:
        return ()
    return (Say(moment.say("telegram.website"), ((Button(moment.texts("button.website"), url=website),),)),)


def menu(moment: Moment, key: str = "menu.text") -> Turn:
    """The main choices. An open flow is parked, and can be carried on."""
    person = moment.person
    person = replace(person, place=None, parked=person.place or person.parked, misses=0)
    moment = moment.with_person(person)
    say = _menu(moment, key)
    return moment.with_person(replace(person, offered=_of(say))).turn(say)


def _menu(moment: Moment, key: str) -> Say:
    texts, flow = (
        moment.texts,
        flow_at(moment.world, moment.person.parked.frames) if moment.person.parked else None,
    )
    own = [
        Button(texts.written(flow.title), codes.write("flow", flow.flow))
        for flow in moment.world.content.flows.values()
        if not flow.internal and flow.flow != "welcome"
    ]
    carry_on = buttons.commands(texts, "carry-on") if flow else ()
    rows = buttons.rows((*carry_on, *own), 1) + buttons.batched(buttons.commands(texts, *MENU), 2)
    return Say(moment.say(key), rows, "question")


def start(moment: Moment) -> Turn | None:
    """/start: the welcome for someone new, the way back for someone in a flow, else the menu."""
    person = moment.person
    if person.place or person.parked:
        return engine.carry_on(moment) or menu(moment)
    if "welcome" in person.told:
        return menu(moment, "menu.again")
    moment = moment.with_person(replace(person, told=(*person.told, "welcome")))
    return begin(moment, "welcome") or menu(moment)


def back(moment: Moment) -> Turn:
    return engine.back(moment) or menu(moment, "back.nothing")


def stop(moment: Moment) -> Turn:
    """At once, in any state, without a second question."""
    person = moment.person
    ended = [switch for switch in ("reminders", "news") if switch in person.consents]
    kept = tuple(switch for switch in person.consents if switch not in ended)
    person = replace(person, place=None, parked=None, finished=None, offered=(), consents=kept, stopped=True)
    say = Say(
        moment.say("stop.done"), buttons.rows(buttons.commands(moment.texts, "menu", "mydata", "delete"))
    )
    return Turn(person, (StopMessages(), *(WithdrawConsent(switch) for switch in ended), say))


def help_(moment: Moment) -> Turn:
    """What can be typed here, then the open question again."""
    again = engine.carry_on(moment, "flow.again") if moment.person.place else None
    text = Say(
        moment.say("help.text"),
        () if again else buttons.rows(buttons.commands(moment.texts, "menu", "person")),
    )
    return Turn(again.person, engine.merged((text, *again.actions))) if again else moment.turn(text)


def person(moment: Moment) -> Turn | None:
    place = moment.person.place
    if place and place.frames[0].flow == "talk-to-person":
        return engine.carry_on(moment, "flow.again")
    return begin(moment, "talk-to-person")


def language(moment: Moment) -> Turn:
    """The languages whose safety texts are reviewed; for all others, words to show an interpreter."""
    enabled = [one for one in moment.world.content.languages.values() if one.enabled]
    offered = tuple(Button(one.name, codes.write("language", one.id)) for one in enabled)
    say = Say(
        moment.say("language.choose"), buttons.rows((*offered, *buttons.commands(moment.texts, "menu")))
    )
    return moment.turn(say)


def _speak(moment: Moment, id: str) -> Turn | None:
    chosen = moment.world.content.languages.get(id)
    if chosen is None or not chosen.enabled:
        return None
    moment = moment.with_person(replace(moment.person, language=id))
    done = Say(moment.say("language.done", language=chosen.name))
    then = engine.carry_on(moment, "flow.again") or menu(moment)
    return Turn(then.person, engine.merged((done, *then.actions)))


def my_data(moment: Moment) -> Turn:
    return moment.turn(ShowMyData())


def delete(moment: Moment) -> Turn:
    """Step one of two."""
    rows = buttons.rows(buttons.commands(moment.texts, "delete-yes", "delete-no"))
    say = Say(moment.say(f"delete.ask.{_where(moment)}"), rows, "question")
    return moment.with_person(replace(moment.person, offered=_of(say))).turn(say)


def delete_yes(moment: Moment) -> Turn:
    return moment.turn(Say(moment.say("delete.done")), EraseMe())


def _where(moment: Moment) -> str:
    return "telegram" if moment.person.channel == "telegram" else "here"


def carry_on(moment: Moment) -> Turn:
    return engine.carry_on(moment) or menu(moment, "carry-on.nothing")


def delete_no(moment: Moment) -> Turn:
    return engine.carry_on(moment) or menu(moment, "delete.kept")


def not_in_danger(moment: Moment) -> Turn:
    """After an emergency card: the urgent card, then the menu."""
    shown = menu(moment)
    return Turn(shown.person, (card(moment, "urgent-after-emergency"), *shown.actions))


def carer_help(moment: Moment) -> Turn:
    return moment.turn(card(moment, "carer-help"))


def not_this(moment: Moment) -> Turn:
    """The answer was not what was meant: the next nearest."""
    known = moment.world.content.articles
    nearest = tuple(Hit(id, 0.0) for id in moment.person.nearest if id in known)
    if not nearest:
        return none_of_these(moment)
    say = answers.choices(moment, nearest, "search.not-this")
    person = replace(moment.person, offered=_of(say), nearest=())
    return Turn(person, (say, Count("question", (("confidence", "wrong"),))))


def none_of_these(moment: Moment) -> Turn:
    """We do not know: say so, and offer people. Nothing is kept but a number."""
    say = unknown(moment)
    person = replace(moment.person, offered=_of(say), nearest=())
    return Turn(person, (say, Count("question", (("confidence", "none-of-these"),))))


def unknown(moment: Moment) -> Say:
    """What we say when there is no answer: honest, with a person and a way on."""
    offered = buttons.commands(moment.texts, "person", "share-question", "menu")
    return Say(moment.say("search.unknown"), buttons.rows(offered, 1), "question")


def share_question(moment: Moment) -> Turn | None:
    return begin(moment, "share-question")


def privacy(moment: Moment) -> Turn:
    rows = buttons.rows(buttons.commands(moment.texts, "menu", "mydata", "delete"))
    return moment.turn(Say(moment.say("privacy.text"), rows))


def find(moment: Moment) -> Turn | None:
    return begin(moment, "find-session")


MENU = ("help", "language", "privacy", "mydata")
TYPED = (
    "start",
    "menu",
    "back",
    "stop",
    "help",
    "person",
    "language",
    "mydata",
    "delete",
    "privacy",
    "carry-on",
    "find",
)
COMMANDS: dict[str, Command] = {
    "start": start,
    "menu": menu,
    "back": back,
    "stop": stop,
    "help": help_,
    "person": person,
    "language": language,
    "mydata": my_data,
    "delete": delete,
    "delete-yes": delete_yes,
    "delete-no": delete_no,
    "carry-on": carry_on,
    "not-in-danger": not_in_danger,
    "carer-help": carer_help,
    "not-this": not_this,
    "none-of-these": none_of_these,
    "share-question": share_question,
    "privacy": privacy,
    "find": find,
}
