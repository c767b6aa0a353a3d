# SPDX-License-Identifier: Apache-2.0
"""Incidents at gateways: whoever ends one says which way the case goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CITIZEN

from egov_flow.agency import Agency
from egov_flow.errors import ConflictError, NotFound
from egov_flow.procedure import read_files
from egov_flow.values import SYSTEM

HEAD, _, TAIL = (
    (Path(__file__).parents[2] / "fixtures/bpmn/exclusive.bpmn").read_text("utf-8").partition('exclusiveGateway id="Gateway_Merge">')
)
JOINING = f'{HEAD}inclusiveGateway id="Gateway_Merge">{TAIL.replace("exclusiveGateway>", "inclusiveGateway>", 1)}'
WHY = "the applicant withdrew by telephone"


@pytest.fixture
def incident(agency: Agency) -> str:
    """The incident of a case whose decision is one that no flow asks for, before an inclusive join."""
    deployed = agency.deploy(read_files([("process.bpmn", JOINING.encode())], folder="exclusive"), accept="a drawing for a test")
    case = agency.start(deployed.procedure, by=CITIZEN)
    agency.complete(case.tasks[0].id, {"decision": "withdrawn"}, by=SYSTEM)
    (found,) = agency.incidents(by=ADMINISTRATOR)
    assert found.element == "Gateway_Decision"
    return found.id


def test_it_ends_over_the_flow_that_is_named(agency: Agency, incident: str) -> None:
    with pytest.raises(NotFound, match="EF-K223"):
        agency.resolve(incident, flow="Flow_1", reason=WHY, by=ADMINISTRATOR)
    case = agency.resolve(incident, flow="Flow_Refused", reason=WHY, by=ADMINISTRATOR)

    assert (case.waiting, case.incidents) == (("Task_Refuse",), ())


def test_a_token_is_moved_into_a_join_over_the_flow_that_is_named(agency: Agency, incident: str) -> None:
    with pytest.raises(ConflictError, match="EF-K218"):
        agency.move(incident, "Gateway_Merge", reason=WHY, by=ADMINISTRATOR)
    case = agency.move(incident, "Gateway_Merge", flow="Flow_4", reason=WHY, by=ADMINISTRATOR)

    assert (case.waiting, case.incidents) == (("Task_Archive",), ())
    assert [(e.kind, e.reason) for e in agency.history(case.id, by=SYSTEM) if e.kind == "move"] == [("move", WHY)]
