# SPDX-License-Identifier: Apache-2.0
"""A declared variable is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding
from egov_flow.xml import encoding_of

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    source = procedure.model.source
    said = "\n".join([source.decode(encoding_of(source), "replace"), *(json.dumps(dict(form.schema)) for form in procedure.forms)])
    said += "\n".join(link.condition + link.due for link in procedure.links)
    said += "\n".join(obligation.condition for obligation in procedure.obligations)
    words = set(re.findall(r"\w+", said))
    for data in procedure.data:
        if procedure.forms and data.name not in words:
            yield rule.at(data.place, f"data.{data.name}", name=data.name)


RULE = Rule(
    code="EF-C052",
    name="data-used",
    family="procedure",
    severity="info",
    why="The declaration protects nothing; often the variable has another name.",
    look=_look,
    good=Example(
        yaml="start_form: forms/ask.json\ndata: {subject: personal}",
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
    bad=Example(
        yaml="start_form: forms/ask.json\ndata: {subject: personal, decison: public}",
        forms={"ask": '{"type": "object", "properties": {"subject": {"type": "string"}}}'},
    ),
)
