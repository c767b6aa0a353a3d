# SPDX-License-Identifier: Apache-2.0
"""Two accounts of one human are one person for the separation of duties: the directory says whose they are, whatever they claim."""

from __future__ import annotations

import pytest
from tests.corners.drawing import bpmn

from egov_flow.agency import Agency
from egov_flow.errors import NotAllowed
from egov_flow.procedure import read_files
from egov_flow.testing import FakeDirectory
from egov_flow.values import SYSTEM, Actor

DRAWING = "start s\nuser a\nuser b\ns > a\na > b\nend e\nb > e"
WORDS = b"procedure: payment\nroles: {clerk: {title: Clerk}}\nlinks: {a: {role: clerk}, b: {role: clerk}}\n"
APART = b'obligations: {four_eyes: {kind: not_same_person, elements: [a, b], why: Two look at it., legal_basis: ["rule"]}}\n'
BASIS = b"legal_basis: {rule: {title: The rule, verified: false, note: invented}}\n"
FIRST, SECOND, OTHER = (Actor(f"officer:{account}", person=f"liar:{account}", roles={"clerk"}) for account in ("3", "3-deputy", "4"))


def test_a_second_account_of_the_same_human_does_not_check_the_first() -> None:
    directory = FakeDirectory({a.id: {"clerk"} for a in (FIRST, SECOND, OTHER)}, persons={FIRST.id: "siti", SECOND.id: "siti"})
    files = [("process.bpmn", bpmn(DRAWING).encode()), ("procedure.yaml", WORDS + BASIS), ("obligations.yaml", APART)]
    with Agency.open("memory:", directory=directory) as agency:
        agency.deploy(read_files(files, "payment"), by=SYSTEM, accept="a drawing for a test")
        case = agency.start("payment", by=Actor("citizen:17"))
        agency.complete(case.tasks[0].id, by=FIRST)
        (task,) = agency.tasks(by=OTHER)

        with pytest.raises(NotAllowed, match="EF-W002"):
            agency.complete(task.id, by=SECOND)
        assert agency.complete(task.id, by=OTHER).status == "completed"
        assert {e.actor: e.person for e in agency.history(case.id, by=SYSTEM) if e.kind == "complete"} == {
            FIRST.id: "siti",
            OTHER.id: OTHER.id,
        }
