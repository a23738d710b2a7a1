"""How far it is from one place to another, in kilometres, and as people here say it, in miles."""

from math import asin, cos, radians, sin, sqrt

from bot.model import Location

EARTH = 6371.0088
KILOMETRES_IN_A_MILE = 1.609344


def kilometres(here: Location, there: Location) -> float:
    """Along the globe, by the haversine formula."""
    up, down = radians(here.latitude), radians(there.latitude)
    across = radians(there.longitude - here.longitude)
    half = sin((down - up) / 2) ** 2 + cos(up) * cos(down) * sin(across / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def whole_miles(distance: float) -> int:
    """Kilometres as the whole miles that we show: 0 is less than half a mile."""
    return int(distance / KILOMETRES_IN_A_MILE + 0.5)
