# SPDX-License-Identifier: Apache-2.0
"""Scopes inside an expression: each is a few names in front of another scope. The outermost is the caller's mapping."""

from __future__ import annotations

from typing import Any, Protocol

from egov_flow.data import Context, Value

__all__ = ["ItemLayer", "Layer", "Scope"]


class Scope(Protocol):
    """What names are read from; any Mapping is one."""

    def get(self, key: str, /) -> Any:
        """Return a name's value; null if no scope has it."""
        ...


class Layer:
    """Names bound by an iterator, a function's parameters or a context's earlier entries."""

    __slots__ = ("names", "outer")

    def __init__(self, names: dict[str, Value], outer: Scope) -> None:
        self.names = names
        self.outer = outer

    def get(self, key: str, /) -> Any:
        """Return a name's value; null if no scope has it."""
        names = self.names
        return names[key] if key in names else self.outer.get(key)


class ItemLayer:
    """One item of a list under a filter: its entries, if it is a context, then `item`, then what is outside."""

    __slots__ = ("item", "outer")

    def __init__(self, item: Value, outer: Scope) -> None:
        self.item = item
        self.outer = outer

    def get(self, key: str, /) -> Any:
        """Return a name's value; null if no scope has it."""
        item = self.item
        if type(item) is Context and key in item:
            return item[key]
        return item if key == "item" else self.outer.get(key)
