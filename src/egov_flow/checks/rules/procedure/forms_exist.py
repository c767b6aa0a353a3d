# SPDX-License-Identifier: Apache-2.0
"""A form that is named lies in the folder."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    there = {path for path, _ in procedure.files}
    if procedure.start_form and procedure.start_form not in there:
        yield rule.at(Place(f"{procedure.folder}/procedure.yaml".lstrip("/")), "start_form", path=procedure.start_form)
    for link in procedure.links:
        if link.form and link.form not in there:
            yield rule.at(link.place, f"links.{link.element}.form", path=link.form)


RULE = Rule(
    code="EF-C012",
    name="form-exists",
    family="procedure",
    severity="error",
    why="Nobody could fill the form in, and no data could be checked against it.",
    look=_look,
    good=Example(
        yaml="links: {Task_Decide: {form: forms/decide.json}}\ndata: {decision: public}",
        forms={"decide": '{"type": "object", "properties": {"decision": {"type": "string"}}}'},
    ),
    bad=Example(yaml="links: {Task_Decide: {form: forms/decide.json}}\ndata: {decision: public}"),
)
