"""These tests run on both databases."""

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
