"""Everything from one database into another of any kind, in one transaction, counted on both sides."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Table, create_engine, func, insert, inspect, select, text
from sqlalchemy.exc import OperationalError

from bot.store.engine import address_of
from bot.store.migrations import bring_up, upgrade
from bot.store.tables import metadata

BATCH = 1000
LOCKED_AFTER = 1000
"""Milliseconds: who holds a SQLite file that long is at work on it, or is not going to let go."""

Row: TypeAlias = dict[str, Any]
Progress: TypeAlias = Callable[[str, int, int], None]
"""Told after each batch: the table, how many of its rows are copied, and how many there are."""


class CannotMove(Exception):
    """Said in words for an operator; nothing was copied."""


class Tally(NamedTuple):
    """How many rows a table has, and a checksum over all of them that does not depend on their order."""

    rows: int = 0
    mark: int = 0

    def plus(self, rows: Iterable[Row]) -> "Tally":
        marks = [_mark(row) for row in rows]
        return Tally(self.rows + len(marks), (self.mark + sum(marks)) % 2**128)


@dataclass(frozen=True, slots=True)
class Line:
    """One table on both sides. `mended` rows held a character that not every database takes."""

    table: str
    here: Tally
    there: Tally
    mended: int = 0

    @property
    def same(self) -> bool:
        return self.here == self.there


def move(source: str, target: str, progress: Progress, anyway: bool = False) -> list[Line]:
    """Copy every row. When a line is not the same on both sides, the target was left empty.

    The source is only read: what it lacks of the newest tables is made and taken back. `anyway` copies it as
    it is at this moment although others are at work on it.
    """
    _check(source, target)
    with _reading(source, anyway) as here:
        upgrade(target)
        with _connected(target) as there, there.begin() as copying:
            _hold(there)
            _must_be_empty(there)
            lines = [_copy(here, there, table, progress) for table in metadata.sorted_tables]
            if all(line.same for line in lines):
                _know_sizes(there)
            else:
                copying.rollback()
    return lines


def _check(source: str, target: str) -> None:
    if _place(source) == _place(target):
        raise CannotMove("Both addresses are the same database.")
    path = address_of(source).database
    if address_of(source).get_backend_name() == "sqlite" and not Path(path or "").is_file():
        raise CannotMove(f"There is no file {path}.")


def _place(database: str) -> tuple[object, ...]:
    url = address_of(database)
    if url.get_backend_name() == "sqlite":
        return (Path(url.database or "").resolve(),)
    return (url.host, url.port or 5432, url.database, tuple(sorted(url.query.items())))


@contextmanager
def _connected(database: str) -> Iterator[Connection]:
    """hide_parameters: what a person wrote must not reach an error message."""
    engine = create_engine(address_of(database, sqlite_driver="pysqlite"), hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


# ---- the source ----------------------------------------------------------------------------------------


@contextmanager
def _reading(source: str, anyway: bool) -> Iterator[Connection]:
    """One look at the whole source that nobody changes meanwhile; nothing stays of it."""
    with _connected(source) as here:
        if here.dialect.name == "sqlite":
            _alone_on_sqlite(here, anyway)
        else:
            _alone_on_postgresql(here, anyway)
        if not inspect(here).has_table("alembic_version"):
            raise CannotMove("The database to move from is not one of the navigator.")
        bring_up(here)
        if here.dialect.name != "sqlite" and not anyway:
            here.execute(text(f"LOCK TABLE {_all_tables()} IN SHARE MODE"))
        yield here
        here.rollback()


def _alone_on_sqlite(here: Connection, anyway: bool) -> None:
    """In this mode the file cannot be locked while any other process has it open, and not be opened after."""
    here.exec_driver_sql(f"PRAGMA busy_timeout={LOCKED_AFTER}")
    if anyway:
        here.exec_driver_sql("BEGIN")
        return
    here.exec_driver_sql("PRAGMA locking_mode=EXCLUSIVE")
    try:
        here.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as failure:
        if "locked" not in str(failure.orig):
            raise
        raise CannotMove("A process still has the database to move from open: stop it first.") from None


def _alone_on_postgresql(here: Connection, anyway: bool) -> None:
    if anyway:
        here.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    elif others := here.execute(OTHERS).scalar_one():
        raise CannotMove(
            f"{others} more connections are open to the database to move from: stop all processes first."
        )


# Of this role only: a monitoring system is none of ours, and PostgreSQL's own processes have no role.
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


# ---- the target ----------------------------------------------------------------------------------------


def _hold(there: Connection) -> None:
    """Nobody else writes until we are done."""
    if there.dialect.name == "sqlite":
        there.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        there.execute(text(f"LOCK TABLE {_all_tables()} IN EXCLUSIVE MODE"))


def _all_tables() -> str:
    return ", ".join(metadata.tables)


def _must_be_empty(there: Connection) -> None:
    held = {table.name: _count(there, table) for table in metadata.sorted_tables}
    if found := [f"{name} ({count})" for name, count in held.items() if count]:
        raise CannotMove(f"The database to move to is not empty. It has rows in {', '.join(found)}.")


# ---- the rows ------------------------------------------------------------------------------------------


def _copy(here: Connection, there: Connection, table: Table, progress: Progress) -> Line:
    total, read, mended = _count(here, table), Tally(), 0
    progress(table.name, 0, total)
    for found in _batches(here, table):
        rows = [_portable(row) for row in found]
        mended += sum(old != new for old, new in zip(found, rows, strict=True))
        there.execute(insert(table), rows)
        read = read.plus(rows)
        progress(table.name, read.rows, total)
    _go_on_numbering(there, table)
    return Line(table.name, read, _tally(there, table), mended)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Row]]:
    """By their keys, so that a row which names an earlier one of the same table comes after it."""
    found = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for batch in connection.execute(found).mappings().partitions():
        yield [dict(row) for row in batch]


def _portable(row: Row) -> Row:
    """As bot/forms.py does for what people write: PostgreSQL takes no NUL."""
    return {name: one.replace("\x00", "") if isinstance(one, str) else one for name, one in row.items()}


def _go_on_numbering(there: Connection, table: Table) -> None:
    """PostgreSQL counts apart from the rows; SQLite looks at them."""
    numbered = table.autoincrement_column
    if numbered is None or there.dialect.name == "sqlite":
        return
    if last := there.execute(select(func.max(numbered))).scalar_one():
        serial = func.pg_get_serial_sequence(table.name, numbered.name)
        there.execute(select(func.setval(serial, last)))


def _know_sizes(there: Connection) -> None:
    """PostgreSQL would do so within a minute; until then it would plan as for empty tables."""
    if there.dialect.name != "sqlite":
        there.execute(text(f"ANALYZE {_all_tables()}"))


def _tally(connection: Connection, table: Table) -> Tally:
    tally = Tally()
    for rows in _batches(connection, table):
        tally = tally.plus(rows)
    return tally


def _mark(row: Row) -> int:
    """The same for the same values, whichever database they were read from."""
    written = repr(sorted(row.items())).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(written, digest_size=16).digest(), "big")
