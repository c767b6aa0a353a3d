# SPDX-License-Identifier: Apache-2.0
"""Every store that there is, by its URL, and a clock that the tests turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.corners.drawing import bpmn

from egov_flow.agency import Agency
from egov_flow.procedure import read_files
from egov_flow.testing import SequentialIds, VirtualClock


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgresql_url")
        return found
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/cases.db"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock("2026-01-05T09:00:00+07:00")


@pytest.fixture
def office(url: str, clock: VirtualClock) -> Iterator[Agency]:
    """An agency on each store, which does its jobs at once."""
    with Agency.open(url, clock=clock, ids=SequentialIds(), run_jobs="inline") as opened:
        yield opened


def deploy(office: Agency, **drawings: str) -> None:
    """Deploy drawings of the corner cases' kind, each under its name."""
    for name, drawing in drawings.items():
        office.deploy(read_files([("process.bpmn", bpmn(drawing).encode())], name))
