# SPDX-License-Identifier: Apache-2.0
"""Repairs that cannot change what a diagram means, spliced into the analyst's bytes: every other byte stays as it was."""

from __future__ import annotations

import attrs

from egov_flow.bpmn import Splice, splice
from egov_flow.checks.checking import check
from egov_flow.checks.policy import DEFAULT, Policy
from egov_flow.checks.rule import Subject
from egov_flow.checks.rules import RULES
from egov_flow.errors import Finding, blocking
from egov_flow.procedure import Procedure, read_files

__all__ = ["Mended", "mend", "mendable"]

DIAGRAM = "process.bpmn"
MENDS = {rule.code: rule.mend for rule in RULES if rule.mend is not None}
ROUNDS = 10
"""One repair may make room for another; more rounds than this no file has needed."""


@attrs.frozen
class Mended:
    """What became of a procedure.

    Attributes:
        procedure: the repaired one; the given one when nothing was done.
        source: the bytes of its diagram.
        done: the findings that were mended.
    """

    procedure: Procedure
    source: bytes = attrs.field(repr=False)
    done: tuple[Finding, ...] = ()


def mendable(finding: Finding) -> bool:
    """Return whether a finding's rule knows a repair."""
    return finding.code in MENDS


def mend(procedure: Procedure, policy: Policy = DEFAULT) -> Mended:
    """Mend what can be mended safely; what is off or silenced is left alone.

    A round that would bring a new error is not kept: the repaired file is read and checked again each time.
    """
    done: list[Finding] = []
    file = procedure.model.file
    for _ in range(ROUNDS):
        findings = check(procedure, policy=policy)
        edits = _edits(procedure, [finding for finding in findings if mendable(finding)])
        repaired = _applied(procedure, [edit for _, edits_of in edits for edit in edits_of])
        if not edits or len(blocking(check(repaired, policy=policy))) > len(blocking(findings)):
            break
        procedure = repaired
        done += [attrs.evolve(finding, place=attrs.evolve(finding.place, file=file)) for finding, _ in edits]
    return Mended(procedure, procedure.model.source, tuple(done))


def _edits(procedure: Procedure, findings: list[Finding]) -> list[tuple[Finding, list[Splice]]]:
    """Return the edits of one round, those left out that touch what another one changes."""
    subject = Subject(procedure=procedure)
    kept: list[tuple[Finding, list[Splice]]] = []
    taken: list[Splice] = []
    for finding in findings:
        edits = list(MENDS[finding.code](subject, finding))
        if edits and not any(_touch(edit, other) for edit in edits for other in taken):
            kept.append((finding, edits))
            taken += edits
    return kept


def _touch(one: Splice, other: Splice) -> bool:
    return one.start <= other.end and other.start <= one.end


def _applied(procedure: Procedure, edits: list[Splice]) -> Procedure:
    model = procedure.model
    files = {**dict(procedure.files), DIAGRAM: splice(model.source, edits)}
    return read_files(files.items(), procedure.folder)
