# SPDX-License-Identifier: Apache-2.0
"""Sphinx: Markdown pages, one theme, no network. The page of messages is written from the catalogue of texts at each build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from egov_flow.texts import catalogue

project = "egov_flow"
author = "The egov_flow maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
suppress_warnings = ["docutils"]  # docstrings are Markdown at heart; a drawing in one is no fault of a page
autodoc_member_order = "bysource"
autodoc_typehints = "description"
html_theme = "furo"
html_title = "egov_flow"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["page.css"]

MESSAGES = Path(__file__).parent / "reference" / "messages.md"
PARTS = {
    "A": "agency",
    "B": "BPMN",
    "C": "checks",
    "D": "data",
    "E": "second engine",
    "F": "FEEL",
    "G": "diagrams",
    "H": "calendars",
    "K": "kernel",
    "L": "command line",
    "M": "report",
    "P": "procedure folder",
    "Q": "scenarios",
    "R": "redesign",
    "S": "store",
    "T": "deadlines",
    "U": "audit",
    "V": "proof",
    "W": "work",
    "X": "XML",
    "Y": "replay",
}


def messages_page() -> str:
    """Return the page of all codes: message and hint in English, message in Indonesian."""
    lines = ["# Messages", "", "Every finding and error has a code that never changes its meaning."]
    english, indonesian = catalogue("en"), catalogue("id")
    for letter, part in sorted(PARTS.items(), key=lambda item: item[1].lower()):
        codes = sorted(code for code in english if code[3] == letter)
        if codes:
            lines += ["", f"## {part[0].upper()}{part[1:]}"]
        for code in codes:
            hint = f" {english[code]['hint']}" if "hint" in english[code] else ""
            lines += [
                "",
                f"({code})=",
                f"### {code}",
                "",
                f"> {english[code]['message']}",
                "",
                f"{hint.strip()}",
                "",
                f"*{indonesian[code]['message']}*",
            ]
    return "\n".join(lines) + "\n"


def setup(_: Any) -> None:
    """Write the page of messages before Sphinx reads the pages."""
    text = messages_page()
    if not MESSAGES.exists() or MESSAGES.read_text("utf-8") != text:
        MESSAGES.write_text(text, "utf-8")
