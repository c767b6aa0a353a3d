# SPDX-License-Identifier: Apache-2.0
"""The public service and composition root: authorise, validate, load, step, commit, drain jobs, answer questions."""

from __future__ import annotations

from egov_flow.agency.agency import Agency
from egov_flow.agency.auditing import Audit
from egov_flow.agency.case import Case
from egov_flow.agency.wiring import Handler, Handling, RandomIds, SystemClock, administration, give_key
from egov_flow.agency.working import Health, Worker

__all__ = ["Agency", "Audit", "Case", "Handler", "Handling", "Health", "RandomIds", "SystemClock", "Worker", "administration", "give_key"]
