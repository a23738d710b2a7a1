"""What a person asked for is done here, in their turn's transaction: bookings and programmes."""

from datetime import datetime
from typing import NamedTuple, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import (
    Book,
    CancelBooking,
    ChooseReminders,
    Done,
    JoinProgramme,
    LeaveProgramme,
    PauseForGrief,
    PauseProgrammes,
    RemindMe,
    Request,
    ResumeProgrammes,
    ShowBookings,
    ShowProgrammes,
)
from bot.conversation.world import World


class Whose(NamedTuple):
    """Who asks, and where messages reach them."""

    person: str
    channel: str
    address: str
    language: str


async def do(tx: AsyncConnection, whose: Whose, request: Request, world: World, now: datetime) -> Done | None:
    """Do it; what came of it, or None when nothing needs saying."""
    match request:
        case Book() | RemindMe() | CancelBooking() | ChooseReminders() | ShowBookings():
            return None  # H1: bot/messaging/booking.py
        case JoinProgramme() | LeaveProgramme() | PauseProgrammes() | ResumeProgrammes() | ShowProgrammes():
            return None  # H3: bot/messaging/programmes.py
        case PauseForGrief():
            return None  # H3
        case _:
            assert_never(request)
