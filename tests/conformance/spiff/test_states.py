# SPDX-License-Identifier: Apache-2.0
"""A state is bytes of one form, holds no data in the clear, and nothing in it is ever executed."""

from __future__ import annotations

import json
import logging

import pytest
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from egov_flow.errors import EgovFlowError, StoreError
from egov_flow.values import Marking
from egov_flow_adapters.spiff_engine import SpiffEngine, _tree

LINES = (
    "S0 > A", "userTask A", "A > G", 'exclusiveGateway G default="G_E0"', "G > B : amount > 100", "G > E0", "userTask B", "B > E0",
)  # fmt: skip
SECRET = "Siti Aminah"


@pytest.fixture
def case(both):
    return both(*LINES).do("start", data={"name": SECRET, "amount": 1000}).do("complete", 2, {"address": "Jl. Merdeka 1"})


def tampered(marking, **changes):
    """Return the marking with other entries in SpiffWorkflow's part."""
    head, _, tree = marking.clear.partition(b"\n")
    return Marking(head + b"\n" + json.dumps(json.loads(tree) | changes, sort_keys=True, separators=(",", ":")).encode(), marking.secret)


def refused(case, marking):
    with pytest.raises(StoreError) as error:
        case.engines[1].load(case.programs[1], marking)
    return error.value.code


def test_the_same_commands_give_the_same_bytes(case, both):
    again = both(*LINES).do("start", data={"name": SECRET, "amount": 1000}).do("complete", 2, {"address": "Jl. Merdeka 1"})

    assert again.marking == case.marking


def test_no_data_stands_in_the_clear(case):
    assert SECRET.encode() in case.marking.secret
    for word in (SECRET, "Merdeka", "address", "amount", "1000"):
        assert word.encode() not in case.marking.clear


def test_no_data_stands_in_spiffworkflows_log(both, caplog):
    caplog.set_level(logging.DEBUG, "spiff")
    both(*LINES).do("start", data={"name": SECRET})

    assert caplog.records
    assert not [r for r in caplog.records if SECRET in repr(vars(r))]


def test_a_case_that_has_ended_keeps_no_tree(case):
    case.do("complete", case.token)

    assert case.marking.clear.endswith(b"\n")
    assert case.view().variables["name"] == SECRET


def test_the_serializers_version_is_pinned_and_no_other_is_migrated(case, monkeypatch):
    def migrate(*_):
        raise AssertionError("an old format was migrated")

    monkeypatch.setattr(BpmnWorkflowSerializer, "migrate", migrate)
    assert b'"serializer_version":"1.5"' in case.marking.clear
    for version in ("1.1", "1.4", "1.6", None, "../../etc/passwd"):
        assert refused(case, tampered(case.marking, serializer_version=version)) == "EF-E301"


def test_a_state_cannot_bring_code_or_other_objects(case, tmp_path):
    mark = tmp_path / "was here"
    code = f"open({str(mark)!r}, 'w').close()"
    event = {"typename": "TimeDateEventDefinition", "name": "T", "expression": code}
    script = {"typename": "ScriptTask", "name": "B", "script": code}
    for changes in ({"last_task": event}, {"root": event}, {"tasks": {"1": event}}, {"tasks": script}, {"typename": "ScriptTask"}):
        assert refused(case, tampered(case.marking, **changes)) == "EF-E300"
    assert set(_tree._serializer().registry.convert_from_dict) == {"BpmnWorkflow", "Task", "UUID", "datetime", "timedelta"}
    assert not mark.exists()


@pytest.mark.parametrize("name", ["spec", "subprocess_specs", "bpmn_events", "data", "anything"])
def test_nothing_hides_in_a_state_beside_the_tree(case, name):
    assert refused(case, tampered(case.marking, **{name: {"typename": "BpmnProcessSpec"}})) == "EF-E300"


def test_a_state_of_another_version_is_refused(case, both):
    other = both(*LINES[:-1], "B > C", "userTask C", "C > E0")

    assert refused(other, case.marking) == "EF-E302"


def test_a_state_that_contradicts_itself_is_refused(case):
    clear = case.marking.clear
    for old, new in (
        (b'"status":"running"', b'"status":"completed"'), (b'"status":"running"', b'"status":"asleep"'), (b'[3,"B"', b'[3,"A"'),
        (b'[3,"B"', b'[9,"B"'), (b'"work"', b'"incident"'), (b'"work"', b'"wait"'), (b'"resting":[', b'"resting":null,"x":['),
        (b'"format":1', b'"format":2'),
    ):  # fmt: skip
        assert old in clear
        assert refused(case, Marking(clear.replace(old, new), case.marking.secret)) in {"EF-E300", "EF-E301"}


def test_every_byte_that_is_cut_off_is_missed(case):
    marking = case.marking
    for length in range(0, len(marking.clear) - 1, 37):
        with pytest.raises(EgovFlowError):
            case.engines[1].load(case.programs[1], Marking(marking.clear[:length], marking.secret))
    for secret in (b"", b"{}", b"[]", b'{"variables":[]}', b'{"variables":1}'):
        assert refused(case, Marking(marking.clear, secret)) == "EF-E300"


def test_an_element_that_the_diagram_does_not_have_is_refused_and_spoils_no_other_case(case):
    head, _, tree = case.marking.clear.partition(b"\n")
    assert refused(case, Marking(head + b"\n" + tree.replace(b'"task_spec":"B"', b'"task_spec":"Z"'), case.marking.secret)) == "EF-E300"

    assert case.do("complete", case.token).view().status == "completed"


def test_the_engine_says_which_spiffworkflow_it_is():
    assert (SpiffEngine().name, SpiffEngine().version[:17]) == ("spiff", "SpiffWorkflow 3.2")
