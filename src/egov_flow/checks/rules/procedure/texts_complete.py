# SPDX-License-Identifier: Apache-2.0
"""A text that people read is there in every language that the procedure speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    texts = list(_texts(subject))
    spoken = {language for _, found, _ in texts for language in found if language}
    for name, found, place in texts:
        missing = spoken - set(found)
        if missing and found and "" not in found:
            yield rule.at(place, name, languages=", ".join(sorted(missing)))


def _texts(subject: Subject) -> Iterator[tuple[str, Mapping[str, str], Place]]:
    procedure = subject.procedure
    for name in ("title", "purpose", "outcome", "fees"):
        yield name, getattr(procedure, name), subject.yaml_place
    for role in procedure.roles:
        yield f"roles.{role.id}", role.title, role.place
    for deadline in procedure.deadlines:
        yield f"deadlines.{deadline.name}", deadline.title, deadline.place
    for milestone in procedure.milestones:
        yield "milestones", milestone.title, milestone.place
    for measure in procedure.measures:
        yield f"measures.{measure.name}", measure.title, measure.place
    for data in procedure.data:
        yield f"data.{data.name}", data.title, data.place


RULE = Rule(
    code="EF-C054",
    name="texts-complete",
    family="procedure",
    severity="warning",
    why="Some people see a text in a language that they do not read, or none.",
    look=_look,
    good=Example(yaml="title: {en: Asking, id: Bertanya}\npurpose: {en: To answer, id: Untuk menjawab}"),
    bad=Example(yaml="title: {en: Asking, id: Bertanya}\npurpose: {en: To answer}"),
)
