# SPDX-License-Identifier: Apache-2.0
"""In an ad-hoc sub-process people choose what to begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.agency.conftest import CITIZEN

from egov_flow.agency import Agency
from egov_flow.errors import ConflictError, NotAllowed, NotFound
from egov_flow.procedure import read_files
from egov_flow.values import SYSTEM

ADHOC = Path(__file__).parents[2] / "corners" / "adhoc_again.bpmn"
END = '<endEvent id="End"/><sequenceFlow id="Flow_End" sourceRef="n" targetRef="End"/></process>'
INSIDE = '<sequenceFlow id="b_c" sourceRef="b" targetRef="c"></sequenceFlow>'
ADHOC_WITH_END = ADHOC.read_text("utf-8").replace("</process>", END, 1).replace(INSIDE, "")


def test_an_activity_is_begun_by_whoever_may_and_by_nobody_else(agency: Agency) -> None:
    deployed = agency.deploy(read_files([("process.bpmn", ADHOC_WITH_END.encode())], folder="adhoc"), accept="a test")
    case = agency.start(deployed.procedure, by=CITIZEN)
    assert case.tasks == ()
    element = "a"

    with pytest.raises(NotAllowed):
        agency.begin(case.id, element, by=CITIZEN)
    with pytest.raises(NotFound, match="EF-K227"):
        agency.begin(case.id, "Task_Nowhere", by=SYSTEM)

    begun = agency.begin(case.id, element, by=SYSTEM)
    assert [task.element for task in begun.tasks] == [element]
    assert [e.element for e in agency.history(case.id, by=SYSTEM) if e.kind == "begin"] == [element]


def test_a_subprocess_without_condition_is_ended_by_whoever_may_and_by_nobody_else(agency: Agency) -> None:
    drawn = ADHOC_WITH_END.replace("<completionCondition>done = true</completionCondition>", "")
    deployed = agency.deploy(read_files([("process.bpmn", drawn.encode())], folder="adhoc"), accept="a test")
    case = agency.start(deployed.procedure, by=CITIZEN)

    with pytest.raises(NotAllowed):
        agency.end(case.id, "p", by=CITIZEN)
    ended = agency.end(case.id, "p", by=SYSTEM)
    assert [task.element for task in ended.tasks] == ["n"]
    assert [e.element for e in agency.history(case.id, by=SYSTEM) if e.kind == "end"] == ["p"]


def test_of_several_that_run_at_once_the_token_says_which(agency: Agency) -> None:
    several = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></adHocSubProcess>"
    drawn = ADHOC_WITH_END.replace("<completionCondition>done = true</completionCondition>", "").replace("</adHocSubProcess>", several)
    deployed = agency.deploy(read_files([("process.bpmn", drawn.encode())], folder="adhoc"), accept="a test")
    case = agency.start(deployed.procedure, by=CITIZEN)

    with pytest.raises(ConflictError, match="EF-K228") as refused:
        agency.begin(case.id, "a", by=SYSTEM)
    first, second = str(refused.value.arguments["tokens"]).split(", ")
    begun = agency.begin(case.id, "a", by=SYSTEM, token=second)
    assert [task.element for task in begun.tasks] == ["a"]
    with pytest.raises(ConflictError, match="EF-K235"):
        agency.end(case.id, "p", by=SYSTEM)
    agency.end(case.id, "p", by=SYSTEM, token=first)
    ended = agency.end(case.id, "p", by=SYSTEM)
    assert [task.element for task in ended.tasks] == ["n"]
