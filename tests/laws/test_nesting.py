# SPDX-License-Identifier: Apache-2.0
"""Depth costs fuel and nothing else: nothing in the kernel recurses."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.procedure import read_files
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def deep(levels: int) -> str:
    """Return processes that call each other, so many levels deep."""
    inner = "\n".join(f"process Q{n} {{\nstart q{n}\ncall c{n} | calls Q{n + 1}\nq{n} > c{n}\n}}" for n in range(levels))
    return f"start s\ncall c | calls Q0\ns > c\n{inner}\nprocess Q{levels} {{\nstart z\nuser a\nz > a\n}}"


def test_nesting_is_limited_by_nothing_but_fuel() -> None:
    program = kernel.compile(read_files([("process.bpmn", bpmn(deep(1200)).encode())], "deep"))
    state = kernel.step(program, None, Command(kind="start"), NOW).state

    assert len(state.scopes) == 1202
    assert kernel.view(program, state).waiting == ("a",)
    assert kernel.load(program, kernel.dump(program, state)) == state
    token = kernel.resting(program, state, "work")[0].token
    assert kernel.step(program, state, Command(kind="complete", target=str(token)), NOW).status == "completed"
    assert kernel.step(program, state, Command(kind="cancel"), NOW).status == "cancelled"
