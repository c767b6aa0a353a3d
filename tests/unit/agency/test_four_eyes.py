# SPDX-License-Identifier: Apache-2.0
"""Two accounts of one human are one person for the separation of duties: the directory says whose they are, whatever they claim."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.fixture
def payments() -> Iterator[Agency]:
    """Return an agency with a directory, and a procedure in which nobody does both tasks."""
    directory = FakeDirectory({a.id: {"clerk"} for a in (FIRST, SECOND, OTHER)}, persons={FIRST.id: "siti", SECOND.id: "siti"})
    files = [("process.bpmn", bpmn(DRAWING).encode()), ("procedure.yaml", WORDS + BASIS), ("obligations.yaml", APART)]
    with Agency.open("memory:", directory=directory) as agency:
        agency.deploy(read_files(files, "payment"), by=SYSTEM, accept="a drawing for a test")
        yield agency


def test_a_second_account_of_the_same_human_does_not_check_the_first(payments: Agency) -> None:
    case = payments.start("payment", by=Actor("citizen:17"))
    payments.complete(case.tasks[0].id, by=FIRST)
    (task,) = payments.tasks(by=OTHER)

    with pytest.raises(NotAllowed, match="EF-W002"):
        payments.complete(task.id, by=SECOND)
    assert payments.complete(task.id, by=OTHER).status == "completed"
    assert {e.actor: e.person for e in payments.history(case.id, by=SYSTEM) if e.kind == "complete"} == {
        FIRST.id: "siti",
        OTHER.id: OTHER.id,
    }


def test_the_trail_is_asked_once_who_has_done_what(payments: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    case = payments.start("payment", by=Actor("citizen:17"))
    payments.complete(case.tasks[0].id, by=FIRST)
    another_process, asked = payments.of(payments.tenant), []
    read = payments.wiring.store.events
    monkeypatch.setattr(payments.wiring.store, "events", lambda *of: asked.append(of) or read(*of))
    (task,) = payments.tasks(by=OTHER)

    another_process.claim(task.id, by=OTHER)
    another_process.release(task.id, by=OTHER)
    with pytest.raises(NotAllowed, match="EF-W002"):
        another_process.claim(task.id, by=SECOND)
    assert len(asked) == 1


def test_what_was_done_elsewhere_meanwhile_keeps_apart_too(payments: Agency) -> None:
    case = payments.start("payment", by=Actor("citizen:17"))
    first, _ = case.tasks[0], payments.claim(case.tasks[0].id, by=FIRST)
    payments.of(payments.tenant).complete(first.id, by=FIRST)
    (second,) = payments.of(payments.tenant).tasks(by=OTHER)

    with pytest.raises(NotAllowed, match="EF-W002"):
        payments.complete(second.id, by=SECOND)
