"""Logs: one JSON object a line on stderr, ids and causes only, no token and nobody's words."""

import logging
import sys

import structlog

from bot.channels.telegram.redact import RedactingFormatter, hush, redact_event
from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Our own log and the libraries', both with secrets taken out."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s")))
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    hush()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact_event,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        # Not cached: whoever runs a command inside a test puts the log elsewhere, and back.
        cache_logger_on_first_use=False,
    )
