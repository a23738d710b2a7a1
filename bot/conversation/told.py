"""What came of a booking or a programme, in words. Pure: the doing is in bot/messaging."""

from bot.bookings import BookingDone, Done, MyBookings, MyProgrammes, ProgrammeDone
from bot.conversation.moment import Moment
from bot.model import Say


def in_words(moment: Moment, done: Done) -> tuple[Say, ...]:
    """The messages that tell it."""
    match done:
        case BookingDone() | MyBookings():
            return ()  # H1: bot/conversation/booked.py
        case ProgrammeDone() | MyProgrammes():
            return ()  # H3: bot/conversation/programmes.py
