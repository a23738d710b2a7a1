"""The part that needs Alembic: taking the steps that are still to be taken."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def go(connection: Connection) -> None:
    """Take every step up to the newest, in the caller's transaction."""
    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection | None = None) -> Config:
    """Alembic, told where our revisions are and which connection to use; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
