# SPDX-License-Identifier: Apache-2.0
"""Layout 3: the events of one command are one row, which holds their bytes and hashes and no second copy of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from egov_flow.errors import StoreError

revision = "layout_3"
down_revision = "layout_2"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 500
NEW = "egov_events_new"


def upgrade() -> None:
    """Bring layout 2 to layout 3."""
    new = op.create_table(
        NEW,
        sa.Column("tenant", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("case_seq", NUMBER, nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "case_id", "case_seq"),
    )
    bind = op.get_bind()
    rows: list[dict[str, Any]] = []
    for row in _commands(bind):
        rows.append(row)
        if len(rows) == BATCH:
            bind.execute(sa.insert(new), rows)
            rows.clear()
    if rows:
        bind.execute(sa.insert(new), rows)
    op.drop_table("egov_events")
    op.rename_table(NEW, "egov_events")
    _guard(bind.dialect.name)
    op.execute("UPDATE egov_schema SET format = 3")


def _commands(bind: sa.Connection) -> Iterator[dict[str, Any]]:
    """Yield the rows of the commands: an event without a cause is the command itself, and what follows is caused by it."""
    asked = sa.text("SELECT tenant, case_id, case_seq, cause, data, leaf FROM egov_events ORDER BY tenant, case_id, case_seq")
    events = bind.execute(asked.execution_options(yield_per=BATCH))
    for (tenant, case, _), group in groupby(events, key=lambda row: (row.tenant, row.case_id, row.cause or row.case_seq)):
        of_command = list(group)
        lines = b"".join(bytes(event.data) + b"\n" for event in of_command)
        try:
            leaves = bytes.fromhex("".join(event.leaf for event in of_command))
        except ValueError:
            raise StoreError("EF-S019", table="egov_events") from None
        yield {"tenant": tenant, "case_id": case, "case_seq": of_command[0].case_seq, "lines": lines, "leaves": leaves}


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
