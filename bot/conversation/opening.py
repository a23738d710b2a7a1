"""Whether the team is there now, in words that can be kept."""

from datetime import datetime

from babel.dates import format_date

from bot.conversation.listings import time_in_words
from bot.conversation.texts import Texts
from bot.hours import Hours


def team_hours(hours: Hours, texts: Texts, now: datetime) -> str:
    """ "The team is there now.", or when they are back; where nobody has set their hours, no promise."""
    back = hours.next_open(now)
    if back is None:
        return texts("team-hours.unknown")
    if hours.is_open(now):
        return texts("team-hours.open")
    local = back.astimezone(hours.zone)
    locale = "en_GB" if texts.language == "en" else texts.language
    day = format_date(local, "EEEE d MMMM", locale=locale)
    return texts("team-hours.back", day=day, time=time_in_words(local, texts))
