"""Every table of the program. What is about a person has a `person` column, or `channel` and `address`."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.sql.elements import ColumnElement

from bot.store.base import metadata, whose
from bot.store.columns import Moment, Number
from bot.store.office_tables import (
    accounts,
    audit,
    audit_ends,
    drafts,
    invitations,
    leaflets,
    measures,
    passkeys,
    relays,
    rooms,
    signins,
)
from bot.store.planned_tables import (
    bookings,
    broadcasts,
    changes,
    enrolments,
    events,
    letters,
    notices,
    occasions,
    staff,
)

__all__ = [
    "HELD",
    "PENDING",
    "PLANNED",
    "SENDING",
    "SENT",
    "accounts",
    "arrivals",
    "audit",
    "audit_ends",
    "bookings",
    "broadcasts",
    "changes",
    "consents",
    "counters",
    "drafts",
    "enrolments",
    "events",
    "handovers",
    "invitations",
    "leaflets",
    "ledger",
    "letters",
    "measures",
    "metadata",
    "notices",
    "occasions",
    "paces",
    "passkeys",
    "people",
    "questions",
    "relays",
    "rooms",
    "signins",
    "staff",
]

# Written into the SQL as they are: neither database uses a partial index for a state passed as a parameter.
PENDING = literal_column("'pending'", String)
HELD = literal_column("'held'", String)
PLANNED = literal_column("'planned'", String)
SENDING = literal_column("'sending'", String)
SENT = literal_column("'sent'", String)
NOT_REMINDED = literal_column("1", Integer)
TROUBLED = tuple(literal_column(f"'{state}'", String) for state in ("unsure", "failed", "dropped"))


people = Table(
    "people",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(100), nullable=False),
    # The Person of bot/model.py as JSON; the columns after it repeat what queries need to see.
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("answers", Boolean, nullable=False),
    Column("remembers", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("quiet_until", Moment),
    Column("reachable", Boolean, nullable=False),
    Column("seen", Moment, nullable=False, index=True),
    # Whom a broadcast reaches: see bot/store/people.py. `interests` is "|cancer=lung|topic=sleep|".
    Column("area", String(40), nullable=False, server_default=""),
    Column("language", String(10), nullable=False, server_default="en"),
    Column("interests", Text, nullable=False, server_default=""),
    UniqueConstraint("channel", "address"),
)

# Few rest at a time, and every claim of the sender asks who does.
_rests = people.c.quiet_until.is_not(None)
Index("ix_people_quiet_until", people.c.quiet_until, sqlite_where=_rests, postgresql_where=_rests)

# The inbox, and afterwards the memory of what was answered: a decided row keeps no payload and no address.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("update", String(100), nullable=False),
    Column("arrived", Moment, nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("address", String(100)),
    Column("payload", Text),
    # The channel's own order where its update ids are numbers, else 0; `id` breaks the tie.
    Column("place", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("channel", "update"),
)
_pending = arrivals.c.state == PENDING
Index(
    "ix_arrivals_pending",
    arrivals.c.channel,
    arrivals.c.address,
    arrivals.c.place,
    arrivals.c.id,
    sqlite_where=_pending,
    postgresql_where=_pending,
)

# What goes out: held -> planned -> sending -> sent | failed | unsure | dropped. The sender sees no held row.
ledger = Table(
    "ledger",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    # "reply:<arrival>:<n>" now; later a booking's or a broadcast's own. No key is ever planned twice.
    Column("key", String(200), nullable=False, unique=True),
    Column("urgency", Integer, nullable=False),
    # What it belongs to (a session, a broadcast): moving or cancelling that is one UPDATE.
    Column("about", String(100)),
    Column("arrival", Number),
    whose(nullable=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(100), nullable=False),
    # The message itself, or the letter that many share.
    Column("body", Text),
    Column("letter", Number, ForeignKey("letters.id")),
    # send, edit or delete; the latter two act on the channel's own message `target`.
    Column("act", String(6), nullable=False, server_default="send"),
    Column("target", String(100)),
    Column("state", String(10), nullable=False),
    Column("due", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    # How often it was sent again although it may have arrived.
    Column("repeats", Integer, nullable=False),
    Column("owner", String(32)),
    Column("lease", Moment),
    Column("touched", Moment, nullable=False),
    Column("message", String(100)),
    Column("reason", String(100)),
    # Said in the turn that erased the person: deleted as soon as it is out.
    Column("forget", Boolean, nullable=False),
)


def _partial(name: str, where: ColumnElement[bool], *columns: Column[Any]) -> None:
    """An index over some rows of the ledger only, on both databases."""
    Index(f"ix_ledger_{name}", *columns, sqlite_where=where, postgresql_where=where)


# Each of these holds only the rows of one state, so that a message on its way touches few of them.
_planned = ledger.c.state == PLANNED
_whose_turn = (ledger.c.urgency, ledger.c.due, ledger.c.id)
_chat = (ledger.c.channel, ledger.c.address)
_partial("held", ledger.c.state == HELD, ledger.c.about, ledger.c.id)
_partial("planned", _planned, ledger.c.channel, *_whose_turn)
_partial("next", _planned, *_chat, *_whose_turn)
_partial("sending", ledger.c.state == SENDING, *_chat, ledger.c.lease)
_partial("sent", ledger.c.state == SENT, *_chat, ledger.c.touched)
_partial("troubled", ledger.c.state.in_(TROUBLED), ledger.c.state, ledger.c.touched)
# What broadcasts still have to send. Reminders, of which there may be many for long, are not in it.
_to_go = _planned & (ledger.c.urgency != NOT_REMINDED) & ledger.c.about.is_not(None)
_partial("to_go", _to_go, ledger.c.about, ledger.c.state)
for _column in (ledger.c.about, ledger.c.arrival, ledger.c.letter):
    _partial(_column.name, _column.is_not(None), _column)

consents = Table(
    "consents",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    whose(),
    Column("switch", String(40), nullable=False),
    Column("version", String(40), nullable=False),
    Column("given", Moment, nullable=False),
    Column("withdrawn", Moment),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    whose(),
    Column("topic", String(100), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("note", String(300), nullable=False),
    Column("best_time", String(100), nullable=False),
    # open, claimed, done or cancelled
    Column("state", String(10), nullable=False),
    Column("asked", Moment, nullable=False),
    Column("closed", Moment),
    # call (to be phoned) or relay (in writing)
    Column("kind", String(10), nullable=False, server_default="call"),
    # Whose it is: navigator, nurse, money or physio
    Column("team", String(20), nullable=False, server_default="navigator"),
    Column("area", String(40), nullable=False, server_default=""),
    Column("language", String(10), nullable=False, server_default="en"),
    Column("claimed_by", Number),
    Column("claimed", Moment),
    # The first answer in writing, or the call.
    Column("answered", Moment),
    Column("closed_by", Number),
    # Compare and swap: two navigators who press at once do not both win.
    Column("version", Integer, nullable=False, server_default="0"),
    # The topic in the staff's group on Telegram, as "<chat>:<topic>"; "making" while it is being made.
    Column("thread", String(100)),
    Index("ix_handovers_state_asked", "state", "asked"),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    whose(),
    Column("text", String(1000), nullable=False),
    Column("shared", Moment, nullable=False),
)

# Nobody is in here: how often something happened on a day.
counters = Table(
    "counters",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("labels", String(200), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# One row a bot, shared by all processes: when the next message may go, and until when all are silent.
paces = Table(
    "paces",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("next_microsecond", BigInteger, nullable=False),
    Column("frozen_until", Moment),
)
