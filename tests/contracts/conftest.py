# SPDX-License-Identifier: Apache-2.0
"""Every store that there is, by its URL, and a clock that the tests turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from egov_flow.testing import VirtualClock


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgresql_url")
        return found
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/cases.db"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock("2026-01-05T09:00:00+07:00")
