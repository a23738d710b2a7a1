"""The tables of the staff's own office: how they sign in, what they did, and what the service measures."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.base import metadata, whose
from bot.store.columns import Moment, Number

# How a member of staff proves who they are. No row: they have only been invited.
accounts = Table(
    "accounts",
    metadata,
    Column("staff", Number, ForeignKey("staff.id"), primary_key=True),
    # Argon2, or nothing for those who sign in by passkey or single sign-on only.
    Column("password", String(200)),
    # The secret of their authenticator app, encrypted with a key made from the deployment's secret.
    Column("totp", String(200)),
    # The last time step that was used: a code works once.
    Column("totp_step", BigInteger, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
    # Who they are to the single sign-on, as "<issuer> <subject>".
    Column("sso", String(500), unique=True),
    Column("changed", Moment, nullable=False),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("staff", Number, ForeignKey("staff.id"), nullable=False, index=True),
    Column("credential", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", String(100), nullable=False),
    Column("made", Moment, nullable=False),
    Column("used", Moment),
)

# A link that lets one member in once, to choose how they sign in. Only its hash is kept.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("staff", Number, ForeignKey("staff.id"), nullable=False, index=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("made", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used", Moment),
)

# A browser in which somebody is signed in to the console. Only the hash of its cookie is kept.
signins = Table(
    "signins",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("staff", Number, ForeignKey("staff.id"), nullable=False, index=True),
    Column("token", String(64), nullable=False, unique=True),
    # password, passkey, sso or invitation
    Column("how", String(20), nullable=False),
    Column("made", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
)

# Who read and changed what. Only ever added to; `seal` is the hash of this row and of the seal before it.
audit = Table(
    "audit",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    # 0 is the program itself, or the command line.
    Column("staff", Number, nullable=False),
    Column("name", String(100), nullable=False),
    Column("what", String(40), nullable=False),
    Column("about", String(100), nullable=False, index=True),
    # Never words of a patient.
    Column("detail", String(300), nullable=False),
    Column("seal", String(64), nullable=False),
)

# One row: the newest of the audit log, and what stood before its first row when old ones were swept away.
audit_ends = Table(
    "audit_ends",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("newest", BigInteger, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("swept", BigInteger, nullable=False),
    Column("swept_seal", String(64), nullable=False),
)

# The messages of a hand-over in writing. They go with the person, and with the request they belong to.
relays = Table(
    "relays",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("handover", Number, ForeignKey("handovers.id", ondelete="CASCADE"), nullable=False, index=True),
    whose(),
    # person or staff
    Column("side", String(6), nullable=False),
    Column("staff", Number, ForeignKey("staff.id")),
    Column("text", String(4000), nullable=False),
    Column("at", Moment, nullable=False),
    # The ledger's key under which it went out.
    Column("key", String(200)),
    # The safety card was shown for these words.
    Column("flagged", Boolean, nullable=False),
)

# The staff's group on a channel, where each request has its topic.
rooms = Table(
    "rooms",
    metadata,
    Column("channel", String(20), primary_key=True),
    # Not "address": those are people's, and go with them.
    Column("chat", String(100), nullable=False),
    Column("by", String(100), nullable=False),
    Column("made", Moment, nullable=False),
)

# A leaflet that was made: what its code leads to. Nobody is in here.
leaflets = Table(
    "leaflets",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    # check, video, area, session or article
    Column("purpose", String(20), nullable=False),
    Column("target", String(80), nullable=False),
    Column("area", String(40), nullable=False),
    Column("language", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("large", Boolean, nullable=False),
    Column("by", String(100), nullable=False),
    Column("made", Moment, nullable=False),
    UniqueConstraint("purpose", "target", "area", "language", "kind", "large"),
)

# What the service does, counted without anybody in it: each event adds 1 to its day and 1 to its month.
measures = Table(
    "measures",
    metadata,
    Column("name", String(40), primary_key=True),
    # "2026-11" or "2026-11-22", in local time.
    Column("period", String(10), primary_key=True),
    # question: the topic; search: "online yoga"; step: "self-check/sleep"; leaflet: its id ...
    Column("what", String(100), primary_key=True),
    # sure, unsure, unknown; found, none; asked, answered ...
    Column("outcome", String(20), primary_key=True),
    Column("area", String(60), primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# What became of a shared question or an answer: the article that was drafted of it, or nothing (not for us).
drafts = Table(
    "drafts",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    # What it was made of: "question:17", "relay:4".
    Column("source", String(100), nullable=False, unique=True),
    Column("article", String(40), nullable=False),
    Column("file", String(200), nullable=False),
    Column("by", String(100), nullable=False),
    Column("made", Moment, nullable=False),
)

Index("ix_invitations_expires", invitations.c.expires)
Index("ix_signins_expires", signins.c.expires)
