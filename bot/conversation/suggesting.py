"""Sessions near someone, in words: the cards, what is not stated, and what had to be left out."""

from bot.conversation.listings import nothing_found, relaxed_line, session_card
from bot.conversation.moment import Moment
from bot.model import Say, Wanted

SHOWN = 3


def suggest(moment: Moment, wanted: Wanted, skip: int = 0) -> tuple[Say, ...]:
    """The next few sessions, a message each."""
    world, texts = moment.world, moment.texts
    suggested = world.directory.suggest(wanted, moment.now, SHOWN, skip)
    if not suggested.found:
        return ()
    relaxed = f"{relaxed_line(suggested, texts)}\n\n" if suggested.relaxed and not skip else ""
    cards = [session_card(world.directory, one, wanted, texts, moment.now) for one in suggested.found]
    return tuple(Say(text, look="answer") for text in (relaxed + cards[0], *cards[1:]))


def nothing(moment: Moment, skip: int) -> Say:
    """There is none, or no more."""
    return Say(moment.texts("session.no-more") if skip else nothing_found(moment.texts))
