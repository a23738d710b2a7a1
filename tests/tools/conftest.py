"""Two databases to move between: an old one of each kind, and a new one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.store.engine import address_of
from tests.databases import EMPTY, clock, migrated_postgresql, migrated_sqlite

__all__ = ["clock", "migrated_postgresql", "migrated_sqlite"]

Opened = Callable[[str], str]


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """The address of an empty database: "postgresql", or any other name for a SQLite file."""

    def empty(name: str) -> str:
        if name != "postgresql":
            shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / f"{name}.sqlite3")
            return f"sqlite:///{tmp_path / f'{name}.sqlite3'}"
        address: str = request.getfixturevalue("migrated_postgresql")
        engine = create_engine(address_of(address))
        with engine.begin() as connection:
            connection.execute(text(EMPTY))
        engine.dispose()
        return address

    return empty
