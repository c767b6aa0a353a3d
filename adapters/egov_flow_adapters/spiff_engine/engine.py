# SPDX-License-Identifier: Apache-2.0
"""SpiffWorkflow behind the Engine port."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

import attrs

from egov_flow.errors import Finding, ProcedureError, blocking
from egov_flow.procedure import Procedure
from egov_flow.values import Command, Marking, Step, View
from egov_flow_adapters.spiff_engine import _codec, _commands
from egov_flow_adapters.spiff_engine._reading import SpiffProgram, read_program
from egov_flow_adapters.spiff_engine._refusing import slice_refusals
from egov_flow_adapters.spiff_engine._state import SpiffState

__all__ = ["SpiffEngine"]


def _version() -> str:
    return f"SpiffWorkflow {version('SpiffWorkflow')}"


@attrs.frozen
class SpiffEngine:
    """`egov_flow.ports.Engine`, implemented by SpiffWorkflow for the slice on which it is right; it keeps nothing between calls.

    Not offered: move, migrate, simulate, messages and timers; they are refused with the reason.
    """

    name: str = "spiff"
    version: str = attrs.Factory(_version)

    def refusals(self, procedure: Procedure) -> tuple[Finding, ...]:
        """Return why SpiffWorkflow would not run the procedure rightly, with the defect, and what the kernel notes."""
        found = slice_refusals(procedure)
        if blocking(found):
            return found
        try:
            read_program(procedure)
        except ProcedureError as refused:
            return (*found, *refused.findings)
        return found

    def compile(self, procedure: Procedure) -> SpiffProgram:
        """Return what `step` runs; raises ProcedureError with the refusals."""
        if findings := blocking(slice_refusals(procedure)):
            raise ProcedureError(findings)
        return read_program(procedure)

    def step(self, program: SpiffProgram, state: SpiffState | None, command: Command, now: datetime) -> Step[SpiffState]:
        """Return what the command does; the old state is unchanged.

        Raises:
            NotFound: the case was not started, or there is no such token or start event.
            AlreadyCompleted: the case or the token has ended.
            ConflictError: the case is in another state, or SpiffWorkflow is not asked for such a command.
            InvalidData: `now` has no zone.
        """
        return _commands.step(program, state, command, now)

    def view(self, program: SpiffProgram, state: SpiffState) -> View:  # noqa: ARG002 - the port's signature
        """Return status, resting place and variables."""
        waiting = (state.resting.element,) if state.resting else ()
        return View(status=state.status, waiting=waiting, variables=state.variables)

    def dump(self, program: SpiffProgram, state: SpiffState) -> Marking:
        """Return the state's bytes, equal for equal states."""
        return _codec.dump(program, state)

    def load(self, program: SpiffProgram, marking: Marking) -> SpiffState:
        """Return the state of these bytes; raises StoreError."""
        return _codec.load(program, marking)
