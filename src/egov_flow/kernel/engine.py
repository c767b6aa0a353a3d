# SPDX-License-Identifier: Apache-2.0
"""The kernel behind the Engine port."""

from __future__ import annotations

from datetime import datetime

import attrs

from egov_flow.errors import Finding
from egov_flow.kernel import codec
from egov_flow.kernel import view as views
from egov_flow.kernel.compiling import compile as compile_procedure
from egov_flow.kernel.program import DEFAULT_LIMITS, SEMANTICS, Limits, Program
from egov_flow.kernel.refusals import refusals
from egov_flow.kernel.state import State
from egov_flow.kernel.step import step
from egov_flow.procedure import Procedure
from egov_flow.values import Command, Marking, Step, View

__all__ = ["KernelEngine"]


@attrs.frozen
class KernelEngine:
    """`egov_flow.ports.Engine`, implemented by the kernel; it keeps nothing between calls."""

    name: str = "kernel"
    version: str = SEMANTICS
    limits: Limits = DEFAULT_LIMITS

    def refusals(self, procedure: Procedure) -> tuple[Finding, ...]:
        """Return why the kernel would not run the procedure, and what it notes."""
        return refusals(procedure)

    def compile(self, procedure: Procedure) -> Program:
        """Return the Program; raises ProcedureError with the refusals."""
        return compile_procedure(procedure)

    def step(self, program: Program, state: State | None, command: Command, now: datetime) -> Step[State]:
        """Return what the command does; see `egov_flow.kernel.step`."""
        return step(program, state, command, now, limits=self.limits)

    def view(self, program: Program, state: State) -> View:
        """Return status, resting places and variables."""
        return views.view(program, state)

    def dump(self, program: Program, state: State) -> Marking:
        """Return the state's bytes."""
        return codec.dump(program, state)

    def load(self, program: Program, marking: Marking) -> State:
        """Return the state of these bytes; raises StoreError."""
        return codec.load(program, marking)
