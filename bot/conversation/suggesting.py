"""Sessions near someone, in words: the cards, what is not stated, and what had to be left out."""

from bot.conversation.listings import nothing_found, relaxed_line, session_card
from bot.conversation.moment import Moment
from bot.model import Say, Wanted

SHOWN = 3


def suggest(moment: Moment, wanted: Wanted, skip: int = 0) -> tuple[Say, int]:
    """The next few sessions as one message, and how many they are."""
    world, texts = moment.world, moment.texts
    suggested = world.directory.suggest(wanted, moment.now, SHOWN, skip)
    if not suggested.found:
        return Say(texts("session.no-more") if skip else nothing_found(texts)), 0
    relaxed = [relaxed_line(suggested, texts)] if suggested.relaxed and not skip else []
    cards = [session_card(world.directory, one, wanted, texts, moment.now) for one in suggested.found]
    return Say("\n\n".join((*relaxed, *cards))), len(suggested.found)
