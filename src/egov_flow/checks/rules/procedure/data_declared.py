# SPDX-License-Identifier: Apache-2.0
"""A field of a form is declared personal, searchable or public."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place
from egov_flow.procedure import fields

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    if not subject.has_yaml:
        return
    declared = {entry.name for entry in procedure.data}
    for form in procedure.forms:
        undeclared = [name for name in fields(form) if name not in declared]
        if undeclared:
            yield rule.at(Place(f"{procedure.folder}/{form.path}".lstrip("/")), fields=", ".join(undeclared))


RULE = Rule(
    code="EF-C051",
    name="data-declared",
    family="procedure",
    severity="info",
    why="Undeclared variables are kept as personal data: sealed, and not searchable.",
    look=_look,
    good=Example(
        yaml="start_form: forms/decide.json\ndata: {decision: public}",
        forms={"decide": '{"type": "object", "properties": {"decision": {"type": "string"}}}'},
    ),
    bad=Example(
        yaml="start_form: forms/decide.json", forms={"decide": '{"type": "object", "properties": {"decision": {"type": "string"}}}'}
    ),
)
