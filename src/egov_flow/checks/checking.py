# SPDX-License-Identifier: Apache-2.0
"""Everything that is wrong with a procedure, at once: what reading found, what the kernel refuses, what the rules say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from pathlib import Path

import attrs

from egov_flow.checks.policy import DEFAULT, Policy
from egov_flow.checks.rule import Subject
from egov_flow.errors import Finding, NotFound, Place, blocking
from egov_flow.kernel import refusals
from egov_flow.procedure import Procedure, read
from egov_flow.work import findings as work_findings

__all__ = ["check"]

UNREADABLE = "EF-P001"
COVERED = frozenset({"EF-K066"})
"""Findings of other rooms about a fault that a rule here tells more of."""
NO_PROCESS = "EF-K028"
MOST = 500
"""More findings of one rule than anybody reads; a hostile file must not fill the memory with them."""
_ORDER = {"error": 0, "warning": 1, "info": 2}


def check(subject: str | Path | Procedure, *, handlers: Collection[str] | None = None, policy: Policy = DEFAULT) -> list[Finding]:
    """Check a procedure and return all findings, sorted by file, line, column and code.

    Args:
        subject: a procedure, or the path of a procedure folder or of one .bpmn file. A path that holds nothing is a finding too.
        handlers: names of the handlers that the running system has; without them no handler is called unknown.
        policy: severities of your own; what procedure.yaml silences is left out in any case.
    """
    from egov_flow.checks.rules import RULES  # some 250 modules, which only a check needs

    if not isinstance(subject, Procedure):
        try:
            subject = read(subject)
        except NotFound as missing:
            path = missing.arguments["path"]
            return [Finding.of(UNREADABLE, Place(path), path=path)]
    found = [*subject.findings, *refusals(subject), *work_findings(subject)]
    looked = Subject(procedure=subject, handlers=None if handlers is None else frozenset(handlers))
    for rule in RULES:
        own = list(islice(rule(looked), MOST))
        if len(own) == MOST:
            own.append(
                attrs.evolve(Finding.of("EF-C906", own[-1].place, severity="info", rule=rule.name, count=MOST), element=own[-1].element)
            )
        looked.told.update((finding.element, known) for finding in own for known in (rule.code, rule.name))
        found += own
    covered = COVERED | ({NO_PROCESS} if blocking(subject.findings) else set())  # reading has told why there is no process
    kept = policy.apply((finding for finding in found if finding.code not in covered), looked.procedure.silenced)
    return _sorted(_told_once(kept, {rule.code: rule.covers for rule in RULES}))


def _told_once(findings: list[Finding], covers: Mapping[str, Collection[str]]) -> Iterable[Finding]:
    """Leave out what another finding at the same element says better; what is left out comes back when that one is silenced."""
    better = {(code, finding.element) for finding in findings for code in covers.get(finding.code, ())}
    return (finding for finding in findings if (finding.code, finding.element) not in better)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings, each once: two rooms may report what reading found."""
    single: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        single.setdefault((_key(finding), tuple(sorted(finding.arguments.items()))), finding)
    return sorted(single.values(), key=_key)


def _key(finding: Finding) -> tuple[str, int, int, str, str, int]:
    place = finding.place
    return (place.file, place.line, place.column, finding.code, finding.element, _ORDER[finding.severity])
