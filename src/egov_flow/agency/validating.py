# SPDX-License-Identifier: Apache-2.0
"""Data at the door: what a form does not ask for is refused, and what it asks for must fit. Pure."""

from __future__ import annotations

from egov_flow.data import Context
from egov_flow.errors import InvalidData
from egov_flow.procedure import Procedure, problems

__all__ = ["validate"]


def validate(procedure: Procedure, form: str, data: Context, what: str) -> None:
    """Check data against the form at `form`.

    A procedure without any form (a single .bpmn file) takes any data; in one that has forms, work without a form takes none.

    Args:
        what: the task or start that the data is for, as the error names it.

    Raises:
        InvalidData: the text names the fields and rules, never the values.
    """
    if not form:
        if data and procedure.forms:
            raise InvalidData("EF-A007", what=what, fields=", ".join(sorted(data)))
        return
    schema = procedure.form(form)
    if schema is None:
        raise InvalidData("EF-A008", what=what, form=form)
    found = problems(schema, data)
    if found:
        raise InvalidData("EF-A009", what=what, form=form, problems="; ".join(found))
