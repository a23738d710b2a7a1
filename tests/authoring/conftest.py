"""A small whole content in a folder, and both databases."""

from pathlib import Path

import pytest

from bot.authoring.files import Folders
from tests.content.author import SERVICE, SESSION, Author
from tests.databases import (
    clock,
    database,
    migrated_postgresql,
    migrated_sqlite,
    other_store,
    store,
)

__all__ = [
    "author",
    "clock",
    "database",
    "folders",
    "migrated_postgresql",
    "migrated_sqlite",
    "other_store",
    "store",
]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """With one service and one session."""
    made = Author(tmp_path)
    made.writes("knowledge/services/scotland.yaml", SERVICE)
    made.writes("knowledge/sessions/scotland.yaml", SESSION)
    return made


@pytest.fixture
def folders(author: Author) -> Folders:
    return Folders(author.home / "knowledge", author.home / "flows")
