# SPDX-License-Identifier: Apache-2.0
"""Writes the table of events anew, where a layout keeps them in other columns: evidence is never changed in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

__all__ = ["BATCH", "NUMBER", "TEXT", "rebuild"]

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 500
"""Rows that are read and written at once."""
NEW = "egov_events_new"


def rebuild(rows: Iterable[dict[str, Any]], *columns: sa.Column[Any]) -> None:
    """Replace the table of events by one with these rows and with `columns` behind those of its key; it is append-only, and on PostgreSQL a tenant's."""
    new = op.create_table(
        NEW,
        sa.Column("tenant", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("case_seq", NUMBER, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("tenant", "case_id", "case_seq"),
    )
    bind = op.get_bind()
    for batch in _batches(rows):
        bind.execute(sa.insert(new), batch)
    op.drop_table("egov_events")
    op.rename_table(NEW, "egov_events")
    _guard(bind.dialect.name)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _guard(dialect: str) -> None:
    """Make the new table append-only, and on PostgreSQL one tenant's."""
    if dialect == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER egov_events_no_{verb.lower()} BEFORE {verb} ON egov_events "
                "BEGIN SELECT RAISE(ABORT, 'egov_events is append-only'); END"
            )
        return
    op.execute(f"ALTER INDEX {NEW}_pkey RENAME TO egov_events_pkey")
    op.execute(
        "CREATE TRIGGER egov_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON egov_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION egov_append_only()"
    )
    op.execute("ALTER TABLE egov_events ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY egov_tenant ON egov_events USING (tenant = current_setting('egov.tenant', true))")
