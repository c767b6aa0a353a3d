# SPDX-License-Identifier: Apache-2.0
"""`agency.audit`: whether the audit trail is whole, and the cases stand where it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest

import attrs

from egov_flow.agency.desk import TRIES, Desk
from egov_flow.agency.parting import opened
from egov_flow.agency.rereading import commands
from egov_flow.agency.sealing import state_digest
from egov_flow.audit import Verification, salted, verify
from egov_flow.data import Context
from egov_flow.errors import Finding, StoreError
from egov_flow.values import CaseFilter, CaseRecord

__all__ = ["Audit"]

PAGE = 500


@attrs.frozen
class Audit:
    """The audit trail of one tenant."""

    desk: Desk

    def verify(self, looked: Callable[[], object] = lambda: None) -> Verification:
        """Check every case chain, and that every stored state and command is the one that its events name.

        What the keys at hand do not open is a finding; the chains are checked all the same. Others may go on writing meanwhile.

        Args:
            looked: called after each chain, and after each case; there are no more cases than chains.
        """
        store, tenant = self.desk.wiring.store, self.desk.tenant
        found = verify(store, tenant, looked)
        findings = list(found.findings)
        after: str | None = None
        while page := store.cases(tenant, CaseFilter(after=after, limit=PAGE)):
            for record in page:
                findings += self._of(record)
                looked()
            after = page[-1].id
        return attrs.evolve(found, findings=tuple(dict.fromkeys(findings)))  # that the master key is gone is told once, not of each case

    def tenants(self) -> tuple[str, ...]:
        """Return every tenant of whom anything is recorded: `agency.of(tenant).audit` looks at its trail."""
        return self.desk.wiring.store.tenants()

    def _of(self, record: CaseRecord) -> tuple[Finding, ...]:
        """Return what is wrong with the state and the commands of a case, looked at again if a command was written meanwhile."""
        found = tuple(self._found(record))
        for _ in range(TRIES if found else 0):
            newer = self.desk.wiring.store.load(record.tenant, record.id)
            if newer is None or newer.state_version == record.state_version:
                break
            record, found = newer, tuple(self._found(newer))
        return found

    def _found(self, record: CaseRecord) -> Iterator[Finding]:
        store, tenant = self.desk.wiring.store, self.desk.tenant
        try:
            key = self.desk.wiring.keys.of(store, tenant, frozenset({record.id})).get(record.id)
        except StoreError as error:
            yield attrs.evolve(Finding.of(error.code, element=error.arguments.get("case", "")), arguments=error.arguments)
            return
        if key is None:
            return  # erased: nothing is left that could be compared, and the chain still is
        told = [chained.event for chained in store.events(tenant, record.id) if chained.event.case_seq <= record.last_seq]
        yield from self._state(record, key, next((event.state_digest for event in reversed(told) if event.state_digest), ""))
        yield from self._commands(record, key, [event.data_digest for event in told if event.data_digest])

    def _state(self, record: CaseRecord, key: bytes, told: str) -> Iterator[Finding]:
        try:
            marking, _ = opened(self.desk.wiring.store, self.desk.wiring.seal, key, record)
        except StoreError:
            yield Finding.of("EF-A030", element=record.id, case=record.id)
            return
        if told != state_digest(key, marking.clear, marking.secret):
            yield Finding.of("EF-A031", element=record.id, case=record.id)

    def _commands(self, record: CaseRecord, key: bytes, told: list[str]) -> Iterator[Finding]:
        """Compare the commands, of which each has one event that names its data, with these events."""
        found: list[tuple[int, str]] = []
        try:
            for row, secret in commands(self.desk.wiring.store, self.desk.wiring.seal, key, record):
                data = Context({"data": secret["data"], "arguments": secret["arguments"]})
                if row.number <= record.state_version:
                    found.append((row.number, salted(bytes.fromhex(secret["salt"]), data)))
        except StoreError:
            found.append((0, ""))
        for number, (one, other) in enumerate(zip_longest(found, enumerate(told, start=1)), start=1):
            if one != other:
                yield Finding.of("EF-A060", element=record.id, case=record.id, number=number)
                return
