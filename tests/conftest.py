"""What every test leaves as it found it."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def usual_log() -> Iterator[None]:
    """A command that runs inside a test sets up the log for its own process, which is ours."""
    yield
    structlog.reset_defaults()
