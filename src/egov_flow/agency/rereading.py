# SPDX-License-Identifier: Apache-2.0
"""The commands of a case as they were accepted, opened again: for a replay, for the audit, and for what a case was begun with."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.agency.sealing import Seal, place
from egov_flow.data import Context, decode
from egov_flow.errors import StoreError
from egov_flow.ports import CaseStore
from egov_flow.values import CaseRecord, Recorded

__all__ = ["commands"]


def commands(store: CaseStore, seal: Seal, key: bytes | None, record: CaseRecord) -> Iterator[tuple[Recorded, Context]]:
    """Yield each command of a case with what was sealed of it, in order.

    Raises:
        StoreError: the case's key was destroyed, or a command was changed outside egov_flow or belongs elsewhere.
    """
    for row in store.recorded(record.tenant, record.id):
        secret = decode(seal.open(key, row.payload, place(record.tenant, record.id, "command", row.number), record.id))
        if secret.get("target", row.target) != row.target:  # what older versions sealed does not say it
            raise StoreError("EF-A021", case=record.id)
        yield row, secret
