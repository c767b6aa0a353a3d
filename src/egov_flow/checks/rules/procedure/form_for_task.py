# SPDX-License-Identifier: Apache-2.0
"""A person's task has a form."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    if not procedure.forms:
        return  # a procedure without any form is checked by other means
    for content in contents(procedure):
        for node in content.nodes:
            link = procedure.link(node.id)
            if node.kind == "userTask" and not node.vendor.form and (link is None or not link.form):
                yield rule.on(node)


RULE = Rule(
    code="EF-C014",
    name="form-for-task",
    family="procedure",
    severity="info",
    why="Whoever does the task sees no fields, and nothing checks what comes back.",
    look=_look,
    good=Example(
        yaml=("roles: {desk: {lanes: Lane_Desk}}\nlinks: {Task_Decide: {form: forms/ask.json}}\ndata: {subject: personal}"),
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
    bad=Example(
        yaml=(
            "roles: {desk: {lanes: Lane_Desk}}\nlinks: {Start: {form: forms/ask.json}}\nstart_form: forms/ask.json\n"
            "data: {subject: personal}"
        ),
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
)
