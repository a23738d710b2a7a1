"""Bookings: taking a place, the line, calendars and who is coming."""
