# SPDX-License-Identifier: Apache-2.0
"""Applying a redesign: the base is compared, each change is made on the result of the one before, and the whole is proved against the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from egov_flow.bpmn import Definitions, Splice
from egov_flow.diagrams import Marks
from egov_flow.errors import Finding, Place, RedesignError, blocking
from egov_flow.kernel import refusals
from egov_flow.procedure import Procedure, read_files
from egov_flow.proof import Proof, prove
from egov_flow.redesign._editing import SETTINGS, edited, settings_of
from egov_flow.redesign._yaml import Spans, scalar
from egov_flow.redesign.comparing import diff
from egov_flow.redesign.contract import Contract, contract_of
from egov_flow.redesign.difference import Diff
from egov_flow.redesign.operations import perform

if TYPE_CHECKING:
    from egov_flow.redesign.file import Redesign

__all__ = ["Redesigned", "apply"]


@attrs.frozen(kw_only=True)
class Redesigned:
    """A redesign that was accepted.

    Attributes:
        redesign: what was asked for.
        procedure: the new version; its files are those of the base with the edits spliced in.
        diff: what is different.
        proof: that the new version is sound and keeps every obligation, or what could not be verified.
        contracts: for each change in order, that the possible orders of work are those that its operation promises, or that this is not verified.
    """

    redesign: Redesign
    procedure: Procedure
    diff: Diff
    proof: Proof
    contracts: tuple[Contract, ...] = ()

    def __diagram__(self) -> tuple[Definitions, Marks]:
        """Return the new version with its changes marked."""
        model, marks = self.diff.__diagram__()
        return model, attrs.evolve(marks, title=f"{self.redesign.name}: {self.redesign.of.version} → {self.redesign.to}")


def apply(redesign: Redesign, procedure: Procedure) -> Redesigned:
    """Make the changes of a redesign. Nothing is written anywhere.

    Raises:
        RedesignError: the base is another one, a condition does not hold, or the result is worse than the base.
    """
    findings = [*_base(redesign, procedure), *_cited(redesign, procedure)]
    if findings:
        raise RedesignError(findings)
    changed, contracts = procedure, []
    for change in redesign.changes:
        before, changed = changed, perform(changed, change)
        contracts.append(contract_of(before, changed, change))
    findings = [_broken(contract) for contract in contracts if contract.holds is False]
    if findings:
        raise RedesignError(findings)
    changed = _versioned(changed, redesign.to)
    findings = list(_new_findings(procedure, changed, redesign))
    if findings:
        raise RedesignError(findings)
    proof = _proved(procedure, changed, redesign)
    return Redesigned(redesign=redesign, procedure=changed, diff=diff(procedure, changed), proof=proof, contracts=tuple(contracts))


def _broken(contract: Contract) -> Finding:
    operation = type(contract.change.operation).__name__.lower()
    return Finding.of("EF-R053", contract.change.place, operation=operation, path=" → ".join(contract.witness))


def _base(redesign: Redesign, procedure: Procedure) -> Iterator[Finding]:
    of = redesign.of
    if of.procedure != procedure.id:
        yield Finding.of("EF-R005", of.place, element="of.procedure", wanted=of.procedure, found=procedure.id)
    elif of.version != procedure.version or not procedure.sha256.startswith(of.sha256):
        found = f"{procedure.version} ({procedure.sha256[:12]})"
        yield Finding.of("EF-R006", of.place, element="of", wanted=f"{of.version} ({of.sha256[:12]})", found=found, sha256=procedure.sha256)
    if redesign.to == procedure.version:
        yield Finding.of("EF-R007", Place(redesign.file), element="to", version=redesign.to)
    for wrong in blocking(procedure.findings):
        yield Finding.of("EF-R008", wrong.place, element=wrong.element, rule=wrong.code, message=wrong.message())


def _cited(redesign: Redesign, procedure: Procedure) -> Iterator[Finding]:
    """Yield what the redesign cites and the procedure does not know: provisions and measures."""
    cited = [(basis, Place(redesign.file)) for basis in redesign.legal_basis]
    cited += [(basis, change.place) for change in redesign.changes for basis in change.legal_basis]
    for basis, place in cited:
        if procedure.basis(basis) is None:
            yield Finding.of("EF-R015", place, element="legal_basis", basis=basis)
    measures = {m.name for m in procedure.measures}
    for target in redesign.targets:
        if target.measure not in measures:
            yield Finding.of("EF-R016", target.place, element="targets", measure=target.measure)


def _versioned(procedure: Procedure, version: str) -> Procedure:
    """Write the new version number; a procedure without procedure.yaml gets one."""
    spans = settings_of(procedure)
    if spans is None:
        written = f"procedure: {procedure.id}\nversion: {scalar(version)}\n".encode()
        return read_files([*procedure.files, (SETTINGS, written)], procedure.folder)
    if ("version",) in spans.spans or not spans.text.strip():
        return edited(procedure, settings=spans.set(("version",), version))
    return edited(procedure, settings=[_version_line(spans, version)])


def _version_line(spans: Spans, version: str) -> Splice:
    """Return the edit that adds the key behind the procedure's name, or as the first key."""
    named = spans.spans.get(("procedure",))
    newline = "\r\n" if "\r\n" in spans.text else "\n"
    if named is None or named.in_flow:
        return spans.add(("version",), scalar(version))
    end = spans.text.find("\n", named.end)
    at = len((spans.text if end < 0 else spans.text[: end + 1]).encode())
    line = f"version: {scalar(version)}{newline}"
    return Splice(at, at, (newline + line if end < 0 else line).encode())


def _new_findings(old: Procedure, new: Procedure, redesign: Redesign) -> Iterator[Finding]:
    """Yield what is wrong with the new version and was not with the old one."""
    before = _counted([*old.findings, *refusals(old, conditions="free")])
    after = [*new.findings, *refusals(new, conditions="free")]
    for found in blocking(after):
        if before[found.code, found.element] > 0:
            before[found.code, found.element] -= 1
        else:
            yield Finding.of("EF-R050", Place(redesign.file), element=found.element, rule=found.code, message=found.message())


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((f.code, f.element) for f in blocking(list(findings)))


def _proved(old: Procedure, new: Procedure, redesign: Redesign) -> Proof:
    """Return the proof of the new version.

    Raises:
        RedesignError: it is not sound although the old one was, or it breaks an obligation.
    """
    proof = prove(new)
    findings: list[Finding] = []
    if proof.sound is False and prove(old).sound is not False:
        findings.append(Finding.of("EF-R051", Place(redesign.file), path=_path(proof)))
        findings += [c.finding for c in proof.counterexamples]
    for verdict in proof.obligations:
        if verdict.holds is False:
            obligation = next(o for o in new.obligations if o.id == verdict.obligation)
            findings.append(Finding.of("EF-R052", obligation.place, element=f"obligations.{obligation.id}", why=obligation.why))
            findings += [verdict.finding] if verdict.finding else []
    if findings:
        raise RedesignError(findings)
    return proof


def _path(proof: Proof) -> str:
    return " → ".join(proof.counterexamples[0].path) if proof.counterexamples else ""
