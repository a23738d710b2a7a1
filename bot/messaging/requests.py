"""What a person asked for is done here, in their turn's transaction: bookings and programmes."""

from datetime import datetime
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import (
    Book,
    CancelBooking,
    ChooseReminders,
    Done,
    GiveBackBookings,
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
from bot.messaging import booking, programmes
from bot.messaging.whose import Whose


async def do(tx: AsyncConnection, whose: Whose, request: Request, world: World, now: datetime) -> Done | None:
    """Do it; what came of it, or None when nothing needs saying."""
    match request:
        case Book() | RemindMe() | CancelBooking() | ChooseReminders() | ShowBookings():
            return await booking.do(tx, whose, request, world, now)
        case GiveBackBookings():
            return await booking.give_back(tx, whose.person, world, now, keep=("booked",))
        case JoinProgramme() | LeaveProgramme() | PauseProgrammes() | ResumeProgrammes() | ShowProgrammes():
            return await programmes.do(tx, whose, request, world, now)
        case PauseForGrief():
            await programmes.grieve(tx, whose, world, now)
            return None
        case _:
            assert_never(request)
