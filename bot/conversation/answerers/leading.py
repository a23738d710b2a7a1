"""Where buttons and words lead: articles, flows, the menu, and back into what was left."""

from dataclasses import replace

from bot.content.flows import MenuGroup
from bot.conversation import answers, buttons, codes, engine
from bot.conversation.moment import Moment, flow_at
from bot.model import Button, Count, Measure, Say, Turn


def show(moment: Moment, id: str, more: bool = False) -> Turn | None:
    """An article. With a flow open, the flow is parked and the way back offered."""
    say = answers.article(moment, id, more=more)
    if say is None:
        return None
    return aside(moment, say, Count("article", (("article", id), ("channel", moment.person.channel))))


def aside(moment: Moment, say: Say, *counted: Count | Measure) -> Turn:
    """With a flow open, the flow is parked and the way back offered."""
    moment = moment.with_person(engine.park(moment.person))
    if moment.person.parked:
        say = replace(say, rows=(*say.rows, buttons.commands(moment.texts, "carry-on")))
    return moment.turn(say, *counted)


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


def menu(moment: Moment, key: str = "menu.text", group: MenuGroup = "first") -> Turn:
    """The main choices, or the further ones. An open flow is parked, and can be carried on."""
    person = moment.person
    person = engine.park(person)
    moment = moment.with_person(person)
    return moment.turn(_menu(moment, key, group))


def more(moment: Moment) -> Turn:
    """The choices that do not stand in the first menu."""
    return menu(moment, "menu.more", "more")


def _menu(moment: Moment, key: str, group: MenuGroup) -> Say:
    texts, flow = (
        moment.texts,
        flow_at(moment.world, moment.person.parked.frames) if moment.person.parked else None,
    )
    own = [
        Button(texts.written(flow.title), codes.write("flow", flow.flow))
        for flow in moment.world.content.flows.values()
        if flow.menu == group and not flow.internal
    ]
    talks = moment.person.relay > 0
    ways = (*(("carry-on",) if flow else ()), *(("end-talk",) if talks else ()))
    further = MENU if group == "first" else MORE
    rows = buttons.rows((*buttons.commands(texts, *ways), *own), 1) + buttons.batched(
        buttons.commands(texts, *further), 2
    )
    # "You can type a question" would not be true: in an open talk the words go to the team.
    told = f"{moment.say('relay.open')}\n{moment.say('relay.menu')}" if talks else moment.say(key)
    if talks and key not in ("menu.text", "menu.again", "menu.more"):
        told = f"{moment.say(key)}\n{moment.say('relay.open')}"
    return Say(told, rows, "question")


def start(moment: Moment) -> Turn | None:
    """/start: the welcome for someone new, the way back for someone in a flow, else the menu."""
    person = moment.person
    if person.place or person.parked:
        return engine.carry_on(moment) or menu(moment)
    if "welcome" in person.told:
        return menu(moment, "menu.again")
    moment = moment.with_person(replace(person, told=(*person.told, "welcome")))
    return begin(moment, "welcome") or menu(moment)


def introduced(moment: Moment, turn: Turn | None) -> Turn | None:
    """Someone new who was led straight to something hears first what this is."""
    if turn is None or "welcome" in moment.person.told:
        return turn
    person = replace(turn.person, told=(*turn.person.told, "welcome"))
    return Turn(person, engine.merged((Say(moment.say("welcome.short")), *turn.actions)))


def start_again(moment: Moment) -> Turn | None:
    """The flow that is open, or that was offered again, from its first question; else a start."""
    offered = next((b for b in moment.person.offered if b.label == moment.texts("button.start-again")), None)
    if offered:
        return follow(moment, codes.read(offered.code) or codes.Code("command", "menu"))
    place = moment.person.place
    if place is None:
        return start(moment)
    return begin(moment.with_person(replace(moment.person, place=None)), place.frames[0].flow)


def back(moment: Moment) -> Turn:
    return engine.back(moment) or menu(moment, "back.nothing")


def carry_on(moment: Moment) -> Turn:
    return engine.carry_on(moment) or menu(moment, "carry-on.nothing")


def follow(moment: Moment, code: codes.Code) -> Turn | None:
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


def _speak(moment: Moment, id: str) -> Turn | None:
    chosen = moment.world.content.languages.get(id)
    if chosen is None or not chosen.enabled:
        return None
    moment = moment.with_person(replace(moment.person, language=id))
    done = Say(moment.say("language.done", language=chosen.name))
    then = engine.carry_on(moment, "flow.again") or menu(moment)
    return Turn(then.person, engine.merged((done, *then.actions)))


MENU = ("plan", "my-sessions", "more-help", "help", "privacy")
MORE = ("programmes", "glossary", "language", "mydata", "menu")
