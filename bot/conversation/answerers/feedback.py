"""How a session was: one tap, counted without anybody's name, and a kind line."""

from bot.conversation import buttons, measuring
from bot.conversation.answerers import leading
from bot.conversation.moment import Moment
from bot.conversation.reminding import ANSWERS, SEE_YOU, find
from bot.model import Count, Say, Turn

NOT_GOOD = ("hard", "not-for-me")


def feedback(moment: Moment) -> Turn | None:
    """The answer to "How was it?", or that a new time is fine."""
    if moment.tapped is None or moment.tapped.target != "feedback":
        return None
    answer, _, session = moment.tapped.name.partition(":")
    if answer == SEE_YOU:
        return leading.aside(moment, Say(moment.say("reminder.see-you")))
    # A forged code counts nothing; an old one, of a session that has gone from the listings, neither.
    if answer not in ANSWERS or session not in moment.world.directory.listings:
        return None
    texts = moment.texts
    offered = (buttons.command(texts, "person"), find(texts)) if answer in NOT_GOOD else ()
    say = Say(moment.say(f"reminder.thanks.{answer}"), buttons.rows(offered))
    counted = Count("how-was-it", (("session", session), ("answer", answer)))
    return leading.aside(moment, say, counted, measuring.measured(moment, "booking", session, "came"))
