# SPDX-License-Identifier: Apache-2.0
"""Make the tables in a database that has none of ours, and refuse a database of a newer layout."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, inspect, select

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store._schema import APPEND_ONLY, FORMAT, METADATA, STATISTICS, revisions, schema

__all__ = ["check_format", "create", "policies", "revision", "triggers"]


def check_format(connection: Connection, place: str) -> bool:
    """Return whether our tables are there.

    Raises:
        StoreError: they have a layout that this version does not know.
    """
    if not inspect(connection).has_table(schema.name):
        return False
    formats = connection.execute(select(schema.c.format)).scalars().all()
    if len(formats) != 1:
        raise StoreError("EF-S016", place=place)
    if formats[0] > FORMAT:
        raise StoreError("EF-S015", place=place, found=formats[0], known=FORMAT)
    if formats[0] < FORMAT:
        raise StoreError("EF-S026", place=place, found=formats[0], known=FORMAT)
    return True


def create(connection: Connection) -> None:
    """Make tables, indexes and triggers in the open transaction, and record the layout."""
    METADATA.create_all(connection, checkfirst=False)
    for statement in (*triggers(connection.dialect.name), *policies(connection.dialect.name, METADATA.tables)):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ANALYZE")
        rows = [(f"egov_{table}", f"egov_{index}", numbers) for (table, index), numbers in STATISTICS.items()]
        connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", rows)
        connection.exec_driver_sql("ANALYZE sqlite_master")  # read them
    connection.execute(schema.insert(), {"format": FORMAT, "created": time.time_ns() // 1000})
    connection.execute(revisions.insert(), {"version_num": revision(FORMAT)})


def revision(layout: int) -> str:
    """Return the name of the revision that leads to a layout."""
    return f"layout_{layout}"


def policies(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """Yield the statements that let an account which does not own the tables see one tenant's rows only."""
    if dialect != "postgresql":
        return
    for name in sorted(tables):
        if "tenant" in METADATA.tables[name].c:
            yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
            yield f"CREATE POLICY egov_tenant ON {name} USING (tenant = current_setting('egov.tenant', true))"


def triggers(dialect: str) -> Iterator[str]:
    """Yield the statements that make the tables of evidence append-only."""
    if dialect == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    yield (
        "CREATE FUNCTION egov_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
    )
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION egov_append_only()"
        )
