# SPDX-License-Identifier: Apache-2.0
"""What SpiffWorkflow gets in the place of its script engine, which would run any text as Python.

It is asked by the ids of flows and script tasks, and answers with the FEEL that was compiled for them. Whatever else it is asked, it refuses.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

import attrs

from egov_flow.data import Context, Value
from egov_flow.errors import ConflictError, FeelError
from egov_flow.feel import Expression
from egov_flow.kernel import Program

__all__ = ["DATA", "Carried", "Fault", "Scripts"]

DATA = "case"
"""The one key of a SpiffWorkflow task's data."""


@attrs.frozen
class Carried:
    """The variables of a case, as one value that SpiffWorkflow hands from task to task.

    It neither merges them nor cuts their lists, and its log records, which hold every task's data, show none of them.
    """

    variables: Context = attrs.field(repr=False)


class Fault(Exception):
    """Something inside an accepted command cannot go on: the token is parked as an incident. It never leaves the adapter.

    Args:
        trouble: kind of the incident.
        code: of the cause's text, the same as the kernel's for the same fault.
        arguments: of the text; never case data.
    """

    def __init__(self, trouble: str, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.trouble = trouble
        self.code = code
        self.arguments = tuple((name, str(value)) for name, value in arguments.items())


@attrs.define
class Scripts:
    """SpiffWorkflow's script engine for one step.

    Attributes:
        program: holds the compiled expressions.
        now: the moment of the step, in the procedure's zone.
        held: id of the flow whose condition held last; "" if none did.
    """

    program: Program
    now: datetime
    held: str = ""

    @property
    def environment(self) -> Any:
        """Return nothing: SpiffWorkflow asks its environment only for what the slice does not have."""
        return self.refuse("environment")

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> bool:  # noqa: ARG002 - SpiffWorkflow's signature
        """Return whether the condition of a flow holds; `expression` is the flow's id.

        Raises:
            Fault: it yields null or something else that is no boolean, or cannot be evaluated.
        """
        index = self.program.flow_index.get(expression)
        condition = None if index is None else self.program.flows[index].condition
        if condition is None:
            self.refuse(expression)
        value = self._value(condition, task)
        if value is None:
            raise Fault("condition", "EF-K100", flow=expression)
        if not isinstance(value, bool):
            raise Fault("condition", "EF-K101", flow=expression)
        if value:
            self.held = expression
        return value

    def execute(self, task: Any, script: str, external_context: object = None) -> bool:  # noqa: ARG002 - SpiffWorkflow's signature
        """Evaluate the FEEL of a script task and keep what it yields; `script` is the task's id.

        Raises:
            Fault: it cannot be evaluated, or yields no context and no result variable is named.
        """
        node = self.program.node(script)
        if node is None or node.script is None:
            self.refuse(script)
        value = self._value(node.script, task)
        entries = {node.result: value} if node.result else value
        if not isinstance(entries, dict):
            raise Fault("expression", "EF-K110")
        task.data[DATA] = Carried(Context({**task.data[DATA].variables, **entries}))
        return True

    def call_service(self, task: object, **_: object) -> NoReturn:  # noqa: ARG002 - SpiffWorkflow's signature
        """Refuse: handlers run outside the step."""
        self.refuse("call_service")

    def refuse(self, asked: str) -> NoReturn:
        """Refuse to evaluate what is no id of ours; the text is not repeated, it may be anything."""
        raise ConflictError("EF-E204", length=len(asked))

    def _value(self, expression: Expression, task: Any) -> Value:
        try:
            return expression(task.data[DATA].variables, now=self.now)
        except FeelError as error:
            raise Fault("expression", "EF-K103", error=error.code, line=error.line, column=error.column) from error
