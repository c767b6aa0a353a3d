# SPDX-License-Identifier: Apache-2.0
"""The operations of a redesign, one file each: what must hold before, and the edits it makes."""

from __future__ import annotations

from egov_flow.procedure import Procedure
from egov_flow.redesign.model import Change, Parallelise, Remove
from egov_flow.redesign.operations.deadline import set_deadline
from egov_flow.redesign.operations.parallelise import parallelise
from egov_flow.redesign.operations.remove import remove

__all__ = ["perform"]


def perform(procedure: Procedure, change: Change) -> Procedure:
    """Return the procedure with one change made.

    Raises:
        RedesignError: a condition of the operation does not hold; nothing was changed.
    """
    match change.operation:
        case Remove() as operation:
            return remove(procedure, operation, change.place)
        case Parallelise() as operation:
            return parallelise(procedure, operation, change.place)
        case operation:
            return set_deadline(procedure, operation, change)
