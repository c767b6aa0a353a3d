# SPDX-License-Identifier: Apache-2.0
"""`egov-flow check`: everything that is wrong with procedures, like a compiler tells it."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any

import attrs
import click

from egov_flow.cli.options import common, example
from egov_flow.cli.output import clean, show_document, show_findings, show_text, summary
from egov_flow.cli.settings import Settings
from egov_flow.errors import Finding, NotFound
from egov_flow.procedure import Procedure

if TYPE_CHECKING:
    from egov_flow.checks import Policy

__all__ = ["check"]

FORMS = ("text", "json", "sarif", "github", "html")
EXAMPLES = (
    "check processes/indonesia/foi_request",
    "check drawing.bpmn --json",
    "check processes --strict --format sarif --output findings.sarif",
    "check drawings --quiet",
    "check drawing.bpmn --fix",
    "check --explain superfluous-gateway",
)


@attrs.frozen
class Checked:
    """One procedure, checked; `mended` are the findings that --fix has mended."""

    path: str
    procedure: Procedure | None
    findings: list[Finding]
    mended: tuple[Finding, ...] = ()


@click.command(epilog=example(*EXAMPLES))
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(exists=True))
@click.option("--strict", is_flag=True, help="Warnings count as errors for the exit code.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out remarks: only errors and warnings are told and counted.")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the output.")
@click.option("--output", type=click.Path(dir_okay=False), help="File to write to, instead of stdout.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing what the diagram means, and say what was done.")
@click.option("--explain", metavar="CODE", help="Explain a code or a rule: what it demands, why, and two examples.")
@click.option(
    "--settings", "policy", type=click.Path(exists=True, dir_okay=False), help="Severities of rules; otherwise those nearest to PATH."
)
@common
def check(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    strict: bool,
    quiet: bool,
    form: str,
    output: str | None,
    fix: bool,
    explain: str | None,
    policy: str | None,
) -> None:
    """Say everything that is wrong with procedures.

    PATH is a procedure folder, a .bpmn file, or a folder of either. Nothing is changed anywhere, unless --fix asks for it. Severities of your
    own stand in .egov-flow.yaml or in pyproject.toml under [tool.egov_flow.rules]. The exit code is 1 if there are errors.
    """
    if explain is not None:
        _explain(settings, explain)
        return
    if not paths:
        raise click.UsageError(settings.say("EF-C910"))
    checked = [_check(subject, policy, fix=fix) for path in paths for subject in _procedures(Path(path))]
    if quiet:
        checked = [attrs.evolve(one, findings=[finding for finding in one.findings if finding.severity != "info"]) for one in checked]
    if form == "text" and not settings.is_json and output is None:
        _show(settings, checked)
    else:
        _write(WRITERS["json" if settings.is_json else form](settings, checked), output)
    counted = Counter(finding.severity for one in checked for finding in one.findings)
    if counted["error"] or (strict and counted["warning"]):
        raise click.exceptions.Exit(1)


def _explain(settings: Settings, code: str) -> None:
    from egov_flow.checks.explaining import explain

    text = explain(code, settings.language)
    if settings.is_json:
        show_document({"explained": text})
    else:
        show_text(text)


def _procedures(path: Path) -> list[str]:
    """Return the procedures at a path: itself, or those below a folder that is none; a folder of drawings holds one in each."""
    if path.is_file() or (path / "process.bpmn").exists() or (path / "procedure.yaml").exists():
        return [str(path)]
    folders = sorted(str(file.parent) for file in path.glob("**/process.bpmn"))
    return folders or sorted(str(file) for file in path.glob("**/*.bpmn")) or [str(path)]


def _check(path: str, settings_file: str | None, *, fix: bool) -> Checked:
    from egov_flow.checks import Policy
    from egov_flow.checks import check as check_procedure

    policy = Policy.read(settings_file) if settings_file else Policy.near(path)
    try:
        procedure = Procedure.read(path)
    except NotFound:
        return Checked(path, None, check_procedure(path))
    mended: tuple[Finding, ...] = ()
    if fix:
        procedure, mended = _mend(path, procedure, policy)
    return Checked(path, procedure, check_procedure(procedure, policy=policy), mended)


def _mend(path: str, procedure: Procedure, policy: Policy) -> tuple[Procedure, tuple[Finding, ...]]:
    """Mend a procedure's diagram in its file; written beside it first, so that a full disk leaves the old one."""
    from egov_flow.checks.mending import mend

    result = mend(procedure, policy)
    if not result.done:
        return procedure, ()
    file = Path(path) if Path(path).is_file() else Path(path) / "process.bpmn"
    _write_over(file, result.source)
    return Procedure.read(path), result.done


def _write_over(file: Path, source: bytes) -> None:
    """Put other bytes in a file's place at once, with its permissions; two who do so at the same time do not write into each other's."""
    number, name = mkstemp(dir=file.parent, prefix=f".{file.name}.")
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(source)
        shutil.copymode(file, beside)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _show(settings: Settings, checked: list[Checked]) -> None:
    for one in checked:
        for line in _told(settings, one):
            show_text(line)
        show_findings(one.findings, settings.language)
    show_text(_last(settings, checked))


def _told(settings: Settings, one: Checked) -> Iterator[str]:
    for finding in one.mended:
        subject = f"{finding.place}: {finding.element}".strip(": ")
        yield settings.say("EF-C911", place=subject, rule=finding.code, message=finding.message(settings.language))


def _last(settings: Settings, checked: list[Checked]) -> str:
    return summary(settings, [finding for one in checked for finding in one.findings], len(checked))


def _as_text(settings: Settings, checked: list[Checked]) -> str:
    lines = [clean(line) for one in checked for line in (*_told(settings, one), *(f.text(settings.language) for f in one.findings))]
    return "\n".join([*lines, _last(settings, checked)])


def _as_json(settings: Settings, checked: list[Checked]) -> str:
    from egov_flow.cli.documents import document

    findings = [finding for one in checked for finding in one.findings]
    counted = Counter(finding.severity for finding in findings)
    content: dict[str, Any] = {
        "checked": [one.path for one in checked],
        "counts": {severity: counted[severity] for severity in ("error", "warning", "info")},
        "findings": [finding.as_json(settings.language) for finding in findings],
    }
    mended = [finding.as_json(settings.language) for one in checked for finding in one.mended]
    return document({**content, "mended": mended} if mended else content)


def _as_sarif(settings: Settings, checked: list[Checked]) -> str:
    from egov_flow.checks.writing import sarif

    return sarif((finding for one in checked for finding in one.findings), settings.language)


def _as_annotations(settings: Settings, checked: list[Checked]) -> str:
    from egov_flow.checks.writing import github

    return github((finding for one in checked for finding in one.findings), settings.language)


def _as_page(settings: Settings, checked: list[Checked]) -> str:
    from egov_flow.cli._check_page import page

    return page(settings, ((one.path, one.procedure, one.findings) for one in checked))


WRITERS: Mapping[str, Callable[[Settings, list[Checked]], str]] = {
    "text": _as_text,
    "json": _as_json,
    "sarif": _as_sarif,
    "github": _as_annotations,
    "html": _as_page,
}


def _write(text: str, output: str | None) -> None:
    if output is None:
        click.echo(text)
    else:
        Path(output).write_text(text if text.endswith("\n") else f"{text}\n", "utf-8")
