# SPDX-License-Identifier: Apache-2.0
"""A procedure that people start has a form for it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    if subject.has_yaml and procedure.forms and not procedure.start_form:
        starts = [node.id for node in subject.nodes.values() if node.kind == "startEvent"]
        if not any((link := procedure.link(start)) is not None and link.form for start in starts):
            yield rule.at(subject.yaml_place, "start_form")


RULE = Rule(
    code="EF-C017",
    name="start-form-given",
    family="procedure",
    severity="info",
    why="The first data of a case are checked by nothing.",
    look=_look,
    good=Example(
        yaml="start_form: forms/ask.json\nlinks: {Task_Decide: {form: forms/ask.json}}\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
    bad=Example(
        yaml="links: {Task_Decide: {form: forms/ask.json}}\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
)
