# SPDX-License-Identifier: Apache-2.0
"""A binding of a callable element names input and output sets of that element and an operation of an interface that it supports."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for binding in sheet.of("ioBinding"):
        owner = binding.parent
        for attribute in ("inputDataRef", "outputDataRef", "operationRef"):
            named = sheet.target(binding, attribute)
            if owner is None or named is None or named.parent is None:
                continue
            belongs = owner.names("supportedInterfaceRef", named.parent.id) if attribute == "operationRef" else owner in named.above()
            if not belongs:
                yield rule.about(binding, related=[named.id], attribute=attribute, reference=named.name or named.id)


RULE = Rule(
    code="EF-C255",
    name="io-binding-sets",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.6",
    why="The service would be offered with data or an operation that the process does not have.",
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
            '<process id="P"><ioSpecification><inputSet id="In" /><outputSet id="Out" /></ioSpecification>'
            '<ioBinding operationRef="O" inputDataRef="In" outputDataRef="Out" /></process><message id="M" name="Request" />'
            '<interface id="I" name="Register"><operation id="O" name="ask"><inMessageRef>M</inMessageRef></operation></interface>'
        )
    ),
)
