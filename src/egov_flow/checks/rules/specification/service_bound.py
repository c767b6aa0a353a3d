# SPDX-License-Identifier: Apache-2.0
"""A callable element that supports an interface binds its data to an operation."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.kind("CallableElement"):
        if thing.child("supportedInterfaceRef") is not None and thing.child("ioBinding") is None:
            yield rule.about(thing)


RULE = Rule(
    code="EF-C232",
    name="service-bound",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.6",
    why="Nobody could call it as the service that it says it is.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M</inMessageRef></operation></interface><process id="P"><supportedInterfaceRef>I</supportedInterfaceRef>'
            '<ioSpecification><inputSet id="In" /><outputSet id="Out" /></ioSpecification>'
            '<ioBinding operationRef="O" inputDataRef="In" outputDataRef="Out" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M</inMessageRef></operation></interface><process id="P"><supportedInterfaceRef>I</supportedInterfaceRef>'
            "</process>"
        )
    ),
)
