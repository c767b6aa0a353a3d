# SPDX-License-Identifier: Apache-2.0
"""No expression slot anywhere is evaluated by anything but FEEL: not in the kernel, not under SpiffWorkflow, and not by what a diagram asks for."""

from __future__ import annotations

import ast
import builtins
from datetime import UTC, datetime
from pathlib import Path

import pytest
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment

from egov_flow.checks import check
from egov_flow.data import freeze
from egov_flow.errors import blocking
from egov_flow.kernel import KernelEngine, refusals
from egov_flow.procedure import read_files
from egov_flow.values import Command
from egov_flow_adapters.spiff_engine import SpiffEngine

REPOSITORY = Path(__file__).resolve().parents[3]
SHIPPED = [file for tree in ("src", "adapters") for file in sorted((REPOSITORY / tree).rglob("*.py"))]
EVALUATORS = {
    "ast", "asteval", "bkflow_feel", "code", "codeop", "jinja2", "js2py", "lark", "mako", "numexpr", "pysfeel", "restrictedpython", "runpy",
    "simpleeval", "sympy",
}  # fmt: skip
RUN_BY_NAME = {"eval", "exec", "__import__", "literal_eval", "run_string", "safe_eval"}
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PYTHON = "__import__('pathlib').Path('harmed').touch() or True"
HEAD = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="t"'


def names_of(tree: ast.AST) -> set[str]:
    modules = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0].lower() for name in modules}


def calls_of(tree: ast.AST) -> set[str]:
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    plain = {f.id for f in called if isinstance(f, ast.Name)} | {f.attr for f in called if isinstance(f, ast.Attribute)}
    return plain & RUN_BY_NAME


def test_no_shipped_module_has_another_evaluator() -> None:
    trees = {file.relative_to(REPOSITORY): ast.parse(file.read_text("utf-8")) for file in SHIPPED}

    assert {file: found for file, tree in trees.items() if (found := names_of(tree) & EVALUATORS or calls_of(tree))} == {}
    named = [file for file in trees if "PythonScriptEngine" in (REPOSITORY / file).read_text("utf-8")]
    assert [file for file in named if "script_engine" in ast.unparse(trees[file]).replace("ScriptEngine", "script_engine")] == []


def test_the_scan_sees_what_it_looks_for() -> None:
    tree = ast.parse("import simpleeval\nfrom RestrictedPython.Eval import x\nast.literal_eval('1')\neval('1')")

    assert names_of(tree) & EVALUATORS == {"simpleeval", "restrictedpython"}
    assert calls_of(tree) == {"literal_eval", "eval"}


def procedure(inner: str, yaml: str = "") -> object:
    files = [("process.bpmn", f'<definitions {HEAD}><process id="P" isExecutable="true">{inner}</process></definitions>'.encode())]
    return read_files([*files, ("procedure.yaml", yaml.encode())] if yaml else files, "drawing")


def a_line(middle: str, extra: str = "") -> str:
    flows = '<sequenceFlow id="f" sourceRef="S" targetRef="A"/><sequenceFlow id="g" sourceRef="A" targetRef="E"/>'
    return f'<startEvent id="S"/>{middle}<endEvent id="E"/>{flows}{extra}'


def a_choice(condition: str) -> str:
    ways = f'<sequenceFlow id="h" sourceRef="A" targetRef="E"><conditionExpression>{condition}</conditionExpression></sequenceFlow>'
    return a_line('<exclusiveGateway id="A" default="g"/>', ways)


def a_timer(kind: str) -> str:
    return a_line(
        f'<intermediateCatchEvent id="A"><timerEventDefinition><{kind}>{PYTHON}</{kind}></timerEventDefinition></intermediateCatchEvent>'
    )


SLOTS = {
    "condition": (a_choice(PYTHON), ""),
    "condition of a link": (a_choice(""), f'links: {{h: {{condition: "{PYTHON}"}}}}'),
    "condition in Python": (a_choice(PYTHON).replace("<conditionExpression>", '<conditionExpression language="python">'), ""),
    "duration": (a_timer("timeDuration"), ""),
    "date": (a_timer("timeDate"), ""),
    "cycle": (a_timer("timeCycle"), ""),
    "script": (a_line(f'<scriptTask id="A" scriptFormat="feel"><script>{PYTHON}</script></scriptTask>'), ""),
    "script in Python": (a_line(f'<scriptTask id="A" scriptFormat="python"><script>{PYTHON}</script></scriptTask>'), ""),
    "script of no language": (a_line(f'<scriptTask id="A"><script>{PYTHON}</script></scriptTask>'), ""),
    "due": (a_line('<userTask id="A"/>'), f'links: {{A: {{due: "{PYTHON}"}}}}'),
}


@pytest.mark.parametrize("slot", SLOTS)
def test_python_in_a_slot_is_refused_and_does_nothing(slot: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = procedure(*SLOTS[slot])

    assert blocking(refusals(drawn)) or blocking(check(drawn))
    assert list(tmp_path.iterdir()) == []


STORY = a_line(
    '<scriptTask id="A" scriptFormat="feel"><script>{n: amount * 2}</script></scriptTask><exclusiveGateway id="B" default="i"/><userTask id="C"/>',
    '<sequenceFlow id="i" sourceRef="B" targetRef="E"/><sequenceFlow id="k" sourceRef="C" targetRef="E"/>'
    '<sequenceFlow id="j" sourceRef="B" targetRef="C"><conditionExpression>n > 3</conditionExpression></sequenceFlow>',
).replace('id="g" sourceRef="A" targetRef="E"', 'id="g" sourceRef="A" targetRef="B"')


@pytest.mark.parametrize("engine", [KernelEngine(), SpiffEngine()], ids=["kernel", "spiff"])
def test_a_case_runs_where_python_cannot_evaluate_anything(engine: KernelEngine | SpiffEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    program = engine.compile(procedure(STORY))

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("something was evaluated as Python")

    for owner in (PythonScriptEngine, TaskDataEnvironment):
        for name in ("evaluate", "execute"):
            monkeypatch.setattr(owner, name, refused)
    with monkeypatch.context() as inner:
        for name in ("eval", "exec"):
            inner.setattr(builtins, name, refused)
        step = engine.step(program, None, Command(kind="start", data=freeze({"amount": 2})), NOW)

    assert [work.element for work in step.work] == ["C"]
    assert step.incidents == ()
