# SPDX-License-Identifier: Apache-2.0
"""Which layout a database has, and the way to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store._creating import create, revision, triggers
from egov_flow_adapters.sqlalchemy_store._schema import FORMAT, METADATA, REVISIONS, schema

__all__ = ["damage", "differences", "layout", "upgrade"]

OLDEST = 1
"""Layouts below it were never released."""


def layout(connection: Connection) -> int:
    """Return the number of the database's layout; 0 if it has none of our tables."""
    if not inspect(connection).has_table(schema.name):
        return 0
    return int(connection.execute(select(schema.c.format)).scalar_one())


def upgrade(connection: Connection, place: str) -> int:
    """Bring the database to the newest layout in the open transaction, and return the one it had.

    Raises:
        StoreError: it has a newer layout than this version knows.
    """
    found = layout(connection)
    if found > FORMAT:
        raise StoreError("EF-S015", place=place, found=found, known=FORMAT)
    if found == 0:
        create(connection)
    elif found < FORMAT:
        _run(connection, found)
    return found


def _run(connection: Connection, found: int) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes.update(connection=connection, version_table=REVISIONS)
    if not inspect(connection).has_table(REVISIONS):  # layout 1 was made before there were revisions
        command.stamp(config, revision(found))
    command.upgrade(config, revision(FORMAT))


def damage(connection: Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong in the file itself; PostgreSQL has tools of its own for that."""
    if connection.dialect.name != "sqlite":
        return ()
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check").all()]
    return () if found == ["ok"] else tuple(f"damaged: {line}" for line in found)


def differences(connection: Connection) -> tuple[str, ...]:
    """Return how the database's tables differ from what this version expects, one line each; other tables beside ours do not count."""
    expected, found = _expected(connection), _found(connection)
    missing = [f"missing: {line}" for line in sorted(expected - found)]
    return (*missing, *(f"unknown: {line}" for line in sorted(found - expected)))


def _expected(connection: Connection) -> set[str]:
    lines: set[str] = set()
    for table in METADATA.sorted_tables:
        lines |= {f"{table.name}.{column.name}{'' if column.nullable else ' not null'}" for column in table.c}
        lines.add(f"{table.name} primary key {', '.join(column.name for column in table.primary_key)}")
        lines |= {f"{table.name} index {index.name}" for index in table.indexes}
        if connection.dialect.name == "postgresql" and "tenant" in table.c:
            lines.add(f"{table.name} policy egov_tenant")
    return lines | {
        f"trigger {statement.split()[2]}" for statement in triggers(connection.dialect.name) if statement.startswith("CREATE TRIGGER")
    }


def _found(connection: Connection) -> set[str]:
    inspector, lines = inspect(connection), set()
    for name in inspector.get_table_names():
        if name.startswith("egov_"):
            lines |= {f"{name}.{column['name']}{'' if column['nullable'] else ' not null'}" for column in inspector.get_columns(name)}
            lines.add(f"{name} primary key {', '.join(inspector.get_pk_constraint(name)['constrained_columns'])}")
            lines |= {f"{name} index {index['name']}" for index in inspector.get_indexes(name) if not index.get("duplicates_constraint")}
    asked = _CATALOGUE[connection.dialect.name]
    rows: list[Any] = [row for question in asked for row in connection.exec_driver_sql(question).all()]
    return lines | {str(row[0]) for row in rows}


_CATALOGUE = {
    "sqlite": ("SELECT 'trigger ' || name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'egov%'",),
    "postgresql": (
        "SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid::regclass::text LIKE 'egov%%'",
        "SELECT tablename || ' policy ' || policyname FROM pg_policies WHERE schemaname = current_schema() AND tablename LIKE 'egov%%'",
    ),
}
