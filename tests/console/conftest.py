"""These tests run on both databases, but for pages whose queries are tested on both elsewhere."""

import pytest

from tests.databases import (
    clock,
    database,
    migrated_postgresql,
    migrated_sqlite,
    other_store,
    store,
)

__all__ = [
    "clock",
    "database",
    "migrated_postgresql",
    "migrated_sqlite",
    "other_store",
    "store",
]

DRAWN = (
    "every_page",
    "leaflets",
    "insights",
    "two_editors",
    "sessions",
    "freshness",
    "coverage",
    "door",
    "single_sign_on",
)
"""What these ask of the database is asked on PostgreSQL in the tests of its own module."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = tuple(f"tests/console/test_{name}.py" for name in DRAWN)
    items[:] = [one for one in items if not (one.nodeid.startswith(here) and "postgresql" in one.nodeid)]
