"""SQLite without a trip to another thread for each statement: only what may wait leaves the event loop."""

import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from aiosqlite import Connection
from sqlalchemy.engine import URL

# The lock of another process and the disk make these wait; every other statement takes microseconds.
COMMIT = "commit"
BEGIN = "BEGIN IMMEDIATE"
MANY = 100
# Marks a statement that writes a hundred thousand rows (`prefix_with`): the loop must not wait for it.
LONG = "/* long */"


class Near(Connection):
    """aiosqlite hands every step of every cursor to a thread: 22 trips a turn, each at the mercy of the
    interpreter lock while the loop is busy. Measured: 7.4 ms of processor time a turn, against 4.2 so.
    """

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        many = fn.__name__ == "executemany" and len(args[1]) > MANY
        long = fn.__name__ == "execute" and LONG in args[0][:40]
        if many or long or self._connection is None or fn.__name__ == COMMIT or args[:1] == (BEGIN,):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)


def connector(url: URL, busy_seconds: float) -> Callable[..., Near]:
    """What SQLAlchemy calls for a new connection to this file."""
    # At DEBUG aiosqlite writes every parameter into the log, and so what people wrote.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    path = url.database or ":memory:"
    # isolation_level None: else the driver begins late, and a savepoint's release would commit.
    options: Any = {"timeout": busy_seconds, "isolation_level": None, "check_same_thread": False}

    def connect(*_: object, **__: object) -> Near:
        near = Near(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
        # A process that must end does not wait for idle connections.
        near._thread.daemon = True
        return near

    return connect
