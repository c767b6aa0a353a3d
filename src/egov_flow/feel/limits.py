# SPDX-License-Identifier: Apache-2.0
"""What one evaluation may spend, and the purse that counts it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs

from egov_flow.feel._failures import At, fail

__all__ = ["DEFAULT_LIMITS", "Limits", "Run"]

DYNAMIC_DEPTH = 4


@attrs.frozen(kw_only=True)
class Limits:
    """How much one expression may cost; beyond it a FeelError with a code of its own is raised.

    Attributes:
        fuel: loop steps, calls and list entries made (EF-F010).
        depth: nesting of an expression's text; functions that call functions may nest four times as deep (EF-F004).
        text: characters of an expression (EF-F001).
        output: bytes of a result or of a string on the way (EF-F011).
    """

    fuel: int = 100_000
    depth: int = 60
    text: int = 10_000
    output: int = 16 * 1024 * 1024


DEFAULT_LIMITS = Limits()


class Run:
    """One evaluation under way: fuel left, depth of calls, the instant that `now()` reads, the patterns compiled."""

    __slots__ = ("depth", "fuel", "limits", "now", "patterns")

    def __init__(self, limits: Limits, now: datetime | None) -> None:
        self.limits = limits
        self.fuel = limits.fuel
        self.depth = 0
        self.now = now
        self.patterns: dict[Any, Any] | None = None  # made when needed: most evaluations have none

    def spend(self, cost: int, at: At) -> None:
        """Take fuel; raises EF-F010 when it is spent."""
        self.fuel -= cost
        if self.fuel < 0:
            raise fail("EF-F010", at, limit=self.limits.fuel)

    def spend_call(self, arguments: list[Any], at: At) -> None:
        """Take the fuel of one built-in call: its work grows with the length of its arguments."""
        cost = 2
        for value in arguments:
            if type(value) is str:
                cost += len(value) >> 10
            elif type(value) is tuple:
                cost += len(value) >> 4
        self.spend(cost, at)

    def check_size(self, size: int, at: At) -> None:
        """Raise EF-F011 if a string or list of this many characters or entries is too big to make."""
        if size > self.limits.output:
            raise fail("EF-F011", at, limit=self.limits.output)

    def enter(self, height: int, at: At) -> None:
        """Go into a function whose body nests `height` deep; raises EF-F004 when calls nest too deep."""
        self.depth += height
        if self.depth > DYNAMIC_DEPTH * self.limits.depth:
            raise fail("EF-F004", at, limit=self.limits.depth)
