# SPDX-License-Identifier: Apache-2.0
"""`agency.audit`: whether the audit trail is whole, and the cases stand where it says."""

from __future__ import annotations

import attrs

from egov_flow.agency.desk import Desk
from egov_flow.agency.parting import opened
from egov_flow.agency.sealing import state_digest
from egov_flow.audit import Verification, verify
from egov_flow.errors import Finding, StoreError
from egov_flow.values import CaseFilter, CaseRecord

__all__ = ["Audit"]

PAGE = 500


@attrs.frozen
class Audit:
    """The audit trail of one tenant."""

    desk: Desk

    def verify(self) -> Verification:
        """Check every case chain, and that every stored state is the one its last event names.

        A state that the keys at hand do not open is a finding; the chains are checked all the same.
        """
        store, tenant = self.desk.wiring.store, self.desk.tenant
        found = verify(store, tenant)
        findings = list(found.findings)
        after: str | None = None
        while page := store.cases(tenant, CaseFilter(after=after, limit=PAGE)):
            for record in page:
                finding = self._state(record)
                if finding is not None:
                    findings.append(finding)
            after = page[-1].id
        return attrs.evolve(found, findings=tuple(dict.fromkeys(findings)))  # that the master key is gone is told once, not of each case

    def tenants(self) -> tuple[str, ...]:
        """Return every tenant of whom anything is recorded: `agency.of(tenant).audit` looks at its trail."""
        return self.desk.wiring.store.tenants()

    def _state(self, record: CaseRecord) -> Finding | None:
        store, tenant = self.desk.wiring.store, self.desk.tenant
        try:
            key = self.desk.wiring.keys.of(store, tenant, record.id)
        except StoreError as error:
            return attrs.evolve(Finding.of(error.code, element=error.arguments.get("case", "")), arguments=error.arguments)
        if key is None:
            return None  # erased: nothing is left that could be compared, and the chain still is
        try:
            marking, _ = opened(store, self.desk.wiring.seal, key, record)
        except StoreError:
            return Finding.of("EF-A030", element=record.id, case=record.id)
        last = ""
        for chained in store.events(tenant, record.id):
            last = chained.event.state_digest or last
        if last != state_digest(key, marking.clear, marking.secret):
            return Finding.of("EF-A031", element=record.id, case=record.id)
        return None
