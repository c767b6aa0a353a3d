# SPDX-License-Identifier: Apache-2.0
"""Layout 3: the events of one command are one row, which holds their bytes and hashes and no second copy of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store.migrations._events import BATCH, rebuild

revision = "layout_3"
down_revision = "layout_2"


def upgrade() -> None:
    """Bring layout 2 to layout 3."""
    rebuild(
        _commands(op.get_bind()),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
    )
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
