# SPDX-License-Identifier: Apache-2.0
"""A form in the folder is used."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    used = {procedure.start_form, *(link.form for link in procedure.links), *(node.vendor.form for node in subject.nodes.values())}
    for form in procedure.forms:
        if form.path not in used:
            yield rule.at(Place(f"{procedure.folder}/{form.path}".lstrip("/")))


RULE = Rule(
    code="EF-C013",
    name="form-used",
    family="procedure",
    severity="info",
    why="A form that nothing names is a leftover, or its link is missing.",
    look=_look,
    good=Example(
        yaml="start_form: forms/decide.json\ndata: {decision: public}",
        forms={"decide": '{"type": "object", "properties": {"decision": {"type": "string"}}}'},
    ),
    bad=Example(yaml="data: {decision: public}", forms={"decide": '{"type": "object", "properties": {"decision": {"type": "string"}}}'}),
)
