"""A token never reaches a log."""

import logging

import pytest

from bot.channels.telegram.redact import CHATTY, RedactingFormatter, hush, redact, redact_event
from tests.telegram.emulator import TOKEN


@pytest.mark.parametrize(
    "line",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        f"Bot[token={TOKEN}]",
        f"The token `{TOKEN}` was rejected",
        TOKEN.replace(":", "%3A"),
    ],
)
def test_a_token_is_cut_out_wherever_it_stands(line: str) -> None:
    assert TOKEN.partition(":")[2] not in redact(line)


def test_other_secrets_are_cut_out_by_name() -> None:
    assert redact("secret=hunter2!", ["hunter2!"]) == "secret=<token>"


def test_times_and_numbers_stay_readable() -> None:
    assert redact("2026-03-02 10:15:00 person 12345: ok") == "2026-03-02 10:15:00 person 12345: ok"


def test_a_token_in_a_traceback_is_cut_out() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", None, None)
    record.exc_text = f"ValueError: bot{TOKEN}"
    assert TOKEN not in RedactingFormatter().format(record)


def test_structured_log_events_are_cleaned_too() -> None:
    assert redact_event(None, "info", {"event": f"bot{TOKEN}", "seconds": 2}) == {
        "event": "bot<token>",
        "seconds": 2,
    }


@pytest.mark.parametrize("name", CHATTY)
def test_libraries_that_write_addresses_only_warn(name: str) -> None:
    hush()
    assert logging.getLogger(name).getEffectiveLevel() == logging.WARNING
