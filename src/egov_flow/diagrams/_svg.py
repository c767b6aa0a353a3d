# SPDX-License-Identifier: Apache-2.0
"""Writing SVG: numbers, escaped text, elements. Names in a model are hostile; nothing leaves this module unescaped."""

from __future__ import annotations

import re

__all__ = ["Point", "colour", "element", "escape", "number"]

Point = tuple[float, float]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-zA-Z]{3,24}|rgb\((\s*\d{1,3}\s*,){2}\s*\d{1,3}\s*\)")


def number(value: float) -> str:
    """Write a coordinate with at most two decimals, the same bytes on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def escape(text: str) -> str:
    """Return text that is safe as XML content and in an attribute; characters that XML forbids become U+FFFD."""
    clean = _NOT_XML.sub("\ufffd", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def colour(text: str, otherwise: str) -> str:
    """Return a colour that a diagram names, or `otherwise` when it is no plain colour."""
    return text if _COLOUR.fullmatch(text) else otherwise


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """Write one element; children are written elements (or escaped text), `None` leaves an attribute out, `_` in its name becomes `-`."""
    written = [f"<{tag}"]
    for name, value in attributes.items():
        if value is None:
            continue
        text = escape(value) if isinstance(value, str) else number(value)
        written.append(f' {name.rstrip("_").replace("_", "-")}="{text}"')
    written.append(f">{''.join(children)}</{tag}>" if children else "/>")
    return "".join(written)
