# SPDX-License-Identifier: Apache-2.0
"""What holds for every value that the database store writes as a row."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from egov_flow_adapters.sqlalchemy_store import _rows


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_kept_to_the_microsecond(moment):
    assert _rows.moment(_rows.microseconds(moment)) == moment
