# SPDX-License-Identifier: Apache-2.0
"""Layout 4: a command is kept in the row of the events that it caused; who gave it, when and why, these say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from egov_flow.audit import linked
from egov_flow.errors import InvalidData, StoreError
from egov_flow_adapters.sqlalchemy_store._rows import microseconds
from egov_flow_adapters.sqlalchemy_store.migrations._events import BATCH, NUMBER, TEXT, rebuild

revision = "layout_4"
down_revision = "layout_3"


def upgrade() -> None:
    """Bring layout 3 to layout 4."""
    rebuild(
        _rows(op.get_bind()),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("number", NUMBER),
        sa.Column("target", TEXT),
        sa.Column("payload", sa.LargeBinary()),
    )
    op.drop_table("egov_recorded")
    op.execute("UPDATE egov_schema SET format = 4")


def _rows(bind: sa.Connection) -> Iterator[dict[str, Any]]:
    """Yield each row of events with the command that its first event tells; a command that none tells stops the upgrade, for it would be lost."""
    of_events = "SELECT tenant, case_id, case_seq, lines, leaves FROM egov_events ORDER BY tenant, case_id, case_seq"
    of_commands = (
        "SELECT tenant, case_id, number, kind, target, at, actor, reason, payload FROM egov_recorded ORDER BY tenant, case_id, number"
    )
    rows, commands = (iter(bind.execute(sa.text(asked).execution_options(yield_per=BATCH))) for asked in (of_events, of_commands))
    command = next(commands, None)
    for row in rows:
        kept = row._asdict() | {"number": None, "target": None, "payload": None}
        if command is not None and _tells(row, command):
            kept |= {"number": command.number, "target": command.target, "payload": command.payload}
            command = next(commands, None)
        yield kept
    if command is not None:
        raise StoreError("EF-S019", table="egov_recorded")


def _tells(row: sa.Row[Any], command: sa.Row[Any]) -> bool:
    if (row.tenant, row.case_id) != (command.tenant, command.case_id):
        return False
    try:
        first, _ = linked(bytes(row.lines).partition(b"\n")[0])
    except (InvalidData, TypeError):
        raise StoreError("EF-S019", table="egov_events") from None
    told = (first.command, microseconds(first.time), first.actor, first.reason)
    return told == (command.kind, command.at, command.actor, command.reason)
