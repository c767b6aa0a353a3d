# SPDX-License-Identifier: Apache-2.0
"""Data at the door: what a form does not ask for is refused, and what it asks for must fit. Pure."""

from __future__ import annotations

from egov_flow.data import Context
from egov_flow.errors import InvalidData
from egov_flow.procedure import Form, Procedure, problems

__all__ = ["validate", "validate_fields"]


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


def validate_fields(procedure: Procedure, data: Context, what: str) -> None:
    """Check corrected variables one by one: each must fit a form that asks for it.

    Raises:
        InvalidData: no form knows the field, or its value fits none that does.
    """
    if not procedure.forms:
        return
    unknown, wrong = [], []
    for name, value in data.items():
        known = [f for f in procedure.forms if name in f.schema.get("properties", {})]
        if not known:
            unknown.append(name)
        elif all(problems(_only(form, name), Context({name: value})) for form in known):
            wrong.append(name)
    if unknown:
        raise InvalidData("EF-A007", what=what, fields=", ".join(unknown))
    if wrong:
        raise InvalidData("EF-A009", what=what, form="any form", problems=", ".join(wrong))


def _only(form: Form, name: str) -> Form:
    """Return a form of that one field."""
    schema = {key: value for key, value in form.schema.items() if key in {"$schema", "$defs"}}
    return Form(path=form.path, schema={**schema, "type": "object", "properties": {name: form.schema["properties"][name]}})
