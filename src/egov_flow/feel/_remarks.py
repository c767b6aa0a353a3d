# SPDX-License-Identifier: Apache-2.0
"""What is remarked while an expression is looked at, and the comparisons that no case can fulfill."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import attrs

from egov_flow.feel._failures import At
from egov_flow.feel._inference_tables import ORDERED, WRITTEN
from egov_flow.feel.domains import Domain

__all__ = ["Names", "Remark", "Remarks"]

Names = Mapping[str, Domain]


@attrs.frozen
class Remark:
    """Something that is wrong with a part of an expression."""

    code: str
    at: At
    arguments: Mapping[str, str] = attrs.field(hash=False)


class Remarks:
    """What is known while an expression is looked at, and what was found wrong.

    Attributes:
        scope: what is known of the variables.
        is_complete: there are no others, so that a name outside is unknown.
        decides: conditions are also tried out, to find branches that are never taken.
        remarks: what was found.
    """

    def __init__(self, scope: Names, *, is_complete: bool = False, decides: bool = False) -> None:
        self.scope = scope
        self.is_complete = is_complete
        self.decides = decides
        self.remarks: list[Remark] = []
        self._filters = 0

    def remark(self, code: str, at: At, **arguments: object) -> None:
        """Keep a remark, once."""
        found = Remark(code, at, {name: str(value) for name, value in arguments.items()})
        if found not in self.remarks:
            self.remarks.append(found)

    def compared(self, op: str, left: Domain, right: Domain, at: At) -> None:
        """Remark a comparison that is null in every case, or an equality that no value has."""
        one, other = left.type.name, right.type.name
        if "Any" in (one, other):
            return
        if op in ("=", "!="):
            if one != other and "Null" not in (one, other):
                self.remark("EF-F102", at, left=one, op=op, right=other)
            elif left.values and right.values and not set(left.values) & set(right.values):
                self._never_equal(left, right, at)
        elif one != other or one not in ORDERED:
            self.remark("EF-F102", at, left=one, op=op, right=other)

    def _never_equal(self, left: Domain, right: Domain, at: At) -> None:
        few, many = (left, right) if len(left.values) <= len(right.values) else (right, left)
        if len(few.values) == 1 and len(many.values) > 1 and type(few.values[0]) in WRITTEN:
            close = difflib.get_close_matches(str(few.values[0]), [str(v) for v in many.values], n=1, cutoff=0.6)
            listed = ", ".join(close) or ", ".join(_written(v) for v in many.values[:8])
            self.remark("EF-F107", at, value=_written(few.values[0]), values=listed)


def _written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
