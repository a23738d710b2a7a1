"""The red flags come first: whatever someone writes, taps or captions is checked before anything else."""

from dataclasses import replace
from datetime import timedelta

from bot.content.flags import Card
from bot.conversation import codes, engine
from bot.conversation.answerers import compassion, leading
from bot.conversation.moment import Moment
from bot.conversation.texts import GAP
from bot.model import Button, Count, Flagged, Level, Said, Say, Sent, Tapped, Turn
from bot.safety import static_card

QUIET = timedelta(hours=24)
"""No reminder or news follows an emergency or a crisis for this long (safety.md 1)."""


def urgent(moment: Moment) -> Turn | None:
    """The card of the highest flag; what was open stops. Grief also ends all that is planned, and stands
    above "stop": the card comes from here, before any command is looked for."""
    flagged = flagged_in(moment) or compassion.bad_news(moment)
    if flagged is None:
        return None
    say = card(moment, flagged.card)
    shown = _shown(moment, flagged, say)
    return compassion.pause(moment, shown, say) if compassion.grieves(moment, flagged) else shown


def only_card(moment: Moment) -> Say | None:
    """The card alone, for a message of which nothing is done: it must not say that something was."""
    flagged = flagged_in(moment) or compassion.bad_news(moment)
    return card(moment, flagged.card) if flagged else None


def _shown(moment: Moment, flagged: Flagged, say: Say) -> Turn:
    counts = tuple(_count(moment, flagged, id) for id in flagged.ids)
    person = moment.person
    if flagged.level is Level.CONCERN:
        # A concern stops a flow too, but it can be carried on.
        return leading.aside(moment, say, *counts)
    quiet = moment.now + QUIET if flagged.level in (Level.EMERGENCY, Level.CRISIS) else person.quiet_until
    person = replace(person, place=None, parked=None, finished=None, quiet_until=quiet)
    return Turn(person, (say, *counts))


def flagged_in(moment: Moment) -> Flagged | None:
    """The highest flag in what arrived. A broken matcher must not mean silence: the static card shows."""
    text = _text(moment)
    if not text:
        return None
    try:
        return moment.world.flagged(text, moment.person.language)
    except Exception:  # the one place where failing loudly would leave someone without help
        return Flagged(Level.URGENT, ("failed",), "static")


def _text(moment: Moment) -> str:
    match moment.event:
        case Said(text):
            return text
        case Sent(_, caption):
            return caption
        case Tapped(code):
            return _label(moment, code)
        case _:
            return ""


def _label(moment: Moment, code: str) -> str:
    """The words on the button that was tapped in the open question."""
    place, read = moment.person.place, codes.read(code)
    reply = codes.read_reply(read.name) if read and read.target == "reply" else None
    if place is None or reply is None:
        return ""
    return engine.label_of(moment, place, reply)


def card(moment: Moment, name: str) -> Say:
    """A card in this person's numbers; a missing one is the static card, which ships with the program."""
    found = moment.world.content.cards.get(name) or static_card()
    return _draw(moment, found)


def _draw(moment: Moment, found: Card) -> Say:
    """The card's text, then the lines that hold in this person's nation and whose numbers we have."""
    texts, nation = moment.texts, moment.world.nation_of(moment.person)
    lines = [texts.written(line.text) for line in found.lines if not line.nations or nation in line.nations]
    lines = [line for line in lines if not GAP.search(line)]
    rows = tuple((Button(texts.written(b.label), b.code or "", b.url or ""),) for b in found.buttons)
    return Say("\n".join((texts.written(found.text), *lines)), rows, found.level, sensitive=True)


def _count(moment: Moment, flagged: Flagged, id: str) -> Count:
    """Flag, level, channel, hour and language; never who, never what (safety.md 1)."""
    person = moment.person
    labels = {
        "flag": id,
        "level": flagged.level.value,
        "channel": person.channel,
        "language": person.language,
    }
    return Count("red-flag", tuple(labels.items()))
