"""The compassion pause: after a death or bad news everything that is planned ends, kindly and for good."""

from dataclasses import replace

from bot.bookings import PauseForGrief
from bot.conversation import buttons, codes
from bot.conversation.moment import Moment
from bot.conversation.replies import label, plain
from bot.conversation.replies.words import nearly
from bot.model import Count, EraseMe, Flagged, Level, Said, Say, Sent, StopMessages, Turn

TOLD = "messages-off"
BAD_NEWS = Flagged(Level.CONCERN, ("M11",), "bad-news")
BEARS = ("thanks", "bye", "okay")
"""What people say to a kind word: it is no message to start again with."""


def bad_news(moment: Moment) -> Flagged | None:
    """ "Its come back": words that mean bad news only when they are the whole message."""
    said = plain(_typed(moment))
    told = moment.texts.variants("says.bad-news") if said else ()
    return BAD_NEWS if any(nearly(said, label(words)) for words in told) else None


def _typed(moment: Moment) -> str:
    match moment.event:
        case Said(text) | Sent(_, text):
            return text
        case _:
            return ""


def grieves(moment: Moment, flagged: Flagged) -> bool:
    """Whether this tells of a death or of bad news now, also below the card of something higher."""
    if BAD_NEWS in (flagged, bad_news(moment)):
        return True
    text = _typed(moment)
    try:
        return bool(text) and moment.world.grieves(text, moment.person.language)
    except Exception:  # the card must be shown whatever happens here
        return False


def pause(moment: Moment, shown: Turn, card: Say) -> Turn:
    """The card, one line that nothing more is sent, and no way back into what was open."""
    counts = tuple(action for action in shown.actions if isinstance(action, Count))
    told = tuple(one for one in moment.person.told if one != TOLD)
    person = replace(shown.person, place=None, parked=None, finished=None, grieving=True, told=told)
    done = codes.write("command", "stop")
    rows = tuple(row for row in card.rows if all(button.code != done for button in row))
    say = replace(card, text=f"{card.text}\n{moment.texts('grief.paused')}", rows=rows)
    return Turn(person, (PauseForGrief(), say, *counts))


def returned(moment: Moment, turn: Turn) -> Turn:
    """They write again: answered as always, and one line, once, that messages are off."""
    if not moment.person.grieving or not turn.person.grieving:
        return turn
    if _only_bears(moment):
        return Turn(replace(turn.person, offered=()), (Say(moment.texts("grief.here")),))
    over = any(isinstance(action, EraseMe | StopMessages) for action in turn.actions)
    if over or TOLD in turn.person.told:
        return turn
    again = buttons.rows(buttons.commands(moment.texts, "start-messages"))
    person = replace(turn.person, told=(*turn.person.told, TOLD))
    return Turn(person, (Say(moment.texts("grief.off"), again), *turn.actions))


def _only_bears(moment: Moment) -> bool:
    """Thanks, bye, OK. A question of ours that is open is answered as always."""
    said = plain(_typed(moment))
    if not said or moment.person.place is not None:
        return False
    kinds = (moment.texts.variants(f"says.{name}") for name in BEARS)
    return any(nearly(said, label(word)) for words in kinds for word in words)
