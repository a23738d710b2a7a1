"""Reminders of booked sessions, and the question afterwards.

plan(tx, booking, world, now)       all of one booking anew; the times of the reminders to come
plan_all(tx, bookings, world, now)  the same for many, in a few statements
drop(tx, bookings, now, reason)     nothing more is sent about them
"""

from bot.messaging.reminders.planning import drop, plan, plan_all

__all__ = ["drop", "plan", "plan_all"]
