# SPDX-License-Identifier: Apache-2.0
"""A command and its events as one row: what the first event says is kept once, in its bytes."""

from __future__ import annotations

import attrs
import pytest

from egov_flow.errors import StoreError
from egov_flow.testing.contracts._examples import TENANT, command, started
from egov_flow_adapters.sqlalchemy_store import _trail

CHANGE = started(recorded=command(1))
ROW = dict(zip(_trail.COLUMNS, _trail.row(TENANT, CHANGE.events, CHANGE.recorded), strict=True))
OF_COMMAND = ("lines", "number", "target", "payload")


def test_a_row_holds_a_command_and_its_events_and_says_nothing_twice() -> None:
    assert tuple(_trail.events(ROW["case_seq"], ROW["lines"], ROW["leaves"])) == CHANGE.events
    assert _trail.command("case-1", *(ROW[name] for name in OF_COMMAND)) == CHANGE.recorded
    assert set(ROW) - set(OF_COMMAND) == {"tenant", "case", "case_seq", "leaves"}


def test_events_without_a_command_leave_its_columns_empty() -> None:
    assert _trail.row(TENANT, CHANGE.events, None)[-3:] == (None, None, None)


@pytest.mark.parametrize(
    ("column", "value"), [("lines", "text"), ("lines", b"{}\n"), ("lines", b""), ("number", "1"), ("target", b"Start"), ("payload", "text")]
)
def test_a_spoiled_command_is_told(column: str, value: object) -> None:
    row = {**ROW, column: value}
    with pytest.raises(StoreError, match=r"EF-S019.*egov_events"):
        _trail.command("case-1", *(row[name] for name in OF_COMMAND))


@pytest.mark.parametrize("field", ["case", "number", "kind", "at", "actor", "reason"])
def test_a_change_tells_only_the_command_that_its_first_event_is(field: str) -> None:
    recorded = command(1)
    other = {"number": 2, "at": recorded.at.replace(year=2027)}.get(field, "another")
    assert CHANGE.tells(recorded)
    assert not CHANGE.tells(attrs.evolve(recorded, **{field: other}))
