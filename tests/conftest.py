"""What every test leaves as it found it."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
import structlog

from tests.system.program import CACHE

# Timing is measured in benchmarks/ and never asserted: a busy machine is no fault of an example.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One for this run and all its processes, thrown away with it."""
    os.environ.setdefault(CACHE, str(tmp_path_factory.getbasetemp().parent / "content-cache"))


@pytest.fixture(autouse=True)
def usual_log() -> Iterator[None]:
    """A command that runs inside a test sets up the log for its own process, which is ours."""
    yield
    structlog.reset_defaults()


SLOW = ("tests/system/", "tests/staff/test_end_to_end", "tests/browser/", "tests/reminders/test_sessions")
"""What starts whole programs or a browser waits more than it works: begun first, it ends with the rest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))
