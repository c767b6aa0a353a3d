# SPDX-License-Identifier: Apache-2.0
"""Layout 2: wrapped keys, parts of large states, search marks, priorities of jobs; row-level security on PostgreSQL.

Keys of older cases stay as they are, marked by an empty subject; new cases get wrapped ones.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "layout_2"
down_revision = "layout_1"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TENANTS = (
    "candidates", "case_keys", "cases", "deadlines", "deployment_files", "deployments", "events", "incidents", "jobs", "parts", "recorded",
    "registries", "remembered", "search", "subject_keys", "tasks", "timers", "waits",
)  # fmt: skip


def upgrade() -> None:
    """Bring layout 1 to layout 2."""
    op.add_column("egov_jobs", sa.Column("priority", NUMBER, nullable=False, server_default=sa.text("0")))
    op.add_column("egov_jobs", sa.Column("cause", TEXT, nullable=False, server_default=sa.text("''")))
    op.drop_index("egov_jobs_by_due", "egov_jobs")
    waiting = sa.text("status = 'waiting'")
    columns: list[str | sa.TextClause | sa.ColumnElement[Any]] = ["tenant", sa.text("priority DESC"), "due"]
    op.create_index("egov_jobs_by_due", "egov_jobs", columns, sqlite_where=waiting, postgresql_where=waiting)
    _tables()
    op.execute("INSERT INTO egov_case_keys (tenant, case_id, subject, wrapped) SELECT tenant, case_id, '', key FROM egov_keys")
    op.drop_table("egov_keys")
    if op.get_bind().dialect.name == "postgresql":
        for name in TENANTS:
            op.execute(f"ALTER TABLE egov_{name} ENABLE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY egov_tenant ON egov_{name} USING (tenant = current_setting('egov.tenant', true))")
    op.execute("UPDATE egov_schema SET format = 2")


def _tables() -> None:
    _table("case_keys", ("case_id", "subject"), TEXT, "wrapped", sa.LargeBinary(), of_case=True)
    op.create_index("egov_case_keys_by_subject", "egov_case_keys", ["tenant", "subject"])
    _table("subject_keys", ("subject",), TEXT, "wrapped", sa.LargeBinary())
    _table("parts", ("case_id", "name"), TEXT, "content", sa.LargeBinary(), of_case=True, wide=True)
    _table("search", ("case_id", "name"), TEXT, "mark", TEXT, of_case=True)
    op.create_index("egov_search_by_mark", "egov_search", ["tenant", "name", "mark", "case_id"])


def _table(name: str, key: tuple[str, ...], kind: sa.types.TypeEngine[Any], value: str, of: sa.types.TypeEngine[Any], **how: bool) -> None:
    columns = [sa.Column(column, kind, nullable=False) for column in ("tenant", *key)]
    more: list[sa.Constraint] = [sa.PrimaryKeyConstraint("tenant", *key)]
    if how.get("of_case"):
        more.append(sa.ForeignKeyConstraint(["tenant", "case_id"], ["egov_cases.tenant", "egov_cases.id"]))
    op.create_table(f"egov_{name}", *columns, sa.Column(value, of, nullable=False), *more, sqlite_with_rowid=how.get("wide", False))
