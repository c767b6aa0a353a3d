# SPDX-License-Identifier: Apache-2.0
"""`egov-flow cases`, `tasks`, `counts`, `incidents` and `jobs`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from egov_flow.agency import Agency, Case
from egov_flow.cli.inputs import meanings, read_pair
from egov_flow.cli.opening import deployed, find_case, open_agency
from egov_flow.cli.options import acting, common, example, on_database
from egov_flow.cli.output import moment, show_document, show_table, show_text
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import named, state_word, waiting_text
from egov_flow.errors import NotFound
from egov_flow.procedure import Procedure
from egov_flow.values import CASE_STATUSES, Actor, Task

__all__ = ["cases", "counts", "incidents", "jobs", "tasks"]

_after = click.option("--after", help="Go on behind this id, the last of the page before.")
_limit = click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="How many at most.")


def _next(found: Sequence[Case] | Sequence[Task], limit: int) -> str | None:
    """Return what --after takes for the next page; None if this one is the last."""
    return found[-1].id if len(found) == limit else None


def _tell_next(settings: Settings, found: Sequence[Case] | Sequence[Task], limit: int) -> None:
    after = _next(found, limit)
    if after is not None:
        settings.warn("EF-L036", after=after)


@click.command(
    epilog=example(
        "cases --as officer:3 --role ppid",
        "cases --as system --status running --json",
        "cases --procedure foi_request --find notice_number=PEM-12/2026 --as officer:3 --role ppid",
    )
)
@click.option("--procedure", help="Only cases of this procedure.")
@click.option("--status", type=click.Choice(CASE_STATUSES), help="Only cases of this status.")
@click.option(
    "--find",
    metavar="NAME=VALUE",
    callback=read_pair,
    help="Only cases in which this variable has this value; it needs --procedure, which declares it searchable.",
)
@_after
@_limit
@acting
@on_database
@common
def cases(
    settings: Settings, *, procedure: str | None, status: str | None, find: tuple[str, str] | None, after: str | None, limit: int
) -> None:
    """List cases, newest first.

    Shown are the cases that the actor may know of: the own ones, and those of procedures in which a role is held. Where more may follow, stderr says what
    --after takes for the next page; with --json it is `next`.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = _cases(agency, by, find, procedure=procedure, status=status, after=after, limit=limit)
    if settings.is_json:
        show_document({"cases": found, "next": _next(found, limit)})
    elif not found:
        show_text(settings.say("EF-L057" if after else "EF-L023"))
    else:
        rows = [
            (
                c.number,
                c.procedure,
                c.version,
                state_word(settings, c.status),
                waiting_text(c.model, c.waiting),
                str(len(c.incidents) or ""),
                moment(c.updated),
                c.id,
            )
            for c in found
        ]
        show_table(settings, ("EF-L110", "EF-L111", "EF-L112", "EF-L113", "EF-L114", "EF-L115", "EF-L116", "EF-L117"), rows)
        _tell_next(settings, found, limit)


def _cases(agency: Agency, by: Actor, find: tuple[str, str] | None, **filters: Any) -> list[Case]:
    """Return the cases that are asked for; a searched value is taken as a text, and where there is none such, as JSON."""
    if find is None:
        return agency.cases(by=by, **filters)
    name, text = find
    pages = (agency.cases(by=by, find=(name, value), **filters) for value in meanings(text))
    return next(filter(None, pages), [])


@click.command(epilog=example("tasks --as officer:3 --role ppid", "tasks --as system --overdue"))
@click.option("--case", "case", help="Only tasks of this case (its public number or its id).")
@click.option("--element", help="Only tasks of this element of the diagram.")
@click.option("--office", "offered_to", help="Only tasks that the diagram offers to this office as a whole.")
@click.option("--overdue", is_flag=True, help="Only tasks that are due already.")
@click.option("--unassigned", is_flag=True, help="Only tasks that nobody has.")
@_after
@_limit
@acting
@on_database
@common
def tasks(
    settings: Settings,
    *,
    case: str | None,
    element: str | None,
    offered_to: str | None,
    overdue: bool,
    unassigned: bool,
    after: str | None,
    limit: int,
) -> None:
    """List the open tasks that somebody may do.

    Oldest first. The id is what `claim` and `complete` take. Where more may follow, stderr says what --after takes for the next page; with --json it is
    `next`.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        of = find_case(agency, case, by).id if case is not None else None
        found = agency.tasks(
            by=by, case=of, element=element, office=offered_to, overdue=overdue, unassigned=unassigned, after=after, limit=limit
        )
        numbers = {} if settings.is_json else {name: _number(agency, name, by) for name in {t.case for t in found}}
    if settings.is_json:
        show_document({"tasks": found, "next": _next(found, limit)})
    elif not found:
        show_text(settings.say("EF-L057" if after else "EF-L024"))
    else:
        rows = [(numbers[t.case], t.name or t.element, t.role, t.assignee, moment(t.due), t.deadline, t.form, t.id) for t in found]
        show_table(settings, ("EF-L110", "EF-L120", "EF-L121", "EF-L122", "EF-L123", "EF-L124", "EF-L125", "EF-L117"), rows)
        _tell_next(settings, found, limit)


def _number(agency: Agency, case: str, by: Actor) -> str:
    """Return the public number of the case of a task; "" if the task has been taken away since it was listed, and with it what is known of the case."""
    try:
        return agency.case(case, by=by).number
    except NotFound:
        return ""


@click.command(epilog=example("counts --as officer:9 --role administrator"))
@acting
@on_database
@common
def counts(settings: Settings) -> None:
    """Count the tasks of each element, by their status.

    Whoever has a role in some procedure may ask.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = agency.counts(by=by)
        drawn = {} if settings.is_json else {name: deployed(agency, name) for name in {count.procedure for count in found}}
    if settings.is_json:
        show_document({"counts": found})
    elif not found:
        show_text(settings.say("EF-L038"))
    else:
        rows = [(c.procedure, _drawn(drawn[c.procedure], c.element), state_word(settings, c.status), str(c.number)) for c in found]
        show_table(settings, ("EF-L111", "EF-L120", "EF-L113", "EF-L127"), rows)


def _drawn(procedure: Procedure | None, element: str) -> str:
    """Return an element as the newest version names it, or its id where that has none such."""
    return named(procedure.model, element) if procedure is not None else element


@click.command(
    epilog=example("incidents --as officer:9 --role administrator", "incidents --case FR-7K3M-9QXT-2BHD-VN --as officer:3 --role ppid")
)
@click.option("--case", "case", help="Only incidents of this case (its public number or its id).")
@acting
@on_database
@common
def incidents(settings: Settings, *, case: str | None) -> None:
    """List the open incidents, case by case.

    Shown are those of the cases that the actor may know of. The id is what `retry`, `resolve` and `move` take.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = agency.incidents(by=by) if case is None else find_case(agency, case, by).incidents
        of = {} if settings.is_json else {name: agency.case(name, by=by) for name in {i.case for i in found}}
    if settings.is_json:
        show_document({"incidents": found})
    elif not found:
        show_text(settings.say("EF-L028"))
    else:
        rows = [
            (of[i.case].number, named(of[i.case].model, i.element), i.cause, ", ".join(i.ways_out), moment(i.since), i.id) for i in found
        ]
        show_table(settings, ("EF-L110", "EF-L142", "EF-L102", "EF-L118", "EF-L119", "EF-L117"), rows)


@click.command(epilog=example("jobs --as officer:9 --role administrator", "jobs FR-7K3M-9QXT-2BHD-VN --as officer:3 --role ppid"))
@click.argument("case", metavar="[CASE]", required=False)
@_limit
@acting
@on_database
@common
def jobs(settings: Settings, *, case: str | None, limit: int) -> None:
    """List the jobs: what service tasks call.

    CASE is a public number or an id: all its jobs are listed, oldest first. Without one, the jobs of all cases that wait, in the order in which workers do
    them, --limit at most; administrators may ask. Told is how often each was tried, when it may be tried (again), and why the last try failed. What failed for
    good is an incident.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = agency.jobs(by=by, limit=limit) if case is None else agency.jobs(find_case(agency, case, by).id, by=by)
        of = {} if settings.is_json else {name: agency.case(name, by=by) for name in {j.case for j in found}}
    if settings.is_json:
        show_document({"jobs": found})
    elif not found:
        show_text(settings.say("EF-L058" if case is None else "EF-L039"))
    else:
        rows = [
            (
                of[j.case].number,
                named(of[j.case].model, j.element),
                j.name,
                state_word(settings, j.status),
                str(j.attempts),
                moment(j.due),
                j.cause,
                j.id,
            )
            for j in found
        ]
        show_table(settings, ("EF-L110", "EF-L142", "EF-L128", "EF-L113", "EF-L129", "EF-L123", "EF-L102", "EF-L117"), rows)
