# SPDX-License-Identifier: Apache-2.0
"""HTML that is escaped by its type: a plain text in an element is always text, only `Markup` is taken as it is."""

from __future__ import annotations

from html import escape

__all__ = ["Markup", "join", "tag"]

VOID = frozenset({"br", "meta"})


class Markup(str):
    """HTML that this module made."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: object) -> Markup:
    """Return an element; children that are no Markup are escaped, and so is every attribute.

    Args:
        attributes: a trailing underscore is dropped (`class_`), others become hyphens; None leaves one out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    if name in VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(children: tuple[str, ...] | list[str]) -> Markup:
    """Return children one after the other, escaped where they are text."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child, quote=False) for child in children))
