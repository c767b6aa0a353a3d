# SPDX-License-Identifier: Apache-2.0
"""SpiffWorkflow never evaluates a text: neither the diagram's nor the state's nor the citizen's."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from SpiffWorkflow.bpmn.script_engine.python_environment import TaskDataEnvironment

from egov_flow.data import freeze
from egov_flow.errors import ConflictError, InvalidData, ProcedureError
from egov_flow_adapters.spiff_engine import SpiffEngine
from egov_flow_adapters.spiff_engine._scripts import Scripts

HOSTILE = (
    "__import__('os').system('true')",
    '__import__("os").system("true")',
    "().__class__.__base__.__subclasses__()",
    "[x for x in ().__class__.__mro__]",
    "lambda: 1",
    "open('/etc/passwd')",
)
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ran(monkeypatch):
    """What was run or evaluated as Python; it must stay empty."""
    calls = []
    monkeypatch.setattr(os, "system", calls.append)
    for name in ("evaluate", "execute"):
        monkeypatch.setattr(TaskDataEnvironment, name, lambda *arguments: calls.append(arguments))
    yield calls
    assert calls == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_condition_is_refused_by_feel_and_nothing_runs(drawn, text):
    procedure = drawn("S0 > G", 'exclusiveGateway G default="G_E0"', "G > A : " + text, "G > E0", "userTask A", "A > E0")
    with pytest.raises(ProcedureError) as refused:
        SpiffEngine().compile(procedure)

    assert [(f.code, f.element) for f in refused.value.findings] == [("EF-K051", "G_A")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_script_is_refused_by_feel_and_nothing_runs(drawn, text):
    with pytest.raises(ProcedureError) as refused:
        SpiffEngine().compile(drawn("S0 > T", f"script T {text}", "T > E0"))

    assert [(f.code, f.element) for f in refused.value.findings] == [("EF-K062", "T")]


@pytest.mark.parametrize("format_", ["python", "javascript", "groovy"])
def test_a_script_in_another_language_is_refused(drawn, format_):
    procedure = drawn("S0 > T", f'<scriptTask id="T" scriptFormat="{format_}"><script>x = 1</script></scriptTask>', "T > E0")
    with pytest.raises(ProcedureError) as refused:
        SpiffEngine().compile(procedure)

    assert [f.code for f in refused.value.findings] == ["EF-K061"]


@pytest.mark.parametrize("text", [*HOSTILE, "", "S0", "S0_T"])
def test_what_spiff_is_given_in_place_of_its_script_engine_evaluates_ids_only(drawn, text):
    program = SpiffEngine().compile(drawn("S0 > T", "script T {x: 1}", "T > E0"))
    scripts = Scripts(program.slots, NOW)
    for ask in (scripts.evaluate, scripts.execute):
        with pytest.raises(ConflictError, match="EF-E204") as refused:
            ask(None, text)
        assert not text or text not in str(refused.value)
    with pytest.raises(ConflictError):
        scripts.call_service(None, name=text)
    with pytest.raises(ConflictError):
        _ = scripts.environment


def test_no_text_of_the_diagram_reaches_spiffworkflow(drawn):
    lines = ("S0 > T", "script T {x: 41}", "T > G", 'exclusiveGateway G default="G_E0"', "G > A : x > 40", "G > E0", "userTask A", "A > E0")
    spec = SpiffEngine().compile(drawn(*lines)).spec
    gateway = spec.task_specs["G"]

    assert spec.task_specs["T"].script == "T"
    assert [(c and c.args[0], target) for c, target in gateway.cond_task_specs] == [("G_A", "A"), (None, "E0")]


def test_data_that_would_take_the_place_of_builtins_never_enters():
    with pytest.raises(InvalidData):
        freeze({"__builtins__": {}})


def test_data_named_as_spiffworkflows_own_is_ordinary_data(both):
    data = {"case": 1, "data_objects": {"x": 2}, "task": "T", "typename": "UUID", "value": "x"}
    case = both("S0 > A", "userTask A", "A > G", 'exclusiveGateway G default="G_E0"', "G > B : case = 1", "G > E0", "userTask B", "B > E0")

    assert case.do("start", data=data).do("complete", 2).waiting == ("B",)
    assert case.view().variables == data


def test_lists_are_neither_merged_nor_cut(both):
    case = both("S0 > A", "userTask A", "A > B", "userTask B", "B > E0").do("start", data={"papers": [1, 1, {"a": [2, 2]}], "x": {"y": 1}})

    case.do("complete", 2, {"papers": [3], "x": {"z": 2}})
    assert case.view().variables == {"papers": (3,), "x": {"z": 2}}
