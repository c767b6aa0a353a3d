# SPDX-License-Identifier: Apache-2.0
"""`egov-flow watch`: save in the modeler, and see findings and, where it is asked for, a picture."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event

import click

from egov_flow.cli.documents import document
from egov_flow.cli.options import common, example
from egov_flow.cli.output import clean, show_findings, show_heading, show_text, summary
from egov_flow.cli.settings import Settings
from egov_flow.cli.stopping import stopping
from egov_flow.errors import EgovFlowError, Finding
from egov_flow.procedure import Procedure

__all__ = ["watch"]

Snapshot = dict[str, tuple[int, int]]
ENDINGS = frozenset({".bpmn", ".yaml", ".yml", ".json", ".dmn"})


@click.command(epilog=example("watch processes/indonesia/foi_request --svg foi_request.svg", "watch drawing.bpmn"))
@click.argument("path", metavar="FOLDER", type=click.Path(exists=True))
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), help="Draw it there each time; elements with errors are marked.")
@click.option("--every", type=click.FloatRange(min=0.05), default=0.5, show_default=True, help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Check once, and end; exit code 1 if there are errors.")
@common
def watch(settings: Settings, *, path: str, svg: str | None, every: float, once: bool) -> None:
    """Check a procedure each time it is saved, and draw it.

    FOLDER is a procedure folder or a .bpmn file. Nothing is written without --svg. Ctrl-C ends. With --json each save gives one JSON document; they follow
    each other.
    """
    if once:
        findings = _look(settings, path, svg)
        raise click.exceptions.Exit(1 if any(f.severity == "error" for f in findings) else 0)
    seen: Snapshot | None = None
    over = Event()
    with stopping(over.set):
        while not over.is_set():
            now = _snapshot(Path(path))  # before the look: what is saved meanwhile is looked at again
            if now != seen:
                seen = now
                _look(settings, path, svg)
            over.wait(every)
    settings.warn("EF-L220")


def _snapshot(path: Path) -> Snapshot:
    """Return size and time of each file that matters; a file that vanishes meanwhile is not there."""
    found: Snapshot = {}
    for file in [path] if path.is_file() else path.rglob("*"):
        try:
            if file.suffix in ENDINGS:
                state = file.stat()
                found[str(file)] = (state.st_mtime_ns, state.st_size)
        except FileNotFoundError:
            continue
    return found


def _look(settings: Settings, path: str, svg: str | None) -> list[Finding]:
    """Check and draw; a procedure that cannot be drawn yet is told and does not end the watch."""
    from egov_flow.checks import check

    findings = check(path)
    drawn = svg is not None and _draw(settings, path, svg, findings)
    if settings.is_json:
        said = [f.as_json(settings.language) for f in findings]
        click.echo(document({"path": path, "svg": svg if drawn else None, "findings": said}))
        return findings
    show_heading(settings, "EF-L221", time=f"{datetime.now().astimezone():%H:%M:%S}", path=path)
    show_findings(findings, settings.language)
    show_text(summary(settings, findings))
    if drawn:
        show_text(settings.say("EF-L012", file=svg))
    return findings


def _draw(settings: Settings, path: str, svg: str, findings: list[Finding]) -> bool:
    from egov_flow.diagrams import diagram

    try:
        procedure = Procedure.read(path)
        drawn = {n.id for n in procedure.model.nodes()}
        if not drawn:
            return False
        wrong = {f.element: "error" for f in findings if f.severity == "error" and f.element in drawn}
        diagram(procedure, states=wrong, language=settings.language).save(svg)
    except EgovFlowError as error:
        click.echo(clean(error.text(settings.language)), err=True)
        return False
    return True
