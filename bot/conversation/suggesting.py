"""Sessions near someone, in words: the cards, what is not stated, and what had to be left out."""

from datetime import UTC

from bot.bookings import SessionDate
from bot.conversation import session_buttons
from bot.conversation.listings import nothing_found, relaxed_line, session_card
from bot.conversation.moment import Moment
from bot.model import Rows, Say, Suggested, Suggestion, Wanted

SHOWN = 3


def suggest(moment: Moment, wanted: Wanted, skip: int = 0) -> tuple[Say, ...]:
    """The next few sessions, a message each."""
    return cards(moment, wanted, look(moment, wanted, skip), skip)


def look(moment: Moment, wanted: Wanted, skip: int = 0) -> Suggested:
    """What there is."""
    return moment.world.directory.suggest(wanted, moment.now, SHOWN, skip)


def cards(moment: Moment, wanted: Wanted, suggested: Suggested, skip: int = 0) -> tuple[Say, ...]:
    """What there is, a message each."""
    world, texts = moment.world, moment.texts
    if not suggested.found:
        return ()
    relaxed = f"{relaxed_line(suggested, texts)}\n\n" if suggested.relaxed and not skip else ""
    words = [session_card(world.directory, one, wanted, texts, moment.now) for one in suggested.found]
    rows = [_buttons(moment, one) for one in suggested.found]
    texts_ = (relaxed + words[0], *words[1:])
    return tuple(Say(text, row, "answer") for text, row in zip(texts_, rows, strict=True))


def _buttons(moment: Moment, one: Suggestion) -> Rows:
    """Coming, a reminder, the calendar: under the card of the date that they are about."""
    date = SessionDate(one.session, one.listed or one.starts.astimezone(UTC))
    texts, channel = moment.texts, moment.person.channel
    come = (session_buttons.coming(date, texts), session_buttons.remind(date, texts))
    return (come, *((one,) for one in session_buttons.calendar(date, moment.world, channel, texts)))


def card(moment: Moment, one: Suggestion) -> Say:
    """One date that was not searched for."""
    words = session_card(moment.world.directory, one, Wanted(), moment.texts, moment.now)
    return Say(words, _buttons(moment, one), "answer")


def nothing(moment: Moment, skip: int) -> Say:
    """There is none, or no more."""
    return Say(moment.texts("session.no-more") if skip else nothing_found(moment.texts))
