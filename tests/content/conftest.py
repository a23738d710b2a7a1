"""What the tests of the content share."""

from pathlib import Path

import pytest

from tests.content.author import Author


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)
