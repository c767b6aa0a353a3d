# SPDX-License-Identifier: Apache-2.0
"""`egov-flow schema`: what an editor needs to complete and check the files that people write."""

from __future__ import annotations

import json

import click

from egov_flow.cli.options import common, example
from egov_flow.cli.settings import Settings

__all__ = ["KINDS", "schema"]

KINDS = ("procedure", "obligations", "redesign", "scenario")


@click.command(epilog=example("schema procedure > procedure.schema.json"))
@click.argument("kind", type=click.Choice(KINDS))
@common
def schema(settings: Settings, *, kind: str) -> None:
    """Print the JSON Schema of a file that people write.

    The output is JSON with and without --json. Name it in the first line of a file, `# yaml-language-server: $schema=…`, and an editor completes and checks.
    """
    del settings  # a schema is the same in every language and form
    from egov_flow import procedure, redesign

    makers = {"redesign": redesign.schema, "scenario": procedure.scenario_schema}
    found = makers[kind]() if kind in makers else procedure.schema(kind)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
