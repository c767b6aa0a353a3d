# SPDX-License-Identifier: Apache-2.0
"""The most participants are at least one and not fewer than the least, and the least are not negative."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("participantMultiplicity"):
        minimum, maximum = _whole(found.get("minimum")), _whole(found.get("maximum"))
        least, most = 0 if minimum is None else minimum, 1 if maximum is None else maximum
        if least < 0 or most < 1 or most < least:
            yield rule.about(found, minimum=least, maximum=most)


def _whole(text: str) -> int | None:
    digits = text.lstrip("+-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


RULE = Rule(
    code="EF-C260",
    name="participant-multiplicity",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.3.1",
    why="No number of participants could keep to it.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office"><participantMultiplicity minimum="2" maximum="3" />'
            "</participant></collaboration>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office"><participantMultiplicity minimum="3" maximum="2" />'
            "</participant></collaboration>"
        )
    ),
)
