# SPDX-License-Identifier: Apache-2.0
"""Every source file: its licence line, its docstrings, and nothing that runs data as code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TREES = ("src", "adapters", "tests", "benchmarks")
SPDX = "# SPDX-License-Identifier: Apache-2.0"
CALLS_THAT_RUN_DATA = {"eval", "exec", "compile", "__import__"}
MODULES_THAT_RUN_DATA = {"pickle", "shelve", "marshal", "dill", "cloudpickle", "yaml"}
FILES = [f for tree in TREES for f in sorted((REPOSITORY / tree).rglob("*.py")) if "fixtures" not in f.parts]
SHIPPED = [f for f in FILES if f.relative_to(REPOSITORY).parts[0] in {"src", "adapters"}]


def _name(file: Path) -> str:
    return file.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_a_file_begins_with_its_licence(file):
    assert file.read_text("utf-8").partition("\n")[0] == SPDX


@pytest.mark.parametrize("file", SHIPPED, ids=_name)
def test_no_data_is_run_as_code(file):
    assert list(_runs_data(ast.parse(file.read_text("utf-8")))) == []


@pytest.mark.parametrize("file", SHIPPED, ids=_name)
def test_every_public_name_has_a_docstring(file):
    tree = ast.parse(file.read_text("utf-8"))

    assert ast.get_docstring(tree), "the module says nothing"
    assert list(_undocumented(tree)) == []


def test_the_rule_sees_each_way_to_run_data():
    text = "import pickle\nfrom marshal import loads\nimport yaml as y\neval('1')\nexec('1')\nbuiltins.compile('1', '', 'eval')\nre.compile('1')"

    assert sorted(_runs_data(ast.parse(text))) == [1, 2, 3, 4, 5, 6]


def _runs_data(tree: ast.AST) -> Iterator[int]:
    own = _bound_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) in CALLS_THAT_RUN_DATA - own:
            yield node.lineno
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        if any(name.partition(".")[0] in MODULES_THAT_RUN_DATA for name in names):
            yield node.lineno


def _bound_names(tree: ast.AST) -> set[str]:
    """Names that this module gives another meaning: `def compile(procedure)` is ours, not the builtin."""
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    imports = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return (functions | imports) & {"compile"}


def _called(function: ast.expr) -> str:
    """The builtin that is called; a method or function of that name elsewhere (re.compile, feel.compile) is another thing."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "builtins":
        return function.attr
    return ""


def _undocumented(tree: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not _is_overload(node):
            yield f"{node.lineno} {node.name}"
        if isinstance(node, ast.ClassDef):
            yield from (f"{name} of {node.name}" for name in _undocumented(node))


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id in {"overload", "override"} for d in node.decorator_list)
