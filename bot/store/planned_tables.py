"""The tables of what is planned ahead: bookings, programmes, broadcasts, and the staff behind them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.base import metadata, whose
from bot.store.columns import Moment, Number

# A text that many messages share, never changed once it is written: new words are a new letter.
letters = Table(
    "letters",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    # The same key is the same letter: it is written once.
    Column("key", String(200), nullable=False, unique=True),
    # A Say of bot/model.py as JSON; `short` is sent instead when it is late and the rule says so.
    Column("body", Text, nullable=False),
    Column("short", Text),
    # send, short or drop: what happens from `late_from` on. From `useless_from` on it is always dropped.
    Column("late", String(5), nullable=False),
    Column("late_from", Moment),
    Column("useless_from", Moment),
    Column("written", Moment, nullable=False),
)

# One date of one session that somebody has to do with. Moving it is one UPDATE here.
occasions = Table(
    "occasions",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("session", String(40), nullable=False),
    # As the listing says it; `starts` is where staff have moved it to, else the same.
    Column("listed", Moment, nullable=False),
    Column("starts", Moment, nullable=False, index=True),
    Column("ends", Moment, nullable=False),
    # What people were told of the place, to see when it changes.
    Column("place", String(300), nullable=False),
    # on, cancelled or over
    Column("state", String(10), nullable=False),
    Column("changed", Moment, nullable=False),
    UniqueConstraint("session", "listed"),
)

bookings = Table(
    "bookings",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    whose(),
    Column("occasion", Number, ForeignKey("occasions.id", ondelete="CASCADE"), nullable=False),
    # booked, waiting, offered, reminded (only a reminder, no place), cancelled or lapsed
    Column("state", String(10), nullable=False),
    # The order of the waiting list; joining again is going to its end.
    Column("asked", Moment, nullable=False),
    Column("offered_until", Moment),
    # Minutes before the start as JSON, or null: the session's own choice.
    Column("leads", String(100)),
    # Grows when its reminders are planned anew, and stands in their keys.
    Column("version", Integer, nullable=False),
    UniqueConstraint("person", "occasion"),
    Index("ix_bookings_occasion_state", "occasion", "state"),
)

# What staff changed about one date of a session; the listing itself stays as its author wrote it.
changes = Table(
    "changes",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("session", String(40), nullable=False),
    Column("listed", Moment, nullable=False),
    # cancelled or moved
    Column("kind", String(10), nullable=False),
    Column("moved_to", Moment),
    Column("by", String(100), nullable=False),
    Column("made", Moment, nullable=False),
    UniqueConstraint("session", "listed"),
)

# Somebody takes part in a programme: messages relative to a day that they gave.
enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    whose(),
    Column("programme", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    # on, paused, stopped or done
    Column("state", String(10), nullable=False),
    Column("since", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("person", "programme"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    # The same request is the same broadcast, however often it is sent to us.
    Column("request", String(100), nullable=False, unique=True),
    Column("by", Number, ForeignKey("staff.id"), nullable=False),
    Column("approved_by", Number, ForeignKey("staff.id")),
    # draft, waits (for approval), set (a time in future), holding, sending, stopped, done or cancelled
    Column("state", String(10), nullable=False, index=True),
    # The audience and the words by language, as JSON.
    Column("audience", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("send_at", Moment),
    # An RFC 5545 rule for the next ones, or nothing.
    Column("repeats", String(200)),
    # How many people were on the frozen list.
    Column("frozen", Integer),
    Column("hold_until", Moment),
    # The broadcast that this one corrects, or repeats.
    Column("follows", Number, ForeignKey("broadcasts.id")),
    # Compare and swap: two people who press at once do not both win.
    Column("version", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    # The message in a staff chat that shows how far it is, and what it shows now.
    Column("shown_in", String(100)),
    Column("shown_as", String(100)),
    Column("shown", Text),
)

# Who did what to a broadcast, and when. Only ever added to.
events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("broadcast", Number, ForeignKey("broadcasts.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by", String(100), nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", String(300), nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("name", String(100), nullable=False, unique=True),
    # viewer, navigator, editor or admin
    Column("role", String(10), nullable=False),
    # Their own chat with us, once they have typed the code.
    Column("channel", String(20)),
    Column("address", String(100)),
    # What links them: only its hash is kept, and only until it is used.
    Column("code", String(64)),
    Column("since", Moment, nullable=False),
    Column("ended", Moment),
    # What they are in the middle of, as JSON.
    Column("desk", Text),
    UniqueConstraint("channel", "address"),
)

# What staff should know: said once, however often it happens.
notices = Table(
    "notices",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    # late, parked, unsure, cancelled …
    Column("kind", String(40), nullable=False),
    # "occasion:5", "ledger:77": what it is about.
    Column("about", String(100), nullable=False),
    Column("times", Integer, nullable=False),
    Column("first", Moment, nullable=False),
    Column("last", Moment, nullable=False),
    Column("told", Moment),
    UniqueConstraint("kind", "about"),
)
