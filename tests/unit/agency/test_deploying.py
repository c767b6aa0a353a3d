# SPDX-License-Identifier: Apache-2.0
"""What is deployed is what was checked: the files, and nothing else."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CLERK, PERMIT

from egov_flow.agency import Agency
from egov_flow.errors import ConflictError, NotAllowed, ProcedureError
from egov_flow.procedure import Procedure, read_files


def changed(old: str, new: str, name: str = "permit") -> Procedure:
    """Return the permit with some text replaced, and another name if one is given."""
    source = Path(PERMIT).read_text("utf-8")
    assert old in source
    return read_files([("process.bpmn", source.replace(old, new).encode())], folder=name)


def test_the_same_content_again_changes_nothing(agency: Agency) -> None:
    before = agency.procedures()
    assert agency.deploy(PERMIT).sha256 == before[0].sha256
    assert agency.procedures() == before


def test_a_deployed_version_never_changes(agency: Agency) -> None:
    with pytest.raises(ConflictError, match="EF-A018"):
        agency.deploy(changed('name="Decide"', 'name="Decide now"'))


def test_an_object_that_was_tampered_with_is_read_from_its_files(agency: Agency) -> None:
    honest = changed('id="Task_Decide"', 'id="Task_Judge"', name="tampered")
    forged = attrs.evolve(honest, model=Procedure.read(PERMIT).model, findings=())
    with pytest.raises(ProcedureError, match="Task_Decide"):
        agency.deploy(forged)
    assert len(agency.procedures()) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<bpmn:flowNodeRef>End_Lapsed</bpmn:flowNodeRef>", "<bpmn:flowNodeRef>Nowhere</bpmn:flowNodeRef>"),
        ('targetRef="End_Issued"', 'targetRef="Nowhere"'),
        ("P14D", "14 days (or so"),
    ],
    ids=["lane", "flow", "time"],
)
def test_what_has_errors_is_refused_and_nothing_is_stored(agency: Agency, old: str, new: str) -> None:
    before = agency.procedures()
    with pytest.raises(ProcedureError) as refused:
        agency.deploy(changed(old, new, name="another"))
    assert refused.value.findings[0].place.line > 0
    assert agency.procedures() == before


def test_only_an_administrator_deploys(agency: Agency) -> None:
    with pytest.raises(NotAllowed):
        agency.deploy(PERMIT, by=CLERK)
    assert agency.deploy(PERMIT, by=ADMINISTRATOR).procedure == "permit"


def test_a_deployment_is_in_the_registrys_own_chain(agency: Agency) -> None:
    assert agency.audit.verify().cases == 1
    events = [c.event for c in agency.wiring.store.events("default", "registry")]
    assert [(e.kind, e.element, e.actor) for e in events] == [("deploy", "permit", "system")]
