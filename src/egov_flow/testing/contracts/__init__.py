# SPDX-License-Identifier: Apache-2.0
"""What every adapter of a port must do, as test suites to subclass; needs pytest.

class TestMyStore(CaseStoreContract, TaskQueryContract, JobQueueContract, AuditLogContract, KeyVaultContract):
    @pytest.fixture
    def store(self): ...
"""

from __future__ import annotations

import pytest

_SUITES = ("audit_log", "calendar", "case_store", "clock", "data_store", "engine", "job_queue", "joined", "key_vault", "task_query")
pytest.register_assert_rewrite(*(f"{__name__}.{suite}" for suite in _SUITES))

from egov_flow.testing.contracts.audit_log import AuditLogContract  # noqa: E402 - pytest must rewrite asserts before it sees them
from egov_flow.testing.contracts.calendar import CalendarContract  # noqa: E402
from egov_flow.testing.contracts.case_store import CaseStoreContract  # noqa: E402
from egov_flow.testing.contracts.clock import ClockContract  # noqa: E402
from egov_flow.testing.contracts.data_store import DataStoreContract  # noqa: E402
from egov_flow.testing.contracts.engine import EngineContract  # noqa: E402
from egov_flow.testing.contracts.job_queue import JobQueueContract  # noqa: E402
from egov_flow.testing.contracts.joined import Connection, JoinedContract  # noqa: E402
from egov_flow.testing.contracts.key_vault import KeyVaultContract  # noqa: E402
from egov_flow.testing.contracts.task_query import TaskQueryContract  # noqa: E402

__all__ = [
    "AuditLogContract",
    "CalendarContract",
    "CaseStoreContract",
    "ClockContract",
    "Connection",
    "DataStoreContract",
    "EngineContract",
    "JobQueueContract",
    "JoinedContract",
    "KeyVaultContract",
    "TaskQueryContract",
]
