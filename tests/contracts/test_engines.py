# SPDX-License-Identifier: Apache-2.0
"""The kernel keeps the promises of the Engine port."""

from __future__ import annotations

import pytest

from egov_flow.kernel import KernelEngine
from egov_flow.procedure import Procedure
from egov_flow.testing.contracts import EngineContract


class TestKernel(EngineContract):
    @pytest.fixture
    def engine(self):
        return KernelEngine()

    @pytest.fixture
    def procedure(self, repository):
        return Procedure.read(repository / "tests/fixtures/bpmn/linear.bpmn")

    @pytest.fixture
    def elements(self):
        return ("Task_Register", "Task_Decide", "Task_Notify")
