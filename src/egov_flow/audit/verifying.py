# SPDX-License-Identifier: Apache-2.0
"""Check that an audit trail is what was written: each event, its place in the chain, and the head that the case row names.

The chain of a case catches an event that was changed, deleted, inserted, repeated or moved. It does not catch somebody who rewrites the whole chain
and the case row with it; docs/explanation/audit.md says what does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import attrs

from egov_flow.audit.canonical import leaf, linked
from egov_flow.errors import Finding, InvalidData, StoreError
from egov_flow.ports import AuditLog
from egov_flow.values import ChainedEvent

__all__ = ["Verification", "verify", "verify_case"]


@attrs.frozen
class Verification:
    """What a verification saw.

    Attributes:
        cases: chains checked, the registry's included.
        events: events checked.
        findings: what is wrong; each names case and event.
    """

    cases: int
    events: int
    findings: tuple[Finding, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@attrs.define
class _Chain:
    """How far the check of one chain has come."""

    tenant: str
    case: str
    seq: int = 0
    leaf: str = ""
    time: datetime | None = None

    def follow(self, chained: ChainedEvent) -> Iterator[Finding]:
        """Yield what is wrong with the next event and step behind it."""
        expected, self.seq = self.seq + 1, self.seq + 1
        try:
            event, prev = linked(chained.data)
        except InvalidData as error:
            yield self._finding("EF-U001", expected, reason=error.code)
            self.leaf = chained.leaf
            return
        if event.case_seq != expected:
            yield self._finding("EF-U002", expected, found=event.case_seq)
        if prev != self.leaf or chained.prev != prev:
            yield self._finding("EF-U003", event.case_seq)
        if leaf(chained.data) != chained.leaf:
            yield self._finding("EF-U004", event.case_seq)
        if (event.tenant, event.case) != (self.tenant, self.case):
            yield self._finding("EF-U005", event.case_seq)
        if event != chained.event:
            yield self._finding("EF-U006", event.case_seq)
        if self.time is not None and event.time < self.time:
            yield self._finding("EF-U007", event.case_seq)
        self.seq, self.leaf, self.time = event.case_seq, chained.leaf, event.time

    def end(self, head_seq: int, head_leaf: str) -> Iterator[Finding]:
        """Yield what is wrong with the end of the chain."""
        if self.seq < head_seq:
            yield self._finding("EF-U008", self.seq + 1, head=head_seq)
        elif self.seq > head_seq:
            yield self._finding("EF-U009", self.seq, head=head_seq)
        elif self.leaf != head_leaf:
            yield self._finding("EF-U010", self.seq)

    def _finding(self, code: str, seq: int, *, found: object = "", head: object = "", reason: object = "") -> Finding:
        return Finding.of(code, case=self.case, seq=seq, found=found, head=head, reason=reason)


def verify_case(events: Iterable[ChainedEvent], *, tenant: str, case: str, head_seq: int, head_leaf: str) -> tuple[Finding, ...]:
    """Return what is wrong with the chain of one case; nothing if it is whole.

    Args:
        events: in stored order.
        tenant: whose case it is.
        case: its id, or `registry`.
        head_seq: number of the newest event, as the case row says it; 0 for none.
        head_leaf: its leaf; "" for none.
    """
    return _verify(events, _Chain(tenant, case), head_seq, head_leaf)[0]


def _verify(events: Iterable[ChainedEvent], chain: _Chain, head_seq: int, head_leaf: str) -> tuple[tuple[Finding, ...], int]:
    findings: list[Finding] = []
    count = 0
    try:
        for chained in events:
            count += 1
            findings.extend(chain.follow(chained))
    except StoreError as error:
        if error.code != "EF-S019":
            raise
        # a row that the store cannot read is a finding about this case, and no reason to leave out the others
        findings.append(Finding.of("EF-U011", case=chain.case, seq=chain.seq + 1, reason=error.code))
        return tuple(findings), count
    findings.extend(chain.end(head_seq, head_leaf))
    return tuple(findings), count


def verify(log: AuditLog, tenant: str, looked: Callable[[], object] = lambda: None) -> Verification:
    """Check every chain of a tenant while others may go on writing; `looked` is called after each.

    Raises:
        StoreError: the database does not answer.
    """
    cases = events = 0
    findings: dict[str, tuple[Finding, ...]] = {}
    for case, head_seq, head_leaf in log.chains(tenant):
        found, count = _verify(log.events(tenant, case), _Chain(tenant, case), head_seq, head_leaf)
        cases, events = cases + 1, events + count
        if found:
            findings[case] = found
        looked()
    if findings:
        findings = _second_look(log, tenant, findings)
    return Verification(cases, events, tuple(finding for found in findings.values() for finding in found))


def _second_look(log: AuditLog, tenant: str, doubtful: dict[str, tuple[Finding, ...]]) -> dict[str, tuple[Finding, ...]]:
    """Look again at chains whose end was wrong: a command that committed between reading the head and the events is no tampering."""
    ends = {case for case, found in doubtful.items() if {finding.code for finding in found} == {"EF-U009"}}
    if not ends:
        return doubtful
    heads = {case: (seq, last) for case, seq, last in log.chains(tenant) if case in ends}
    kept = dict(doubtful)
    for case in ends:
        seq, last = heads.get(case, (0, ""))
        upto = (chained for chained in log.events(tenant, case) if chained.event.case_seq <= seq)
        chain = _Chain(tenant, case)
        found, _ = _verify(upto, chain, seq, last)
        if not found and seq > _head_of(doubtful[case]):
            del kept[case]
    return kept


def _head_of(found: tuple[Finding, ...]) -> int:
    return int(found[0].arguments["head"])
