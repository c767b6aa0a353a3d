# SPDX-License-Identifier: Apache-2.0
"""`egov-flow feel`: one expression, evaluated; bare, a line at a time."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import attrs
import click

from egov_flow.cli.inputs import read_data
from egov_flow.cli.options import common, example, read_moment
from egov_flow.cli.output import clean, show_document, show_text, shown
from egov_flow.cli.settings import Settings
from egov_flow.data import EMPTY, Context, Value
from egov_flow.errors import FeelError

__all__ = ["feel"]

KEEPING = re.compile(r"\s*([^\W\d][\w ]*?)\s*:=\s*(.+)", re.DOTALL)
PROMPT = "feel> "
LONGEST_LINE = 10_000


@click.command(
    epilog=example(
        "feel '0.1 + 0.2 = 0.3'", """feel 'decision = "grant"' --data '{"decision": "grant"}'""", "feel --data case.json < expressions.txt"
    )
)
@click.argument("expression", required=False)
@click.option("--data", metavar="JSON|FILE", callback=read_data, help="Variables that the expression reads.")
@click.option(
    "--clock", "moment", metavar="MOMENT", callback=read_moment, help="What now() and today() say; the machine's clock by default."
)
@common
def feel(settings: Settings, *, expression: str | None, data: Context | None, moment: datetime | None) -> None:
    """Evaluate a FEEL expression.

    A text is printed as it is, a date, time or duration as ISO 8601 writes it, any other value as JSON. An error shows the place in
    the expression; the exit code is then 1.

    Without an expression each line is one: of stdin, or typed at a terminal. `name := expression` keeps the value for the lines after it.
    """
    evaluator = Evaluator(settings, dict(data or EMPTY), moment)
    if expression is None:
        evaluator.run_lines()
        return
    try:
        value = evaluator.value(expression)
    except FeelError as wrong:
        if not settings.is_json:
            _point(expression, wrong)
        raise
    if settings.is_json:
        show_document({"value": value})
    else:
        show_text(shown(value))


@attrs.define
class Evaluator:
    """Expressions that share variables."""

    settings: Settings
    variables: dict[str, Value]
    moment: datetime | None

    def value(self, expression: str) -> Value:
        """Return what an expression gives; raises FeelError."""
        from egov_flow.feel import evaluate

        return evaluate(expression, Context(self.variables), now=self.moment or datetime.now(UTC))

    def keep(self, line: str) -> Value:
        """Return what a line gives, and keep it if the line names it."""
        named = KEEPING.fullmatch(line)
        if named is None:
            return self.value(line)
        value = self.value(named[2])
        self.variables[" ".join(named[1].split())] = value
        return value

    def run_lines(self) -> None:
        """Evaluate line after line; where nobody sits at a terminal, the exit code is 1 if one failed."""
        is_terminal = sys.stdin.isatty()
        results = [self._result(line) for line in (_typed(self.settings) if is_terminal else _lines())]
        if self.settings.is_json:
            show_document({"results": results})
        if not is_terminal and any("error" in result for result in results):
            sys.exit(1)

    def _result(self, line: str) -> dict[str, Any]:
        """Evaluate one line and tell what it gives."""
        try:
            value = self.keep(line)
        except FeelError as wrong:
            if not self.settings.is_json:
                _point(line, wrong)
                click.echo(clean(wrong.text(self.settings.language)), err=True)
            return {"error": {"code": wrong.code, "line": wrong.line, "column": wrong.column}}
        if not self.settings.is_json:
            show_text(shown(value))
        return {"value": value}


def _lines() -> Iterator[str]:
    """Yield the lines of stdin that hold something; of one that is longer than an expression may be only so much that it is refused."""
    while line := sys.stdin.readline(LONGEST_LINE + 2):
        rest = line
        while len(rest) == LONGEST_LINE + 2 and not rest.endswith("\n"):
            rest = sys.stdin.readline(LONGEST_LINE + 2)
        if line.strip():
            yield line.rstrip("\n")


def _typed(settings: Settings) -> Iterator[str]:
    """Yield what is typed, until an empty line or the end of input."""
    with contextlib.suppress(ImportError):
        import_module("readline")  # gives input() its editing and history
    click.echo(settings.say("EF-F200"), err=True)
    while True:
        try:
            line = input(PROMPT)
        except (EOFError, KeyboardInterrupt):
            click.echo(err=True)
            return
        if not line.strip():
            return
        yield line


def _point(expression: str, wrong: FeelError) -> None:
    """Print the line of the expression with a sign under the place."""
    lines = expression.splitlines()
    if 0 < wrong.line <= len(lines) and len(lines[wrong.line - 1]) <= 200:
        click.echo(f"  {clean(lines[wrong.line - 1])}\n  {' ' * (wrong.column - 1)}^", err=True)
