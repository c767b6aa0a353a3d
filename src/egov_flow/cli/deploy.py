# SPDX-License-Identifier: Apache-2.0
"""`egov-flow deploy`: a version enters the registry."""

from __future__ import annotations

import click

from egov_flow.cli.opening import deployed, open_agency
from egov_flow.cli.options import acting, common, example, on_database
from egov_flow.cli.output import show_document, show_text
from egov_flow.cli.settings import Settings
from egov_flow.kernel import stores_of
from egov_flow.values import SYSTEM

__all__ = ["deploy"]


@click.command(epilog=example("deploy processes/indonesia/foi_request", "deploy foi_request --processes processes --db sqlite:///cases.db"))
@click.argument("procedure")
@click.option("--accept", default="", metavar="REASON", help="Deploy although something is not verified; the reason is recorded.")
@click.option("--processes", type=click.Path(exists=True, file_okay=False), help="Folder in which PROCEDURE is looked up by its name.")
@acting
@on_database
@common
def deploy(settings: Settings, *, procedure: str, accept: str, processes: str | None) -> None:
    """Deploy a version of a procedure.

    PROCEDURE is a folder, a .bpmn file, or a name under --processes. It is checked and proved first; with findings nothing is deployed. A broken obligation
    cannot be accepted. The database is made if it is not there. Without --as the system acts.
    """
    with open_agency(settings, creates=True, processes=processes) as agency:
        before = len(agency.procedures())
        deployment = agency.deploy(procedure, by=settings.actor(SYSTEM), accept=accept)
        is_new = len(agency.procedures()) > before
        version = deployed(agency, deployment.procedure, version=deployment.version)
    stores = ", ".join(dict.fromkeys(name for name, _ in stores_of(version))) if version is not None else ""
    if stores:
        settings.warn("EF-L062", stores=stores)
    if settings.is_json:
        show_document({"procedure": deployment.procedure, "version": deployment.version, "sha256": deployment.sha256, "new": is_new})
        return
    code = "EF-L060" if is_new else "EF-L061"
    show_text(settings.say(code, procedure=deployment.procedure, version=deployment.version, sha256=deployment.sha256[:12]))
