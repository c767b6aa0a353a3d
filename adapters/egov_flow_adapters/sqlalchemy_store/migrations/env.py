# SPDX-License-Identifier: Apache-2.0
"""What Alembic runs: the revisions, on the connection that it was given, in its transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    transactional_ddl=True,  # SQLite too rolls back what creates tables
)
context.run_migrations()
