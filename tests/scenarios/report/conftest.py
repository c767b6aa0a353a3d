# SPDX-License-Identifier: Apache-2.0
"""Cases of the permit procedure as an agency would give them, made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from egov_flow.agency import Case
from egov_flow.procedure import Procedure
from egov_flow.values import Deadline, Event

FOI = Path(__file__).parents[3] / "processes/indonesia/foi_request"
START = datetime(2026, 1, 5, 2, tzinfo=UTC)


@pytest.fixture(scope="session")
def procedure():
    return Procedure.read(FOI)


@pytest.fixture(scope="session")
def a_case(procedure):
    """Make a case: its status, how many days it took, its deadlines by name and status, and the elements it entered."""

    def make(case, status="completed", days=1, deadlines=(), waiting=(), **data):
        return Case(
            id=case,
            number=f"FOI-{case}",
            procedure="foi_request",
            version="1",
            status=status,
            applicant="citizen:1",
            created=START,
            updated=START + timedelta(days=days),
            waiting=waiting,
            deadlines=tuple(deadlines),
            model=procedure.model,
        )

    return make


@pytest.fixture(scope="session")
def a_deadline():
    def make(name, status="met", days=5, extensions=0):
        ended = START + timedelta(days=days) if status in {"met", "expired"} else None
        return Deadline(
            case="c", name=name, opened=START, due=START, amount=10, unit="working days", status=status, ended=ended, extensions=extensions
        )

    return make


@pytest.fixture(scope="session")
def entered():
    """Make a trail that enters elements and takes flows (ids that begin with Flow)."""

    def make(case, *elements):
        kinds = [("taken" if e.startswith("Flow") else "entered", e) for e in elements]
        return [
            Event(tenant="default", case=case, case_seq=n, time=START, kind=kind, command="start", element=e)
            for n, (kind, e) in enumerate(kinds, start=1)
        ]

    return make
