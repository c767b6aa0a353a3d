# SPDX-License-Identifier: Apache-2.0
"""How much a rule may look at in one file, counted in steps: the same file is always told the same, on any machine."""

from __future__ import annotations

import attrs

from egov_flow.bpmn import FlowNode

__all__ = ["MOST", "Effort"]

MOST = 1_000_000
"""Steps along a way, or comparisons; about a second. No drawing that a person can follow comes near it."""


@attrs.define
class Effort:
    """What is left of it.

    Attributes:
        left: steps.
        stopped: the node at which it ran out; None while there is some left.
    """

    left: int
    stopped: FlowNode | None = None

    def spend(self, steps: int, at: FlowNode) -> bool:
        """Take steps at a node, and return whether there are any left."""
        self.left -= steps
        if self.left <= 0 and self.stopped is None:
            self.stopped = at
        return self.stopped is None
