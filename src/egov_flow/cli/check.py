# SPDX-License-Identifier: Apache-2.0
"""`egov-flow check`: everything that is wrong with procedures, like a compiler tells it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from egov_flow.cli.options import common, example
from egov_flow.cli.output import show_document, show_findings, show_text
from egov_flow.cli.settings import Settings
from egov_flow.errors import Finding

__all__ = ["check", "summary"]


@click.command(epilog=example("check processes/indonesia/foi_request", "check drawing.bpmn --json", "check processes --strict"))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--strict", is_flag=True, help="Warnings count as errors for the exit code.")
@common
def check(settings: Settings, *, paths: tuple[str, ...], strict: bool) -> None:
    """Say everything that is wrong with procedures.

    PATH is a procedure folder, a .bpmn file, or a folder of procedure folders. Nothing is changed anywhere. The exit code is 1 if there are errors.
    """
    from egov_flow.checks import check as check_procedure

    findings: list[Finding] = []
    subjects = [subject for path in paths for subject in _procedures(Path(path))]
    for subject in subjects:
        found = check_procedure(subject)
        findings += found
        if not settings.is_json:
            show_findings(found, settings.language)
    counted = Counter(f.severity for f in findings)
    if settings.is_json:
        counts = {severity: counted[severity] for severity in ("error", "warning", "info")}
        show_document({"checked": subjects, "counts": counts, "findings": [f.as_json(settings.language) for f in findings]})
    else:
        show_text(summary(settings, findings, len(subjects)))
    if counted["error"] or (strict and counted["warning"]):
        raise click.exceptions.Exit(1)


def summary(settings: Settings, findings: list[Finding], checked: int = 1) -> str:
    """Return how many findings of which severity there are, in one line."""
    counted = Counter(f.severity for f in findings)
    return settings.say("EF-L030", checked=checked, errors=counted["error"], warnings=counted["warning"], infos=counted["info"])


def _procedures(path: Path) -> list[str]:
    """Return the procedures at a path: itself, or those below a folder that is none."""
    if path.is_file() or (path / "process.bpmn").exists() or (path / "procedure.yaml").exists():
        return [str(path)]
    return sorted(str(file.parent) for file in path.glob("**/process.bpmn")) or [str(path)]
