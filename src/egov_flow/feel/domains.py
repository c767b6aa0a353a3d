# SPDX-License-Identifier: Apache-2.0
"""What is known of a variable before any case exists: its type, the values it can have, its entries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import attrs

from egov_flow.data import EMPTY, Value
from egov_flow.feel._kinds import ANY, kind_of
from egov_flow.feel._nodes import TypeRef

__all__ = ["Domain"]


@attrs.frozen(kw_only=True)
class Domain:
    """The values that a variable can have, as far as forms and types tell.

    Attributes:
        type: `Any` when nothing is known.
        values: all of them, if they are listed; () if not.
        low, high: of a number; None if there is no such end.
        low_closed, high_closed: whether the end itself is a value.
        is_whole: only whole numbers.
        entries: of a context.
        is_closed: whether a context has no entries but these.
        items: what is known of a list's items; None if nothing.
    """

    type: TypeRef = ANY
    values: tuple[Value, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    low_closed: bool = True
    high_closed: bool = True
    is_whole: bool = False
    entries: Mapping[str, Domain] = attrs.field(default=EMPTY, hash=False)
    is_closed: bool = False
    items: Domain | None = None

    @classmethod
    def of(cls, value: Value) -> Domain:
        """Return the domain of one value."""
        return cls(type=TypeRef(kind_of(value)), values=(value,))

    @property
    def is_known(self) -> bool:
        """Whether the type is known."""
        return self.type.name != "Any"

    def admits(self, value: Value) -> bool:
        """Say whether a number or listed value is inside."""
        if self.values and value not in self.values:
            return False
        if not isinstance(value, Decimal):
            return True
        if self.is_whole and value != value.to_integral_value():
            return False
        above = self.low is None or value > self.low or (value == self.low and self.low_closed)
        return above and (self.high is None or value < self.high or (value == self.high and self.high_closed))

    def joined(self, other: Domain) -> Domain:
        """Return what is known of a value that is of one of two domains."""
        if self == other:
            return self
        if self.type.name == "Null":
            return attrs.evolve(other, values=())
        if other.type.name == "Null":
            return attrs.evolve(self, values=())
        if self.type.name != other.type.name:
            return Domain()
        listed = tuple(dict.fromkeys(self.values + other.values)) if self.values and other.values else ()
        entries = {k: d.joined(other.entries[k]) if k in other.entries else d for k, d in self.entries.items()}
        return Domain(
            type=TypeRef(self.type.name),
            values=listed,
            entries={**other.entries, **entries},
            is_closed=self.is_closed and other.is_closed,
            items=self.items.joined(other.items) if self.items and other.items else None,
        )
