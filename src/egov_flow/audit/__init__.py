# SPDX-License-Identifier: Apache-2.0
"""The audit trail: events in one byte form, chained case by case, and the check that nobody changed them."""

from __future__ import annotations

from egov_flow.audit.canonical import FORMAT, SALT_SIZE, canonical, leaf, linked, read, salted
from egov_flow.audit.chain import chain
from egov_flow.audit.describing import describe
from egov_flow.audit.verifying import Verification, verify, verify_case

__all__ = [
    "FORMAT",
    "SALT_SIZE",
    "Verification",
    "canonical",
    "chain",
    "describe",
    "leaf",
    "linked",
    "read",
    "salted",
    "verify",
    "verify_case",
]
