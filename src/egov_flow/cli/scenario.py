# SPDX-License-Identifier: Apache-2.0
"""A scenario played by `egov-flow run --scenario`: each step, and what was not as expected."""

from __future__ import annotations

from pathlib import Path

import click

from egov_flow.cli.opening import database_file
from egov_flow.cli.output import show_document, show_findings, show_table, show_text
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import tell_case
from egov_flow.errors import ConflictError
from egov_flow.procedure import Procedure, Scenario, ScenarioStep, read_scenario, read_source
from egov_flow.testing import ScenarioResult, run_scenario

__all__ = ["show_scenario"]


def show_scenario(settings: Settings, file: str, procedure: Procedure) -> None:
    """Play a scenario on a version and print each step; exit code 1 if something was not as expected."""
    url = settings.database or "memory:"
    kept = database_file(url)
    if kept is not None and kept.exists():
        raise ConflictError("EF-L018", database=url)  # a story of invented people has no place among real cases
    result = run_scenario(file, url=url, procedure=procedure)
    scenario, _ = read_scenario(read_source(Path(file)), file)
    steps = _steps(settings, scenario, result) if scenario is not None else []
    if settings.is_json:
        findings = [f.as_json(settings.language) for f in result.findings]
        names = ("step", "by", "did", "result")
        rows = [dict(zip(names, row, strict=True)) for row in steps]
        show_document({"scenario": result.name, "passed": result.passed, "steps": rows, "case": result.case, "findings": findings})
    else:
        if scenario is not None and scenario.title:
            show_text(scenario.title)
        if steps:
            show_table(settings, ("EF-L140", "EF-L145", "EF-L146", "EF-L147"), steps)
        if result.case is not None:
            tell_case(settings, result.case)
        show_findings(result.findings, settings.language)
        show_text(settings.say("EF-L250" if result.passed else "EF-L251", name=result.name, steps=result.steps))
    if not result.passed:
        raise click.exceptions.Exit(1)


def _steps(settings: Settings, scenario: Scenario, result: ScenarioResult) -> list[tuple[str, str, str, str]]:
    """Return a row for each step; the first that has a finding is the one at which the story stopped or differed."""
    rows, done = [], 0
    wrong = {f.place for f in result.findings}
    for number, step in enumerate(scenario.steps, start=1):
        if step.optional and step.target in result.skipped:
            outcome = "EF-L252"
        elif step.place in wrong:
            outcome, done = "EF-L253", done + 1
        else:
            outcome, done = ("EF-L254", done + 1) if done < result.steps else ("EF-L255", done)
        rows.append((str(number), step.by if step.command not in {"advance", "at"} else "", _did(step), settings.say(outcome)))
    return rows


def _did(step: ScenarioStep) -> str:
    if step.duration is not None:
        from egov_flow.data import duration_text

        return f"advance {duration_text(step.duration)}"
    return f"{step.command} {step.moment.isoformat(' ', 'minutes') if step.moment else step.target}"
