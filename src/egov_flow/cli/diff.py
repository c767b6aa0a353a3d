# SPDX-License-Identifier: Apache-2.0
"""`egov-flow diff`: what is different between two versions."""

from __future__ import annotations

import click

from egov_flow.cli.opening import read_procedure
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_text
from egov_flow.cli.settings import Settings
from egov_flow.errors import ProcedureError, blocking

__all__ = ["diff"]


@click.command(
    epilog=example("diff processes/indonesia/foi_request foi_request_2 --svg changes.svg", "diff foi_request:1 foi_request:2 --bytes")
)
@click.argument("old")
@click.argument("new")
@click.option("--bytes", "is_unified", is_flag=True, help="The lines of process.bpmn instead, as a unified diff.")
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), help="Draw the new version with its changes.")
@on_database
@common
def diff(settings: Settings, *, old: str, new: str, is_unified: bool, svg: str | None) -> None:
    """Tell what is different between two versions.

    OLD and NEW are folders, .bpmn files, or deployed versions as NAME or NAME:VERSION. The exit code is 0 whether or not they differ; what
    cannot be read is refused.
    """
    from egov_flow.redesign import diff as compare

    before, after = read_procedure(settings, old), read_procedure(settings, new)
    wrong = blocking(before.findings + after.findings)
    if wrong:
        raise ProcedureError(wrong)
    found = compare(before, after)
    if svg:
        from egov_flow.diagrams import diagram

        diagram(found, language=settings.language).save(svg)
        settings.warn("EF-L012", file=svg)
    if settings.is_json:
        show_document(found.as_json())
    else:
        show_text(found.unified().rstrip("\n") if is_unified else found.text(settings.language))
