# SPDX-License-Identifier: Apache-2.0
"""The tasks of an office: what a diagram offers to it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CLERK

from egov_flow.agency import Agency
from egov_flow.values import SYSTEM, Actor, Task

DRAWING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t" id="D">
<process id="letters" isExecutable="true">
<startEvent id="s"/><parallelGateway id="f"/><userTask id="Task_Open" name="Open" camunda:candidateGroups="desk,registry"/>
<userTask id="Task_Sign" name="Sign" camunda:candidateGroups="head,cabinet"/>
<sequenceFlow id="a" sourceRef="s" targetRef="f"/><sequenceFlow id="b" sourceRef="f" targetRef="Task_Open"/>
<sequenceFlow id="c" sourceRef="f" targetRef="Task_Sign"/><endEvent id="e"/>
<sequenceFlow id="d" sourceRef="Task_Open" targetRef="e"/><sequenceFlow id="g" sourceRef="Task_Sign" targetRef="e"/>
</process></definitions>"""
REGISTRAR = Actor("officer:4", office="registry")


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[Agency]:
    file = tmp_path / "letters.bpmn"
    file.write_text(DRAWING, encoding="utf-8")
    with Agency.open("memory:") as agency:
        agency.deploy(str(file), by=SYSTEM, accept="a drawing for a test")
        for _ in range(3):
            agency.start("letters", by=SYSTEM)
        yield agency


def elements(tasks: list[Task]) -> list[str]:
    return [task.element for task in tasks]


def test_who_works_in_an_office_finds_what_is_offered_to_it(letters: Agency) -> None:
    assert elements(letters.tasks(by=REGISTRAR)) == ["Task_Open"] * 3
    assert elements(letters.tasks(by=REGISTRAR, office="registry")) == ["Task_Open"] * 3


def test_an_office_is_paged_and_narrowed_like_any_list(letters: Agency) -> None:
    first = letters.tasks(by=REGISTRAR, office="registry", limit=2)
    letters.assign(first[0].id, Actor("officer:6", roles={"desk"}), by=ADMINISTRATOR)

    assert len(letters.tasks(by=REGISTRAR, office="registry", after=first[-1].id)) == 1
    assert len(letters.tasks(by=REGISTRAR, office="registry", unassigned=True)) == 2


@pytest.mark.parametrize("reader", [CLERK, Actor("officer:5", office="cabinet")])
def test_another_offices_tasks_are_not_shown(letters: Agency, reader: Actor) -> None:
    assert letters.tasks(by=reader, office="registry") == []


def test_who_oversees_sees_every_office(letters: Agency) -> None:
    assert elements(letters.tasks(by=ADMINISTRATOR, office="cabinet")) == ["Task_Sign"] * 3


def test_with_a_directory_a_claimed_office_counts_for_nothing(letters: Agency) -> None:
    letters.wiring.directory = _Unknowing()

    assert letters.tasks(by=REGISTRAR) == letters.tasks(by=REGISTRAR, office="registry") == []


class _Unknowing:
    def roles(self, _: str) -> frozenset[str]:
        return frozenset()

    def person(self, _: str) -> str | None:
        return None

    def office(self, _: str) -> str | None:
        return None

    def holders(self, _: str) -> frozenset[str]:
        return frozenset()
