# SPDX-License-Identifier: Apache-2.0
"""`egov-flow adapters`: what is installed, and whether it loads."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

import click

from egov_flow.cli.options import common, example
from egov_flow.cli.output import show_document, show_table
from egov_flow.cli.settings import Settings

__all__ = ["adapters"]

GROUPS = {"store": "egov_flow.stores", "engine": "egov_flow.engines", "calendar": "egov_flow.calendars"}


@click.command(epilog=example("adapters", "adapters --json"))
@common
def adapters(settings: Settings) -> None:
    """List the stores, engines and calendars that are installed.

    A store is named by the scheme of --db, an engine by `engine:` and a calendar by `calendar:` in procedure.yaml. The exit code is 1 if one cannot be loaded.
    """
    rows = [("engine", "kernel", "egov_flow.kernel:KernelEngine", "egov-flow", "")]
    for kind, group in GROUPS.items():
        for entry in sorted(entry_points(group=group), key=lambda e: e.name):
            package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else ""
            rows.append((kind, entry.name, entry.value, package, _trouble(entry)))
    if settings.is_json:
        names = ("kind", "name", "object", "package", "problem")
        show_document({"adapters": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        ready = settings.say("EF-L050")
        show_table(settings, ("EF-L103", "EF-L104", "EF-L105", "EF-L106", "EF-L107"), [(*row[:4], row[4] or ready) for row in rows])
    if any(row[4] for row in rows):
        raise click.exceptions.Exit(1)


def _trouble(entry: EntryPoint) -> str:
    """Return why an adapter cannot be loaded; "" if it can."""
    try:
        entry.load()
    except (ImportError, AttributeError) as cause:
        return str(cause)
    return ""
