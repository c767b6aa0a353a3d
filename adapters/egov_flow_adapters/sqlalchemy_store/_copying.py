# SPDX-License-Identifier: Apache-2.0
"""A whole database as text, line by line: the way from SQLite to PostgreSQL and back, and a backup that can be read without either.

The first line names the format and the layout; each table begins with its name and columns, then comes one JSON list a row, bytes in base64; the last
line tells the number of rows and the SHA-256 of all lines before it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store._schema import FORMAT, METADATA, revisions, schema

__all__ = ["dump", "is_empty", "load"]

KIND = "egov_flow database 1"
BATCH = 500
PIECE = 1 << 20
"""Bytes of a line that are read before it is known to begin like one."""
_TABLES = [table for table in METADATA.sorted_tables if table not in {schema, revisions}]


def dump(connection: Connection, file: IO[bytes]) -> int:
    """Write all rows that the open transaction sees, and return how many there are."""
    digest, number = hashlib.sha256(), 0
    for line, is_row in _lines(connection):
        file.write(line)
        digest.update(line)
        number += is_row
    file.write(_line({"rows": number, "sha256": digest.hexdigest()}))
    return number


def load(connection: Connection, file: IO[bytes], place: str) -> int:
    """Write the rows of a dump into empty tables, in the open transaction, read all of them back and return how many there are.

    Raises:
        StoreError: the database has rows already, or the file is no whole and unchanged dump of this layout, or what is read back differs.
    """
    if not is_empty(connection):
        raise StoreError("EF-S028", place=place)
    digest, number, end = hashlib.sha256(), 0, None
    table: Table | None = None
    columns: list[str] = []
    rows: list[dict[str, Any]] = []
    for line in _lines_of(file):
        content = _read(line)
        if end is not None:
            raise StoreError("EF-S027", reason="something follows its last line")
        if isinstance(content, dict) and "sha256" in content:
            end = content
            continue
        digest.update(line)
        if isinstance(content, dict):
            _insert(connection, table, rows)
            table, columns = _begin(content, is_first=number == 0 and table is None)
        elif table is None or len(content) != len(columns):
            raise StoreError("EF-S027", reason="a row has no table, or another number of columns")
        else:
            rows.append(_row(table, columns, content))
            number += 1
            if len(rows) == BATCH:
                _insert(connection, table, rows)
    _insert(connection, table, rows)
    if end is None or end != {"rows": number, "sha256": digest.hexdigest()}:
        raise StoreError("EF-S027", reason="it is not whole, or it was changed")
    _continue_counting(connection)
    if _digest(connection) != digest.hexdigest():
        raise StoreError("EF-S029", place=place)
    return number


def is_empty(connection: Connection) -> bool:
    """Say whether none of our tables has a row."""
    return all(connection.execute(select(1).select_from(table).limit(1)).first() is None for table in _TABLES)


def _lines(connection: Connection) -> Iterator[tuple[bytes, bool]]:
    yield _line({"kind": KIND, "layout": FORMAT}), False
    for table in _TABLES:
        yield _line({"table": table.name, "columns": [column.name for column in table.c]}), False
        is_bytes = [isinstance(column.type, LargeBinary) for column in table.c]
        for row in connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key)):
            yield _line([_told(value, as_bytes=b) for value, b in zip(row, is_bytes, strict=True)]), True


def _told(value: Any, *, as_bytes: bool) -> Any:
    return base64.b64encode(value).decode() if as_bytes and value is not None else value


def _line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a dump. What begins like none is refused before it is read to its end, which a device has not."""
    while line := file.readline(PIECE):
        if line[:1] not in {b"[", b"{"}:
            raise StoreError("EF-S027", reason="a line is neither a row nor the head of a table")
        yield line if line.endswith(b"\n") else line + file.readline()  # a row may be as long as the database lets it be


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise StoreError("EF-S027", reason="a line is no JSON") from None


def _begin(content: dict[str, Any], *, is_first: bool) -> tuple[Table | None, list[str]]:
    if "kind" in content:
        if content != {"kind": KIND, "layout": FORMAT} or not is_first:
            raise StoreError("EF-S027", reason=f"it is no dump of layout {FORMAT}")
        return None, []
    table = METADATA.tables.get(str(content.get("table")))
    if table is None or table not in _TABLES or content.get("columns") != [column.name for column in table.c]:
        raise StoreError("EF-S027", reason="a table or its columns are unknown")
    return table, [column.key for column in table.c]


def _row(table: Table, columns: list[str], content: list[Any]) -> dict[str, Any]:
    row = dict(zip(columns, content, strict=True))
    for name, value in row.items():
        if isinstance(table.c[name].type, LargeBinary) and value is not None:
            try:
                row[name] = base64.b64decode(value, validate=True)
            except (TypeError, ValueError):
                raise StoreError("EF-S027", reason="bytes are not in base64") from None
    return row


def _insert(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(insert(table), rows)
    rows.clear()


def _continue_counting(connection: Connection) -> None:
    """Let PostgreSQL number the next deployment after those that were loaded; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        table = METADATA.tables["egov_deployments"]
        last = connection.execute(select(func.max(table.c.position))).scalar()
        if last is not None:
            sequence = func.pg_get_serial_sequence(table.name, table.c.position.name)
            connection.execute(select(func.setval(sequence, last)))


def _digest(connection: Connection) -> str:
    digest = hashlib.sha256()
    lines = _lines(connection)
    while batch := list(islice(lines, BATCH)):
        digest.update(b"".join(line for line, _ in batch))
    return digest.hexdigest()
