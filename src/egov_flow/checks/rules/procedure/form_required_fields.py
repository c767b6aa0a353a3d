# SPDX-License-Identifier: Apache-2.0
"""What a form requires is one of its fields."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for form in subject.procedure.forms:
        required, known = form.schema.get("required"), form.schema.get("properties")
        missing = [str(name) for name in required if name not in (known or {})] if isinstance(required, list) else []
        if missing and isinstance(known, dict):
            yield rule.at(Place(f"{subject.procedure.folder}/{form.path}".lstrip("/"), 1, 1), form.path, fields=", ".join(missing)[:200])


RULE = Rule(
    code="EF-C015",
    name="form-required-fields",
    family="procedure",
    severity="warning",
    why="Nobody could fill the form in: the required field is not shown.",
    look=_look,
    good=Example(
        yaml="start_form: forms/ask.json\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "required": ["subject"], "properties": {"subject": {"type": "string"}}}'},
    ),
    bad=Example(
        yaml="start_form: forms/ask.json\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "required": ["number"], "properties": {"subject": {"type": "string"}}}'},
    ),
)
