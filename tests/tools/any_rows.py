"""Rows of every table with any values that the program could write, and what they refer to."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    insert,
)
from sqlalchemy.engine import Connection

from bot.store.columns import Moment
from bot.store.tables import metadata

Row = dict[str, Any]
START = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(-(10**12), 10**13).map(lambda many: START + timedelta(milliseconds=many))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LARGEST = 2**31 - 1


def any_rows(most: int = 4) -> st.SearchStrategy[dict[str, list[Row]]]:
    """Up to so many rows a table. A row refers to rows that come before it, or to none."""
    return _rows(most)


@st.composite
def _rows(draw: st.DrawFn, most: int) -> dict[str, list[Row]]:
    written: dict[str, list[Row]] = {}
    for table in metadata.sorted_tables:
        rows: list[Row] = []
        written[table.name] = rows
        for number in range(draw(st.integers(0, most))):
            row = {column.name: _value(draw, column, number, written) for column in table.columns}
            if _may_stand(table, row, rows):
                rows.append(row)
    return written


def _may_stand(table: Table, row: Row, rows: list[Row]) -> bool:
    """It has what it needs, and no other row has its keys."""
    keys = [[column.name for column in one.columns] for one in (*_unique(table), table.primary_key)]
    return None not in (row[column.name] for column in table.columns if not column.nullable) and not any(
        all(row[name] == other[name] for name in names) for names in keys for other in rows
    )


def _unique(table: Table) -> list[UniqueConstraint]:
    return [one for one in table.constraints if isinstance(one, UniqueConstraint)]


def _value(draw: st.DrawFn, column: Column[Any], number: int, written: dict[str, list[Row]]) -> object:
    if column.nullable and draw(st.booleans()):
        return None
    if column.foreign_keys:
        [key] = column.foreign_keys
        named = [row[key.column.name] for row in written[key.column.table.name]]
        return draw(st.sampled_from(named)) if named else None
    if isinstance(column.type, String) and _is_in_a_key(column):
        # The number keeps keys apart, the rest makes them odd.
        return f"{number} {draw(TEXTS)}".replace("\x00", "")[: column.type.length]
    return draw(_of_type(column)) if not _is_in_a_key(column) else _key(draw, column, number)


def _is_in_a_key(column: Column[Any]) -> bool:
    table = column.table
    assert isinstance(table, Table)
    return column.primary_key or any(column.name in one.columns for one in _unique(table))


def _key(draw: st.DrawFn, column: Column[Any], number: int) -> object:
    if isinstance(column.type, Moment):
        return START + timedelta(days=number)
    if isinstance(column.type, Boolean | LargeBinary):
        return draw(_of_type(column))
    return number * 1000 + draw(st.integers(1, 999))


def _of_type(column: Column[Any]) -> st.SearchStrategy[object]:
    match column.type:
        case Moment():
            return MOMENTS
        case Boolean():
            return st.booleans()
        case String(length=length):
            return TEXTS.map(lambda text: text[:length])
        case LargeBinary():
            return st.binary(max_size=40)
        case BigInteger():
            return st.integers(-(2**63), 2**63 - 1)
        case Integer():
            return st.integers(-LARGEST, LARGEST)
    raise NotImplementedError(column)


def write(connection: Connection, rows: dict[str, list[Row]]) -> None:
    for table in metadata.sorted_tables:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
