"""A talk in writing with the team: what is typed goes to them, until the person ends it."""

from dataclasses import replace

from bot.conversation import answers, buttons, engine, private
from bot.conversation.answerers.leading import begin, menu
from bot.conversation.moment import Moment
from bot.conversation.opening import team_hours
from bot.model import EndRelay, RelayMessage, Rows, Said, Say, Sent, Turn
from bot.search.found import Hit

LONGEST = 1_000
"""Characters of one message to the team."""
OFFERED = 3
"""Articles that are offered instead."""


def to_team(moment: Moment) -> Turn | None:
    """Words that are nothing else go to the team while a talk with them is open."""
    person = moment.person
    if not person.relay or person.place or not isinstance(moment.event, Said) or not moment.said.strip():
        return None
    if len(moment.said) > LONGEST:
        number = f"{LONGEST:,}"
        return moment.turn(Say(moment.say("relay.too-long", number=number), _ways(moment)))
    # Told in full once; after that, one short line is enough.
    key = "relay.passed-on" if person.relay == 1 else "relay.passed-on-again"
    said = Say(moment.say(key, hours=_hours(moment)), _ways(moment))
    found = moment.world.find(person, moment.said)
    known = found.hits if found.confidence != "unknown" else ()
    nearest = tuple(hit.id for hit in known[:OFFERED])
    return Turn(replace(person, relay=person.relay + 1, nearest=nearest), (RelayMessage(moment.said), said))


def warned(moment: Moment, turn: Turn) -> Turn:
    """Below a safety card: in an open talk the words are not lost, the team gets them with a mark. The person
    is told that, and that the team does not read at once."""
    person = moment.person
    typed = _typed(moment).strip()
    if not (person.relay and typed) or person.place:
        return turn
    text = private.mask(typed[: 2 * LONGEST]).text[:LONGEST]
    said = Say(moment.say("relay.flagged"))
    return Turn(replace(turn.person, relay=person.relay + 1), (*turn.actions, said, RelayMessage(text, True)))


def _typed(moment: Moment) -> str:
    match moment.event:
        case Said(text) | Sent(_, text):
            return text
        case _:
            return ""


def end(moment: Moment) -> Turn:
    """The person has said enough."""
    if not moment.person.relay:
        return menu(moment, "relay.none")
    ways = buttons.commands(moment.texts, "talk-again", "menu")
    person = replace(moment.person, relay=0)
    return Turn(person, (EndRelay(), Say(moment.say("relay.ended"), buttons.rows(ways))))


def again(moment: Moment) -> Turn | None:
    """Go on with the team, if what they agreed to still holds; else it is asked as at first."""
    if "relay" not in moment.person.consents:
        return begin(moment, "talk-to-person")
    # A set of questions that is open would take the words for itself: it waits.
    person = engine.park(replace(moment.person, relay=max(1, moment.person.relay)))
    waits = ("carry-on",) if person.parked else ()
    ways = buttons.rows(buttons.commands(moment.texts, *waits, "end-talk"))
    return Turn(person, (Say(moment.say("relay.again", hours=_hours(moment)), ways),))


def ask_chat(moment: Moment) -> Turn:
    """What the chat itself knows about the last words, instead of the team or beside them."""
    known = moment.world.content.articles
    hits = tuple(Hit(id, 0.0) for id in moment.person.nearest if id in known)
    person = replace(moment.person, nearest=())
    if not hits:
        return menu(moment.with_person(person), "relay.chat-none")
    return Turn(person, (answers.choices(moment, hits, "relay.chat-found"),))


def _hours(moment: Moment) -> str:
    return team_hours(moment.world.local.hours, moment.texts, moment.now)


def _ways(moment: Moment) -> Rows:
    return buttons.rows(buttons.commands(moment.texts, "ask-chat", "end-talk"))
