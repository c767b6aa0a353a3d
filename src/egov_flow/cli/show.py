# SPDX-License-Identifier: Apache-2.0
"""`egov-flow show`: one case, with everything that its reader may know."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import click

from egov_flow.agency import Agency, Case
from egov_flow.cli.opening import find_case, open_agency, version_of
from egov_flow.cli.options import acting, common, example, on_database
from egov_flow.cli.output import moment, show_document, show_heading, show_table, show_text, shown
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import named, state_word, tell_incidents, waiting_text
from egov_flow.data import zone_named
from egov_flow.procedure import Procedure
from egov_flow.values import Actor, Event

__all__ = ["show"]


@click.command(
    epilog=example("show FR-7K3M-9QXT-2BHD-VN --as citizen:17", "show FR-7K3M-9QXT-2BHD-VN --as officer:3 --role ppid --svg case.svg")
)
@click.argument("case", metavar="CASE")
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), help="Draw the case on its diagram.")
@acting
@on_database
@common
def show(settings: Settings, *, case: str, svg: str | None) -> None:
    """Show a case: where it waits, its deadlines and why, its history.

    CASE is its public number or its id. Who only has a task in it sees that task, and neither data, remarks nor history.
    """
    from egov_flow.deadlines import why

    by = settings.actor()
    with open_agency(settings) as agency:
        found = find_case(agency, case, by)
        history = agency.history(found.id, by=by) if found.is_whole else []
        remarks = _remarks(agency, found, by)
        procedure = version_of(agency, found)
    if svg:
        from egov_flow.diagrams import diagram

        entered = tuple(e.element for e in history if e.kind == "entered")
        diagram(found, path=entered, language=settings.language).save(svg)
        settings.warn("EF-L012", file=svg)
    if settings.is_json:
        reasons = {d.name: why(d, settings.language, procedure.zone) for d in found.deadlines}
        show_document({"case": found, "why": reasons, "remarks": remarks, "history": history})
        return
    zone = zone_named(procedure.zone)
    _show_case(settings, found, procedure, zone)
    _show_deadlines(settings, found, procedure, zone)
    if remarks:
        show_heading(settings, "EF-L077")
        show_table(settings, ("EF-L144", "EF-L145", "EF-L078"), [(moment(r["at"], zone), r["by"], shown(r["text"])) for r in remarks])
    _show_history(settings, found, history, zone)


def _remarks(agency: Agency, case: Case, by: Actor) -> list[dict[str, Any]]:
    """Return who remarked what on a case, and when, for who may read it whole."""
    if not case.is_whole:
        return []
    entries = agency.recording(case.id, by=by).entries
    return [{"at": e.at, "by": e.command.by.id, "text": e.command.data["text"]} for e in entries if e.command.kind == "comment"]


def _show_case(settings: Settings, case: Case, procedure: Procedure, zone: ZoneInfo) -> None:
    title = procedure.title.get(settings.language) or procedure.title.get("") or procedure.title.get("en") or case.procedure
    show_heading(settings, "EF-L070", number=case.number, title=title, version=case.version)
    rows = [
        (settings.say("EF-L113"), state_word(settings, case.status)),
        (settings.say("EF-L114"), waiting_text(case.model, case.waiting)),
        (settings.say("EF-L116"), moment(case.updated, zone)),
        (settings.say("EF-L117"), case.id),
    ]
    show_table(settings, ("EF-L130", "EF-L131"), rows)
    tell_incidents(settings, case)
    if case.data:
        show_heading(settings, "EF-L071")
        show_table(settings, ("EF-L132", "EF-L133"), [(name, shown(value)) for name, value in case.data.items()])
    if case.tasks:
        show_heading(settings, "EF-L072")
        rows5 = [(t.name or t.element, t.role, t.assignee, moment(t.due, zone), t.id) for t in case.tasks]
        show_table(settings, ("EF-L120", "EF-L121", "EF-L122", "EF-L123", "EF-L117"), rows5)


def _show_deadlines(settings: Settings, case: Case, procedure: Procedure, zone: ZoneInfo) -> None:
    from egov_flow.deadlines import why

    if not case.deadlines:
        return
    show_heading(settings, "EF-L073")
    rows = [(d.name, state_word(settings, d.status), moment(d.due, zone), str(d.extensions or "")) for d in case.deadlines]
    show_table(settings, ("EF-L124", "EF-L113", "EF-L123", "EF-L126"), rows)
    for deadline in case.deadlines:
        show_heading(settings, "EF-L074", deadline=deadline.name)
        show_text("\n".join(f"  {line}" for line in why(deadline, settings.language, procedure.zone)))


def _show_history(settings: Settings, case: Case, history: list[Event], zone: ZoneInfo) -> None:
    from egov_flow.audit import describe

    if not history:
        return
    show_heading(settings, "EF-L075")
    for event in history:
        told = event._replace(element=named(case.model, event.element))
        show_text(f"{event.case_seq:>4}  {describe(told, settings.language, zone)}")
