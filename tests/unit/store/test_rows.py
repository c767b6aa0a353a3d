# SPDX-License-Identifier: Apache-2.0
"""Values to rows and back."""

from __future__ import annotations

from datetime import datetime

import attrs
import pytest

from egov_flow import values
from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store import _rows

MAPPINGS = [getattr(_rows, name) for name in _rows.__all__ if name.isupper()]
NOT_STORED = {"Task": {"data"}, "Deployment": {"files"}, "Timer": set(), "Wait": {"open"}}


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(StoreError, match=r"EF-S023: opened"):
        _rows.microseconds(datetime(2026, 1, 5), "opened")  # noqa: DTZ001


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda mapping: mapping.kind.__name__)
def test_every_field_of_a_value_has_a_column(mapping):
    """A field that is added to a value and forgotten here would be lost in silence."""
    fields = {field.name for field in attrs.fields(mapping.kind)}

    assert fields - set(mapping.names) == NOT_STORED.get(mapping.kind.__name__, set())


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda mapping: mapping.kind.__name__)
def test_every_column_has_a_field(mapping):
    more = {"data", "prev", "leaf"} if mapping.kind is values.Event else set()

    assert set(mapping.table.c.keys()) - set(mapping.names) <= {"tenant", "case", "counter", "position"} | more


@pytest.mark.parametrize(
    ("identity", "counter"), [("case-1/9", 9), ("case-1/10", 10), ("case-1", 0), ("case-1/x", 0), ("case-1/²", 0), ("", 0)]
)
def test_the_counter_of_an_id(identity, counter):
    assert _rows.place_in_order(identity) == counter


def test_a_spoiled_row_is_refused():
    row = ["case-1/1", "case-1", "Task_A", "", "ppid", "no JSON", "", "", 0, None, "", "open", None, ""]

    with pytest.raises(StoreError, match=r"EF-S019.*egov_tasks"):
        _rows.TASKS.value(row)
