# SPDX-License-Identifier: Apache-2.0
"""`egov-flow redesign`: a redesign file, applied and proved."""

from __future__ import annotations

from pathlib import Path

import click

from egov_flow.cli.opening import read_procedure
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_heading, show_text
from egov_flow.cli.prove import show_proof
from egov_flow.cli.settings import Settings
from egov_flow.errors import ConflictError

__all__ = ["redesign"]

FOI = "processes/indonesia/foi_request"


@click.command(epilog=example(f"redesign {FOI}/redesigns/parallel_checks.yaml {FOI} --out foi_request_2 --svg changes.svg"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.argument("procedure")
@click.option("--out", type=click.Path(file_okay=False), help="Folder to write the new version into; it must be new or empty.")
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), help="Draw the new version with its changes.")
@on_database
@common
def redesign(settings: Settings, *, file: str, procedure: str, out: str | None, svg: str | None) -> None:
    """Apply a redesign to a procedure and prove the result.

    PROCEDURE is its base: a folder, a .bpmn file, or the name of a deployed procedure. Nothing is written without --out or --svg. A redesign that breaks
    an obligation of law, or makes the procedure unsound, is refused.
    """
    from egov_flow.procedure import write
    from egov_flow.redesign import Redesign

    folder = Path(out) if out else None
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise ConflictError("EF-L010", folder=folder)
    result = Redesign.read(file).apply(read_procedure(settings, procedure))
    if folder is not None:
        write(result.procedure, folder)
        settings.warn("EF-L012", file=folder)
    if svg:
        from egov_flow.diagrams import diagram

        diagram(result, language=settings.language).save(svg)
        settings.warn("EF-L012", file=svg)
    if settings.is_json:
        proof = {"sound": result.proof.sound, "not_verified": [f.as_json(settings.language) for f in result.proof.not_verified]}
        version = {"procedure": result.procedure.id, "version": result.procedure.version, "sha256": result.procedure.sha256}
        show_document({**version, "diff": result.diff.as_json(), "proof": proof})
        return
    show_text(result.diff.text(settings.language))
    show_heading(settings, "EF-L076")
    show_proof(settings, result.procedure, result.proof)
