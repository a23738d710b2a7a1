"""What came of a booking or a programme, in words. Pure: the doing is in bot/messaging."""

from bot.bookings import BookingDone, Done, GivenBack, MyBookings, MyProgrammes, ProgrammeDone
from bot.conversation import booked, programmes
from bot.conversation.moment import Moment
from bot.model import Say


def in_words(moment: Moment, done: Done) -> tuple[Say, ...]:
    """The messages that tell it."""
    match done:
        case BookingDone() | MyBookings() | GivenBack():
            return booked.in_words(moment, done)
        case ProgrammeDone():
            return programmes.done(moment, done)
        case MyProgrammes():
            return programmes.mine(moment, done)
