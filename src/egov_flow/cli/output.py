# SPDX-License-Identifier: Apache-2.0
"""How results are printed: findings like a compiler's, tables, JSON. Text from files and cases cannot steer the terminal."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from egov_flow.cli.documents import document, plain
from egov_flow.cli.settings import Settings
from egov_flow.data import encode, freeze
from egov_flow.errors import Finding

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["clean", "moment", "show_document", "show_findings", "show_heading", "show_table", "show_text", "shown", "summary"]

Row = Sequence[str]
COLORS = {"error": "red", "warning": "yellow", "info": "blue"}
GAP = 3
"""Columns of a terminal between two columns of a table."""


def clean(text: str) -> str:
    """Return a text in which no control or direction character is left: a name in a file must not move the cursor or hide a word."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"


def moment(when: datetime | None, zone: tzinfo | None = None) -> str:
    """Return a moment to the minute with its offset, in a zone or the machine's; "" for none."""
    return when.astimezone(zone).isoformat(" ", "minutes") if when is not None else ""


def shown(value: Any) -> str:
    """Return a value of a case as a person reads it: a text as it is, a date, time or duration as ISO 8601 writes it, anything else as JSON."""
    told = plain(value)
    return told if isinstance(told, str) else encode(freeze(told)).decode()


def show_text(text: str = "") -> None:
    """Print lines on stdout."""
    click.echo(clean(text))


def show_heading(settings: Settings, code: str, **arguments: object) -> None:
    """Print a heading with an empty line before it."""
    click.echo()
    click.echo(click.style(clean(settings.say(code, **arguments)), bold=True))


def show_document(value: Any) -> None:
    """Print the one JSON document of a command."""
    click.echo(document(value))


def show_findings(findings: Iterable[Finding], language: str) -> None:
    """Print findings with their hints; the word of the severity says what the color says."""
    for finding in findings:
        text = clean(finding.text(language))
        word = f"{finding.severity} {finding.code}"
        click.echo(text.replace(word, click.style(word, fg=COLORS[finding.severity], bold=True), 1))


def summary(settings: Settings, findings: Iterable[Finding], checked: int = 1) -> str:
    """Return how many findings of which severity there are, in one line."""
    counted = Counter(finding.severity for finding in findings)
    return settings.say("EF-L030", checked=checked, errors=counted["error"], warnings=counted["warning"], infos=counted["info"])


def show_table(settings: Settings, heads: Sequence[str], rows: Iterable[Row]) -> None:
    """Print a table: ruled on a terminal (or lines, where that is narrow), aligned columns elsewhere.

    Args:
        heads: codes of the columns' headings.
    """
    titles = [settings.say(head) for head in heads]
    cleaned = [[clean(cell).replace("\n", " ") for cell in row] for row in rows]
    click.echo(_ruled(titles, cleaned) if sys.stdout.isatty() else _aligned(titles, cleaned))


def _aligned(titles: Row, rows: Sequence[Row]) -> str:
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in [titles, *rows])


def _ruled(titles: Row, rows: Sequence[Row], width: int | None = None) -> str:
    """Return a table for a terminal; where it is too narrow for the longest words, each row as lines of its own: an id is cut off nowhere."""
    from rich.console import Console

    console = Console(force_terminal=True, width=width)
    widths = _widths(titles, rows, console.width - GAP * len(titles))
    with console.capture() as captured:
        if widths:
            console.print(_table(titles, rows, widths))
        else:
            for row in rows:
                console.print(_record(titles, row))
                console.print()
    return captured.get().rstrip("\n")


def _widths(titles: Row, rows: Sequence[Row], room: int) -> list[int]:
    """Return a width for each column: that of its longest word, and where there is room that of its longest cell, the columns that need least first.

    Nothing if there is no room for the longest words.
    """
    from rich.cells import cell_len

    columns = list(zip(titles, *rows, strict=True))
    widths = [max(cell_len(word) for text in column for word in (text.split() or [""])) for column in columns]
    lacking = [max(map(cell_len, column)) - width for column, width in zip(columns, widths, strict=True)]
    spare = room - sum(widths)
    if spare < 0:
        return []
    for index in sorted(range(len(widths)), key=lacking.__getitem__):
        more = min(lacking[index], spare)
        widths[index] += more
        spare -= more
    return widths


def _table(titles: Row, rows: Sequence[Row], widths: Sequence[int]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title, width in zip(titles, widths, strict=True):
        table.add_column(Text(title), width=width)
    for row in rows:
        table.add_row(*[Text(cell) for cell in row])
    return table


def _record(titles: Row, row: Row) -> Table:
    from rich.table import Table
    from rich.text import Text

    record = Table.grid("", "", padding=(0, 2, 0, 0))
    record.columns[0].no_wrap, record.columns[1].overflow = True, "fold"
    for title, cell in zip(titles, row, strict=True):
        if cell:
            record.add_row(Text(title, style="bold"), Text(cell))
    return record
