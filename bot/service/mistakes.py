"""Telling the log about a bug of ours, without a word of what a person wrote."""

import traceback

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

log = structlog.get_logger(__name__)

# The database is away, full or busy: the world's failure, not a bug, so no attempt is used up.
OUTAGE = (OperationalError, InterfaceError)


def note(error: Exception, **ids: object) -> None:
    """The kind of error and the line, never its message: that may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    log.error("a turn failed", error=type(error).__name__, where=where, **ids)
