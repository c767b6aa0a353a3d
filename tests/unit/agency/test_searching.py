# SPDX-License-Identifier: Apache-2.0
"""Cases are found by what their procedure declares searchable; the store sees keyed hashes only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CITIZEN, STRANGER

from egov_flow.agency import Agency, Case
from egov_flow.errors import InvalidData, NotAllowed
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, CaseFilter, Count, SearchMark

FOLDER = {
    "procedure.yaml": "procedure: visit\ntitle: Register a visit\nversion: '1'\ndata:\n  nik: searchable\n  note: personal\n",
    "process.bpmn": """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t">
<process id="visit" isExecutable="true"><startEvent id="s"/><userTask id="Task_See" name="See"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="Task_See"/><sequenceFlow id="g" sourceRef="Task_See" targetRef="e"/></process></definitions>""",
}


@pytest.fixture
def office(clock: VirtualClock, tmp_path: Path) -> Iterator[Agency]:
    for name, text in FOLDER.items():
        (tmp_path / name).write_text(text, "utf-8")
    with Agency.open("memory:", clock=clock, ids=SequentialIds()) as agency:
        agency.deploy(str(tmp_path), accept="a test")
        yield agency


def found(office: Agency, value: object) -> list[Case]:
    return office.cases(by=SYSTEM, procedure="visit", find=("nik", value))


def test_a_case_is_found_by_a_searchable_variable(office: Agency) -> None:
    first = office.start("visit", {"nik": "3273", "note": "x"}, by=CITIZEN)
    office.start("visit", {"nik": "3274"}, by=CITIZEN)
    office.start("visit", {}, by=CITIZEN)
    assert [case.id for case in found(office, "3273")] == [first.id]
    assert found(office, "327") == found(office, 3273) == found(office, None) == []


def test_a_corrected_variable_is_found_by_its_new_value_only(office: Agency) -> None:
    case = office.start("visit", {"nik": "3273"}, by=CITIZEN)
    office.correct(case.id, {"nik": "3275"}, reason="typing error", by=ADMINISTRATOR)
    assert [c.id for c in found(office, "3275")] == [case.id]
    assert found(office, "3273") == []


def test_the_store_knows_no_value(office: Agency) -> None:
    office.start("visit", {"nik": "3273"}, by=CITIZEN)
    store = office.wiring.store
    assert store.cases("default", CaseFilter(mark=SearchMark("visit.nik", "3273"))) == ()
    assert "3273" not in office.wiring.keys.mark("default", "visit", "nik", "3273").mark


@pytest.mark.parametrize(("procedure", "name"), [("visit", "note"), ("visit", "shoe_size"), (None, "nik")])
def test_what_is_not_searchable_is_refused(office: Agency, procedure: str | None, name: str) -> None:
    with pytest.raises(InvalidData, match="EF-A043"):
        office.cases(by=SYSTEM, procedure=procedure, find=(name, "x"))


def test_who_works_there_sees_the_counts(office: Agency) -> None:
    for _ in range(3):
        case = office.start("visit", by=CITIZEN)
    office.complete(case.tasks[0].id, by=SYSTEM)
    assert office.counts(by=ADMINISTRATOR) == [Count("visit", "Task_See", "completed", 1), Count("visit", "Task_See", "open", 2)]
    with pytest.raises(NotAllowed):
        office.counts(by=STRANGER)
