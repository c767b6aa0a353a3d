# SPDX-License-Identifier: Apache-2.0
"""How the demo tells its story: chapters on stdout, progress on a terminal, nothing at all when JSON is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import attrs

from egov_flow.cli.output import show_heading, show_text
from egov_flow.cli.settings import Settings

__all__ = ["Teller"]

WIDTH = 110


@attrs.define
class Teller:
    """Tells, or keeps quiet (`settings.is_json`)."""

    settings: Settings
    chapters: int = 0

    def chapter(self, code: str, **arguments: object) -> None:
        """Begin a chapter."""
        self.chapters += 1
        if not self.settings.is_json:
            show_heading(self.settings, "EF-L910", number=self.chapters, title=self.settings.say(code, **arguments))

    def say(self, code: str, **arguments: object) -> None:
        """Tell one sentence."""
        self.text(self.settings.say(code, **arguments))

    def text(self, text: str) -> None:
        """Tell a text, broken into lines that are easy to read."""
        self.lines(wrap(text, WIDTH))

    def lines(self, lines: Sequence[str]) -> None:
        """Tell lines as they are, indented."""
        for line in () if self.settings.is_json else lines:
            show_text(f"   {line}")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show a table that fits a narrow terminal; `heads` are codes, and the columns behind the first hold numbers."""
        lines = [[self.settings.say(head) for head in heads], *rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        told = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in lines]
        self.lines(["", told[0], "-" * len(told[0]), *told[1:]])
