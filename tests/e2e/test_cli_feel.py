# SPDX-License-Identifier: Apache-2.0
"""`egov-flow feel` without an expression: lines of stdin, and a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest


def test_each_line_of_stdin_is_an_expression(cli: Callable) -> None:
    said = cli("feel", "--data", '{"amount": 1200}', stdin='amount > 1000\n\n"a" + "b"\n[1, null]\n')

    assert said.out == "true\nab\n[1,null]\n"


def test_a_line_may_keep_its_value_under_a_name(cli: Callable) -> None:
    assert cli("feel", stdin="total cost := 2 * 21\ntotal cost + 1\n").out == "42\n43\n"
    assert cli("feel", stdin='"a := b"\n').out == "a := b\n"


def test_a_line_that_fails_is_shown_and_the_others_are_evaluated(cli: Callable) -> None:
    said = cli("feel", stdin="1 +\nnosuch(1)\n2\n", exit_code=1)

    assert said.out == "2\n"
    assert "  1 +\n     ^\nEF-F003: at 1:4" in said.err
    assert "EF-F006" in said.err


def test_lines_give_one_json_document(cli: Callable) -> None:
    said = cli("feel", "--json", stdin="1\n1 +\n", exit_code=1)

    assert said.document == {"results": [{"value": 1}, {"error": {"code": "EF-F003", "line": 1, "column": 4}}]}


def test_a_line_that_is_too_long_is_refused_once(cli: Callable) -> None:
    said = cli("feel", stdin="1" + "+1" * 20_000 + "\n7\n", exit_code=1)

    assert said.out == "7\n"
    assert said.err.count("EF-F001") == 1


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_at_a_terminal_it_asks_until_an_empty_line() -> None:
    outer, inner = os.openpty()
    command = [sys.executable, "-c", "from egov_flow.cli import main; main()", "feel"]
    with subprocess.Popen(
        command, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TERM": "dumb"}
    ) as running:
        os.close(inner)
        os.write(outer, b"x := 20\nx +\nx + 1\n\n")
        out, err = running.communicate(timeout=60)
    os.close(outer)

    assert running.returncode == 0
    assert out.replace(b"feel> ", b"").split() == [b"20", b"21"]
    assert b"An empty line ends" in err
    assert b"EF-F003" in err
