# SPDX-License-Identifier: Apache-2.0
"""Every procedure that is shipped is read, checked, told as scenarios and cited without a flaw."""

from __future__ import annotations

from pathlib import Path

import pytest

from egov_flow.checks import check
from egov_flow.procedure import fingerprint, read, read_entries, read_scenario
from egov_flow.proof import prove
from egov_flow.redesign import Redesign

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
FOLDERS = sorted(file.parent for file in PROCESSES.rglob("process.bpmn"))
SCENARIOS = sorted(PROCESSES.rglob("scenarios/*.yaml"))
REDESIGNS = sorted(PROCESSES.rglob("redesigns/*.yaml"))
OF_PERSONS = {"complete", "claim", "release", "report"}


def _name(path):
    return path.relative_to(PROCESSES).as_posix()


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_it_has_neither_errors_nor_warnings(folder):
    assert [str(finding) for finding in check(folder) if finding.severity != "info"] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_it_tells_its_facts_and_their_sources(folder):
    procedure = read(folder)
    text = (folder / "README.md").read_text("utf-8")

    assert procedure.title.keys() >= {"en", "id"}
    assert procedure.owner
    assert procedure.kind in {"reference", "as_is", "to_be"}
    assert all(basis.note for basis in procedure.legal_basis), "a mark without what was compared"
    assert all(name in text for name in (deadline.name for deadline in procedure.deadlines))
    assert {"Facts and sources", "Scenarios"} <= {line.removeprefix("## ") for line in text.splitlines()}


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_every_variable_is_declared(folder):
    assert "EF-C051" not in {finding.code for finding in check(folder)}


@pytest.mark.parametrize("file", SCENARIOS, ids=_name)
def test_a_scenario_names_what_is_there(file):
    scenario, findings = read_scenario(file.read_bytes(), str(file))
    procedure = read(file.parent.parent)
    messages = {root.name for root in procedure.model.roots if root.kind == "message"}

    assert findings == ()
    assert scenario.name == file.stem
    for step in scenario.steps:
        known = {node.id for node in procedure.model.nodes()}
        assert step.command not in OF_PERSONS or step.target in known, step.place
        assert step.command != "send" or step.target in messages, step.place
        assert set(step.expect.waiting or ()) | set(step.expect.ended) <= known, step.place
        assert step.expect.deadlines.keys() <= {deadline.name for deadline in procedure.deadlines}, step.place


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_together_the_scenarios_reach_every_named_outcome_but_the_unpaid_one(folder):
    procedure = read(folder)
    assert procedure.process is not None
    ends = {node.id for node in procedure.process.content.nodes if node.kind == "endEvent"}
    scenarios = [read_scenario(file.read_bytes(), str(file))[0] for file in SCENARIOS if file.parent.parent == folder]
    reached = {end for scenario in scenarios for step in scenario.steps for end in step.expect.ended}

    assert ends - reached <= {"End_NotPaid", "End_DelayExplained"}


@pytest.mark.parametrize("file", REDESIGNS, ids=_name)
def test_a_redesign_names_the_version_it_starts_from_and_whose_idea_it_is(file):
    root, findings = read_entries(file.read_bytes(), str(file))
    procedure = read(file.parent.parent)
    base = root.get("of")

    assert findings == ()
    assert (base.get("procedure").text, base.get("version").text) == (procedure.id, procedure.version)
    assert base.get("sha256").text == procedure.sha256 == fingerprint(procedure.files)
    assert any(word in root.get("why").text for word in ("Our proposal", "Published"))


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_it_is_sound_and_keeps_its_obligations(folder):
    proof = prove(read(folder))

    assert (proof.sound, proof.counterexamples, proof.not_verified) == (True, (), ())
    assert [verdict.obligation for verdict in proof.obligations if verdict.holds is not True] == []


@pytest.mark.parametrize("file", REDESIGNS, ids=_name)
def test_a_redesign_can_be_applied_and_leaves_nothing_to_mend(file):
    redesigned = Redesign.read(file).apply(read(file.parent.parent)).procedure

    assert [str(finding) for finding in check(redesigned) if finding.severity != "info"] == []
    assert prove(redesigned).sound is True
