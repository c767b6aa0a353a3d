# SPDX-License-Identifier: Apache-2.0
"""`egov-flow feel`: one expression, evaluated."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from egov_flow.cli.inputs import read_data
from egov_flow.cli.options import common, example, read_moment
from egov_flow.cli.output import clean, show_document, show_text, shown
from egov_flow.cli.settings import Settings
from egov_flow.data import EMPTY, Context
from egov_flow.errors import FeelError

__all__ = ["feel"]


@click.command(epilog=example("feel '0.1 + 0.2 = 0.3'", """feel 'decision = "grant"' --data '{"decision": "grant"}'"""))
@click.argument("expression")
@click.option("--data", metavar="JSON|FILE", callback=read_data, help="Variables that the expression reads.")
@click.option(
    "--clock", "moment", metavar="MOMENT", callback=read_moment, help="What now() and today() say; the machine's clock by default."
)
@common
def feel(settings: Settings, *, expression: str, data: Context | None, moment: datetime | None) -> None:
    """Evaluate a FEEL expression.

    A text is printed as it is, any other value as JSON. An error shows the place in the expression; the exit code is then 1.
    """
    from egov_flow.feel import evaluate

    try:
        value = evaluate(expression, data or EMPTY, now=moment or datetime.now(UTC))
    except FeelError as wrong:
        if not settings.is_json:
            _point(expression, wrong)
        raise
    if settings.is_json:
        show_document({"value": value})
    else:
        show_text(shown(value))


def _point(expression: str, wrong: FeelError) -> None:
    """Print the line of the expression with a sign under the place."""
    lines = expression.splitlines()
    if 0 < wrong.line <= len(lines) and len(lines[wrong.line - 1]) <= 200:
        click.echo(f"  {clean(lines[wrong.line - 1])}\n  {' ' * (wrong.column - 1)}^", err=True)
