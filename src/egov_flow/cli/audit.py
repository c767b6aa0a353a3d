# SPDX-License-Identifier: Apache-2.0
"""`egov-flow audit`: is the audit trail whole?"""

from __future__ import annotations

import click

from egov_flow.cli.opening import open_agency
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_findings, show_text
from egov_flow.cli.progress import progress
from egov_flow.cli.settings import Settings

__all__ = ["audit"]


@click.group(epilog=example("audit verify"))
def audit() -> None:
    """Look at the audit trail."""


@audit.command(epilog=example("audit verify --db sqlite:///cases.db", "audit verify --json"))
@on_database
@common
def verify(settings: Settings) -> None:
    """Verify that no event, no command and no stored state was changed.

    Every event and its place in the chain of its case, the commands whose data the events name, and the state that the last one names.
    The exit code is 1 if anything is wrong.
    """
    with open_agency(settings) as agency, progress(settings, "EF-L086") as looked:
        found = agency.audit.verify(looked)
    if settings.is_json:
        findings = [f.as_json(settings.language) for f in found.findings]
        show_document({"intact": found.intact, "chains": found.cases, "events": found.events, "findings": findings})
    else:
        show_findings(found.findings, settings.language)
        show_text(
            settings.say("EF-L080" if found.intact else "EF-L081", chains=found.cases, events=found.events, findings=len(found.findings))
        )
    if not found.intact:
        raise click.exceptions.Exit(1)
