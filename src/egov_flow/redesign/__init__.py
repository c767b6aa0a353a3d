# SPDX-License-Identifier: Apache-2.0
"""A redesign: a small file that changes a procedure, checked against what the law demands, spliced into the analyst's own bytes."""

from __future__ import annotations

from egov_flow.redesign.applying import Redesigned
from egov_flow.redesign.comparing import diff
from egov_flow.redesign.contract import Contract
from egov_flow.redesign.difference import Detail, Diff, Difference
from egov_flow.redesign.file import Redesign
from egov_flow.redesign.model import Base, Change, Operation, Parallelise, Remove, SetDeadline, Target
from egov_flow.redesign.vocabulary import schema

__all__ = [
    "Base",
    "Change",
    "Contract",
    "Detail",
    "Diff",
    "Difference",
    "Operation",
    "Parallelise",
    "Redesign",
    "Redesigned",
    "Remove",
    "SetDeadline",
    "Target",
    "diff",
    "schema",
]
