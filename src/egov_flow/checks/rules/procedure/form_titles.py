# SPDX-License-Identifier: Apache-2.0
"""The fields of a form have titles."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for form in subject.procedure.forms:
        fields = form.schema.get("properties")
        untitled = (
            [str(name) for name, field in fields.items() if isinstance(field, dict) and "title" not in field]
            if isinstance(fields, dict)
            else []
        )
        if untitled:
            yield rule.at(Place(f"{subject.procedure.folder}/{form.path}".lstrip("/"), 1, 1), form.path, fields=", ".join(untitled)[:200])


RULE = Rule(
    code="EF-C016",
    name="form-titles",
    family="procedure",
    severity="info",
    why="People read the variable's name instead of a question.",
    look=_look,
    good=Example(
        yaml="start_form: forms/ask.json\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string", "title": "What is asked for"}}}'},
    ),
    bad=Example(
        yaml="start_form: forms/ask.json\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
)
