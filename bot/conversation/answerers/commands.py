"""What holds everywhere: menu, back, stop, help, a person, language, my data, delete, carry on."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import answers, buttons, codes, engine
from bot.conversation.answerers import bookings, glossary, leading, my_plan, own_data, programmes, team
from bot.conversation.answerers.safety import card
from bot.conversation.moment import Moment, question_at
from bot.conversation.reading import Understood, read
from bot.conversation.replies import label, plain, without_courtesy
from bot.conversation.replies.words import nearly
from bot.model import Button, Count, Said, Say, Turn
from bot.search.found import Hit

Command = Callable[[Moment], Turn | None]


def command(moment: Moment) -> Turn | None:
    """A command that was typed, tapped or sent as /word; else None."""
    name = named(moment)
    if name is None and moment.tapped:
        if moment.tapped.target == "drop":
            return my_plan.drop(moment, moment.tapped.name)
        if moment.tapped.target == "programme":
            return programmes.follow(moment, moment.tapped.name)
        if moment.tapped.target in ("word", "letter"):
            return glossary.follow(moment, moment.tapped)
        return leading.follow(moment, moment.tapped)
    if name is None and (flow := _flow_named(moment)):
        return leading.begin(moment, flow)
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
        return SLASHED.get(plain(said[1:].partition(" ")[0].partition("@")[0]))
    if said == "?":
        return "help"
    name = _typed(moment, without_courtesy(plain(said)))
    # "I don't understand", "I need help": in an open talk that is said to the team.
    to_team = moment.person.relay and not moment.person.place and name == "help"
    return None if to_team and plain(said) != label(moment.texts("button.help")) else name


def _typed(moment: Moment, said: str) -> str | None:
    """The whole message is a command's word or the words of its button, a slip of the finger forgiven."""
    if not said:
        return None
    texts = moment.texts
    known = {label(word): name for name in TYPED for word in texts.variants(f"says.{name}")}
    known |= {label(texts(f"button.{name}")): name for name in LABELLED}
    found = known.get(said) or next((name for word, name in known.items() if nearly(said, word)), None)
    return found or ("person" if _wants_someone(moment, said) else None)


def _flow_named(moment: Moment) -> str | None:
    """The flow whose other name is the whole message, or, of one in the menu, its title."""
    said = without_courtesy(plain(moment.said)) if isinstance(moment.event, Said) else ""
    flows = [flow for flow in moment.world.content.flows.values() if not flow.internal]
    texts = moment.texts
    titles = {label(texts.written(flow.title)): flow.flow for flow in flows if flow.menu != "none"}
    known = titles | {label(name): flow.flow for flow in flows for name in flow.says}
    return known.get(said) or next((flow for name, flow in known.items() if nearly(said, name)), None)


def _wants_someone(moment: Moment, said: str) -> bool:
    """ "i want to speak to a nurse": the wish for a person, with a few words around it."""
    wishes = (label(word) for word in moment.texts.variants("says.someone"))
    if len(said.split()) > 10:
        return False
    return any(f" {wish} " in f" {said} " for wish in wishes) or _spelled_wish(moment, said.split())


def _spelled_wish(moment: Moment, words: list[str]) -> bool:
    """ "cn i spk to sumone": a word for talking, then nothing but small words, then a word for people."""
    verbs, between, people = (
        frozenset(map(label, moment.texts.variants(f"says.talk-{part}")))
        for part in ("verb", "between", "who")
    )
    for at in (at for at, word in enumerate(words) if word in verbs):
        after = next((word for word in words[at + 1 :] if word not in between), "")
        if after in people:
            return True
    return False


def help_(moment: Moment) -> Turn:
    """What can be typed here, then the open question again."""
    again = engine.carry_on(moment, "flow.again") if moment.person.place else None
    told = moment.say("help.text")
    text = Say(
        f"{told}\n{moment.say('relay.open')}" if moment.person.relay else told,
        () if again else buttons.rows(buttons.commands(moment.texts, "menu", "person")),
    )
    return Turn(again.person, engine.merged((text, *again.actions))) if again else moment.turn(text)


def person(moment: Moment) -> Turn | None:
    place = moment.person.place
    if place and place.frames[-1].flow == "talk-to-person":
        step = question_at(moment.world, place.frames)
        # "Call bak" is the answer to our question here, and not the wish for what has begun already.
        answers_it = moment.typed and step and isinstance(read(moment, place, step), Understood)
        return None if answers_it else engine.carry_on(moment, "flow.again")
    return leading.begin(moment, "talk-to-person")


def language(moment: Moment) -> Turn:
    """The languages whose safety texts are reviewed; for all others, words to show an interpreter."""
    enabled = [one for one in moment.world.content.languages.values() if one.enabled]
    offered = tuple(Button(one.name, codes.write("language", one.id)) for one in enabled)
    say = Say(
        moment.say("language.choose"), buttons.rows((*offered, *buttons.commands(moment.texts, "menu")))
    )
    return moment.turn(say)


def not_in_danger(moment: Moment) -> Turn:
    """After an emergency card: the urgent card, then the menu."""
    shown = leading.menu(moment)
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
    person = replace(moment.person, nearest=())
    return Turn(person, (say, Count("question", (("confidence", "wrong"),))))


def none_of_these(moment: Moment) -> Turn:
    """We do not know: say so, and offer people. Nothing is kept but a number."""
    say = unknown(moment)
    person = replace(moment.person, nearest=())
    return Turn(person, (say, Count("question", (("confidence", "none-of-these"),))))


def unknown(moment: Moment) -> Say:
    """What we say when there is no answer: honest, with a person and a way on."""
    offered = buttons.commands(moment.texts, "person", "share-question", "menu")
    return Say(moment.say("search.unknown"), buttons.rows(offered, 1), "question")


def share_question(moment: Moment) -> Turn | None:
    return leading.begin(moment, "share-question")


def find(moment: Moment) -> Turn | None:
    return leading.begin(moment, "find-session")


TYPED = (
    "start",
    "start-again",
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
    "plan",
    "my-sessions",
    "programmes",
    "pause",
    "resume-programmes",
    "stop-programmes",
    "start-messages",
    "off-reminders",
    "off-news",
    "more-help",
    "glossary",
    "end-talk",
)
COMMANDS: dict[str, Command] = {
    "start": leading.start,
    "menu": leading.menu,
    "back": leading.back,
    "stop": own_data.stop,
    "help": help_,
    "person": person,
    "language": language,
    "mydata": own_data.my_data,
    "delete": own_data.delete,
    "delete-yes": own_data.delete_yes,
    "delete-no": own_data.delete_no,
    "carry-on": leading.carry_on,
    "not-in-danger": not_in_danger,
    "carer-help": carer_help,
    "not-this": not_this,
    "none-of-these": none_of_these,
    "share-question": share_question,
    "privacy": own_data.privacy,
    "find": find,
    "more-help": leading.more,
    "glossary": glossary.letters,
    "plan": my_plan.show,
    "my-sessions": bookings.mine,
    "programmes": programmes.show,
    "pause": programmes.pause,
    "resume-programmes": programmes.resume,
    "stop-programmes": programmes.stop,
    "start-messages": programmes.start_again,
    "plan-take-off": my_plan.take_off,
    "plan-clear": my_plan.clear,
    "plan-clear-yes": my_plan.clear_yes,
    "start-again": leading.start_again,
    "off-remember": own_data.switch_off("remember"),
    "off-reminders": own_data.switch_off("reminders"),
    "off-news": own_data.switch_off("news"),
    "off-callback": own_data.switch_off("callback"),
    "off-relay": own_data.switch_off("relay"),
    "ask-chat": team.ask_chat,
    "end-talk": team.end,
    "talk-again": team.again,
}
LABELLED = (
    "menu",
    "back",
    "stop",
    "help",
    "person",
    "mydata",
    "delete",
    "privacy",
    "language",
    "carry-on",
    "plan",
    "programmes",
    "start-messages",
    "my-sessions",
    "ask-chat",
    "end-talk",
    "talk-again",
)
SLASHED = {name.replace("-", ""): name for name in TYPED} | {"sessions": "my-sessions"}
"""What can be typed as /word; the second step of deleting cannot."""
