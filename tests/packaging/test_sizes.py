# SPDX-License-Identifier: Apache-2.0
"""Code stays small enough to be read: modules and functions, tests included."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST_MODULE, MEDIAN_MODULE, LONG_FUNCTION, SHARE_OF_LONG = 600, 150, 45, 0.05


def _modules(tree: str) -> dict[Path, list[str]]:
    return {
        file.relative_to(REPOSITORY): file.read_text("utf-8").splitlines()
        for file in (REPOSITORY / tree).rglob("*.py")
        if "fixtures" not in file.parts
    }


def _functions(tree: str) -> dict[str, int]:
    lengths = {}
    for file, lines in _modules(tree).items():
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{file}:{node.lineno} {node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    return lengths


@pytest.mark.parametrize("tree", ["src", "adapters", "tests", "benchmarks"])
def test_no_module_is_longer_than_600_lines(tree):
    too_long = {str(file): len(lines) for file, lines in _modules(tree).items() if len(lines) > LONGEST_MODULE}

    assert too_long == {}


@pytest.mark.parametrize("tree", ["src", "adapters", "tests"])
def test_the_median_module_has_at_most_150_lines(tree):
    lengths = [len(lines) for lines in _modules(tree).values() if lines]

    assert statistics.median(lengths) <= MEDIAN_MODULE


@pytest.mark.parametrize("tree", ["src", "adapters", "tests"])
def test_95_of_100_functions_have_at_most_45_lines(tree):
    functions = _functions(tree)
    too_long = {name: length for name, length in functions.items() if length > LONG_FUNCTION}

    assert len(too_long) <= SHARE_OF_LONG * len(functions), too_long
